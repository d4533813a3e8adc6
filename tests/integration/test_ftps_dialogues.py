"""What cameras say that a gateway refuses, as one table: who says what, the answers, the sentence people read."""

import ssl
import subprocess
from dataclasses import dataclass
from typing import Literal

from tabulate import tabulate

from ingest.connections.record import ConnectionRecord
from ingest.connections.store import has_ended, live_logs
from ingest.simulation.photos import simulated_imei, willfine_photo
from tests.integration.dialogues import Client, Start, Tls
from tests.integration.gateway import CAMSPOOL, Gateway, records, sidecars, wait_until
from tests.samples.willfine import POSITION, WHEN
from webadmin.setup.recent_connections import connection_state

PHOTO = "PASV", "STOR a.jpg"
SENT = "227 150 226"


@dataclass(frozen=True)
class Dialogue:
    """One row: a client, what it says after its log-in, the reply codes, the light that it gets, and the sentence."""

    client: str
    says: tuple[str, ...]
    answers: str
    light: Literal["good", "attention", "bad"]
    sentence: str
    start: Start = "explicit"
    tls: Tls = Tls()


OLD = Tls(ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1, "ALL:@SECLEVEL=0")
LESS_OLD = Tls(ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0")
NEW = Tls(ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_3)

TABLE = [
    Dialogue("a good camera", (*PHOTO, "QUIT"), f"{SENT} 221", "good", "1 file came."),
    Dialogue("the same over implicit TLS", PHOTO, SENT, "good", "1 file came.", "implicit"),
    Dialogue("it only looks in", ("PWD", "QUIT"), "257 221", "attention", "It logged in and sent nothing."),
    # Data connections.
    Dialogue("active mode", ("PORT 127,0,0,1,100,100", "QUIT"), "550 221", "bad", "Switch the camera to passive mode"),
    Dialogue("active mode, and on", ("PORT 127,0,0,1,9,9", "STOR a.jpg"), "550 425", "bad", "a.jpg failed: 425 Use"),
    Dialogue("active mode over IPv6", ("EPRT |1|127.0.0.1|6000|",), "550", "bad", "Switch the camera to passive mode"),
    Dialogue(
        "active mode, then passive", ("PORT 127,0,0,1,9,9", *PHOTO), f"550 {SENT}", "good", "Refused without harm: PORT"
    ),
    Dialogue("carrier NAT", ("PASV!", "STOR a.jpg"), "227 425", "bad", "from another address than the log-in"),
    Dialogue(
        "carrier NAT, second try", ("PASV!", "STOR a.jpg", *PHOTO), f"227 425 {SENT}", "good", "425 Security: Bad IP"
    ),
    Dialogue("PROT C", ("PROT C", "PASV", "STOR a.jpg"), "200 227 522", "bad", "encrypts data as well"),
    Dialogue("clear data", ("in clear", *PHOTO), "227 150 -", "bad", "encrypts data as well"),
    # Folders.
    Dialogue("a folder setting", ("CWD /DCIM/100MEDIA", *PHOTO), f"250 {SENT}", "good", "1 file came."),
    Dialogue(
        "a folder setting, and no more", ("CWD x", "QUIT"), "250 221", "attention", "It logged in and sent nothing"
    ),
    Dialogue("it makes its folder", ("MKD x", "CWD x", *PHOTO), f"257 250 {SENT}", "good", "1 file came."),
    Dialogue("a date tree at once", ("MKD 2026/11/26", "CWD 2026/11/26", *PHOTO), f"257 250 {SENT}", "good", "1 file"),
    Dialogue("a date with dots", ("CWD 2026.11.26", *PHOTO), f"250 {SENT}", "good", "1 file came."),
    Dialogue("a folder in the name", ("PASV", "STOR 2026/11/a.jpg"), SENT, "good", "1 file came."),
    Dialogue("is the photo a folder?", ("CWD /a.jpg", *PHOTO), f"550 {SENT}", "good", "without harm: CWD /a.jpg."),
    Dialogue("a file's name for a folder", ("CWD x.jpeg",), "550", "bad", "no folder “x.jpeg” here"),
    Dialogue("a folder that is there", ("MKD d", "MKD d"), "257 550", "bad", "there is one already"),
    Dialogue(
        "a folder below a file",
        (*PHOTO, "CWD a.jpg/x", "MKD a.jpg/y"),
        f"{SENT} 550 550",
        "attention",
        "no folder “a.jpg/x”",
    ),
    # Files.
    Dialogue("append", ("APPE a.jpg",), "550", "bad", "Switch “append” or “resume” off"),
    Dialogue("append, then anew", ("APPE a.jpg", *PHOTO), f"550 {SENT}", "good", "without harm: APPE a.jpg"),
    Dialogue("resume", ("REST 4000", *PHOTO), "350 227 553", "bad", "at byte 4000, which is refused: the whole"),
    Dialogue("resume, then anew", ("REST 9", *PHOTO, *PHOTO), f"350 227 553 {SENT}", "good", "without harm: REST 9."),
    Dialogue("it asks whether it could", ("REST 100", "REST 0", *PHOTO), f"350 350 {SENT}", "good", "1 file came."),
    Dialogue("from byte 0, as always", ("REST 0", *PHOTO), f"350 {SENT}", "good", "1 file came."),
    Dialogue(
        "a temporary name",
        ("PASV", "STOR a.jpg.tmp", "RNFR a.jpg.tmp", "RNTO a.jpg"),
        f"{SENT} 350 250",
        "good",
        "1 file came.",
    ),
    Dialogue("it compares", (*PHOTO, "SIZE a.jpg", "MDTM a.jpg"), f"{SENT} 213 213", "good", "1 file came."),
    Dialogue("it deletes its test", (*PHOTO, "DELE a.jpg"), f"{SENT} 250", "good", "1 file came."),
    Dialogue("it deletes another's", ("DELE b.jpg", *PHOTO), f"550 {SENT}", "good", "without harm: DELE b.jpg."),
    Dialogue("it tries a folder", ("MKD d", "RMD d", *PHOTO), f"257 250 {SENT}", "good", "1 file came."),
    Dialogue("no name", ("PASV", "STOR "), "227 553", "bad", "a file without a name"),
    Dialogue("a long name", ("PASV", f"STOR {'y' * 256}"), "227 553", "bad", "longer than 255 bytes"),
    Dialogue("a folder's name", ("MKD d", "PASV", "STOR d"), "257 227 553", "bad", "“d” could not be created"),
    Dialogue("names by the server", ("STOU",), "550", "bad", "Let the camera name its files"),
    # Other commands.
    Dialogue("it reads back", ("RETR a.jpg",), "550", "bad", "wanted to read “a.jpg” back"),
    Dialogue("permissions, and no photo", ("SITE CHMOD 777 x",), "550", "bad", "asked for “SITE CHMOD 777 x”"),
    Dialogue(
        "a modern client",
        ("FEAT", "OPTS MLST type", "CLNT x", *PHOTO, "SITE CHMOD 777 a.jpg", "MFMT 2026 a.jpg", "MODE Z"),
        f"211 501 550 {SENT} 550 550 504",
        "good",
        "Refused without harm: OPTS MLST type, CLNT x, SITE CHMOD 777 a.jpg, MFMT 2026 a.jpg and 1 more.",
    ),
    Dialogue("clear commands", ("CCC",), "550", "bad", "Switch “clear command channel” off"),
    # TLS.
    Dialogue("plain FTP", ("USER camera",), "530", "bad", "log in without TLS", "plain"),
    Dialogue("Kerberos", ("AUTH GSSAPI",), "504", "bad", "another encryption than TLS", "plain"),
    Dialogue("TLS asked for, not spoken", ("AUTH TLS", "USER camera"), "234 500", "bad", "went on without it", "plain"),
    Dialogue("implicit TLS on the explicit port", (), "no TLS", "bad", "Set the camera to explicit TLS", "TLS at once"),
    Dialogue(
        "plain on the implicit port", ("USER x",), "500", "bad", "Set the camera to implicit", "plain on implicit"
    ),
    Dialogue("it waits for a greeting", ("leave",), "", "bad", "waits in vain on the port for", "plain on implicit"),
    Dialogue("TLS 1.0", (), "no TLS", "bad", "ftps.old_tls", tls=OLD),
    Dialogue("TLS 1.1", (), "no TLS", "bad", "ftps.old_tls", tls=LESS_OLD),
    Dialogue("TLS 1.1, implicit", (), "no TLS", "bad", "ftps.old_tls", "implicit", LESS_OLD),
    Dialogue("TLS 1.3 alone", (), "no TLS", "bad", "TLS 1.3 alone must allow TLS 1.2", tls=NEW),
    Dialogue("DHE alone", (), "no TLS", "bad", "no cipher", tls=Tls(ciphers="DHE-RSA-AES256-GCM-SHA384")),
    Dialogue(
        "it checks certificates", (), "no TLS", "bad", "check of certificates off", tls=Tls(checks_certificate=True)
    ),
    Dialogue("AES128-SHA", PHOTO, SENT, "good", "1 file came.", tls=Tls(ciphers="AES128-SHA")),
]
"""Add a row for each dialogue. Files are named a.jpg and get their verdict when all rows have been spoken."""


def test_every_refusal_is_a_sentence(gateway: Gateway) -> None:
    spoken = [(row, *_speak(gateway, row, number)) for number, row in enumerate(TABLE)]
    subprocess.run([CAMSPOOL, "--config", str(gateway.settings_file), "drain"], check=True, capture_output=True)
    verdicts = {sidecar["connection"]: sidecar["verdict"] for sidecar in sidecars(gateway.root)}
    told = {record.id: record for record in records(gateway.root)}
    print(_as_text([(row, answers, verdicts.get(one, "-"), told[one]) for row, answers, one in spoken]))
    wrong = [
        (row.client, got)
        for row, answers, one in spoken
        if (got := (answers, _light(told[one]), told[one].what_happened))[:2] != (row.answers, row.light)
        or row.sentence not in told[one].what_happened
    ]
    assert wrong == []
    aes = told[next(one for row, _, one in spoken if row.client == "AES128-SHA")]
    assert (aes.tls_version, aes.tls_cipher) == ("TLSv1.2", "AES128-SHA")
    came = {one for row, answers, one in spoken if "226" in answers and "DELE a.jpg" not in row.says}
    assert {one for one, verdict in verdicts.items() if verdict == "accepted"} == came


def _speak(gateway: Gateway, row: Dialogue, number: int) -> tuple[str, str]:
    """Have a client say its row; return the reply codes and the connection's id, when the connection is over."""
    before = set(live_logs(gateway.root))
    server = gateway.implicit if row.start in ("implicit", "plain on implicit") else gateway.explicit
    photo = willfine_photo(simulated_imei(number), WHEN, *POSITION, size=(160, 120), seed=number)
    client = Client(server, row.tls, photo)
    client.converse(row.start, row.says)
    # A client that leaves at once may be gone before its log is there.
    wait_until(lambda: len(live_logs(gateway.root)) > len(before), f"{row.client}: its connection has a log")
    (log,) = set(live_logs(gateway.root)) - before
    wait_until(lambda: has_ended(log), f"{row.client}: its connection ends")
    return " ".join(client.answers), log.stem


def _light(record: ConnectionRecord) -> str:
    """Return the state that the set-up page shows."""
    return connection_state(record)


def _as_text(rows: list[tuple[Dialogue, str, str, ConnectionRecord]]) -> str:
    lines = [
        (row.client, "\n".join(row.says)[:200], answers, verdict, _light(record), record.what_happened)
        for row, answers, verdict, record in rows
    ]
    heads = ("client", "dialogue", "answers", "verdict", "light", "sentence")
    return "\n" + tabulate(lines, heads, tablefmt="grid", disable_numparse=True, maxcolwidths=[18, 26, 12, 9, 9, 60])
