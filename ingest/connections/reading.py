"""What the events of one connection's log add up to, one after the other. Pure: it changes only the Reading."""

import re
from dataclasses import dataclass, field, replace

from ingest.connections.record import Mode, Outcome, Transfer
from ingest.connections.refusal_rules import SAME_VERB
from ingest.connections.refusals import Refused, tells_before_login
from ingest.connections.tls_failures import IMPLICIT_ON_EXPLICIT, Stage, tls_failure

_TRANSFER = re.compile(r'(.*)"(?:, (\d+) bytes)?, [\d.]+Kbyte/sec')
_TLS = re.compile(r"SSL version: ([^,]+), SSL cipher: ([^,]+),")
_REFUSALS = frozenset("45")
_CLIENT_HELLO = "???"
"""What vsftpd makes of the first bytes of TLS (16 03 01), where it waits for a command."""

_SPOKEN = dict.fromkeys(("SSLv3", "TLSv1.0", "TLSv1/SSLv3"), "TLSv1.2")
"""Without the intake vsftpd logs the oldest TLS that has the cipher (SSL_CIPHER_get_version), and speaks TLS 1.2; with
it the log tells what is spoken, such as TLSv1 (SSL_get_version)."""

UNCLOSED = "camspool: the data ended without a TLS goodbye"
"""What the intake writes where vsftpd, for a lenient account, is not to know (ingest/ftps/intake.c)."""

_UNCLOSED = "DATA connection terminated without SSL shutdown"
_NO_DATA = "no data connection came, which the firewall or the passive ports may hinder"


@dataclass
class Reading:
    """What the lines have told so far."""

    start: str
    at: str
    client: str | None = None
    account: str | None = None
    tls: tuple[str | None, str | None] = (None, None)
    mode: Mode | None = None
    greeted: bool = False
    user: str | None = None
    verb: str = ""
    argument: str = ""
    reply: str = ""
    restart: str = ""
    """The byte at which the camera wants its next file to go on."""
    arriving: Transfer | None = None
    closed: bool = True
    logins_refused: list[str] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """By the name under which the camera sees it: the position of an acknowledged transfer."""
    refused: dict[tuple[str, str], Refused] = field(default_factory=dict)


def read_event(reading: Reading, name: str, said: str) -> None:
    """Take in one event: its name, and what stands after the client's address."""
    match name:
        case "FTP command":
            _read_command(reading, said.removesuffix('"'))
        case "FTP response":
            _read_response(reading, said.removesuffix('"'))
        case "OK LOGIN":
            reading.account = reading.user
        case "FAIL LOGIN":
            reading.logins_refused.append(reading.user or "")
        case "OK UPLOAD" | "FAIL UPLOAD":
            _end_transfer(reading, said, "complete" if name == "OK UPLOAD" else "failed")
        case "OK RENAME":
            _rename(reading, said.removesuffix('"'))
        case "OK DELETE":
            _withdraw(reading, said.removesuffix('"'))
        case "DEBUG":
            _read_debug(reading, said.removesuffix('"'))


def _read_command(reading: Reading, said: str) -> None:
    settle(reading)
    if said.startswith(_CLIENT_HELLO) and not reading.verb:
        reading.failures.append(IMPLICIT_ON_EXPLICIT)
    verb, _, argument = said.partition(" ")
    verb = verb.upper()
    reading.verb, reading.argument, reading.reply = SAME_VERB.get(verb, verb), argument, ""
    match reading.verb:
        case "USER" if reading.account is None:
            reading.user = argument or None
        case "AUTH":
            reading.mode = reading.mode or "explicit"
        case "STOR":
            reading.arriving, reading.closed = Transfer(argument, None, "unfinished", reading.at), True


def settle(reading: Reading) -> None:
    """End a transfer about which vsftpd wrote no line of its own: refused before it began, or cut off with vsftpd."""
    if reading.arriving and reading.reply[:1] in _REFUSALS:
        because = reading.reply.rstrip(".")
        reading.transfers.append(replace(reading.arriving, outcome="failed", because=because, at=reading.at))
    elif reading.arriving:
        reading.transfers.append(replace(reading.arriving, because=None if reading.reply else _NO_DATA))
    reading.arriving = None


def _read_response(reading: Reading, said: str) -> None:
    reading.greeted = True
    if said.startswith("421"):
        reading.failures.append(f"The connection was closed: {said[4:]}")
    elif not reading.reply and reading.verb:
        _read_answer(reading, said)
    reading.reply = said


def _read_answer(reading: Reading, said: str) -> None:
    """Note a command that was refused, and forget those that this one makes good."""
    key = (reading.verb, reading.argument)
    if reading.verb == "REST":
        key = _restart(reading)
        reading.restart = reading.argument if said.startswith("350") and reading.argument != "0" else ""
    elif reading.verb == "STOR" and reading.restart:
        # With the intake the restart itself is not refused: its file is.
        reading.refused["REST", "n"] = Refused("REST", reading.restart, said, len(reading.transfers))
        reading.restart = ""
        return
    elif reading.verb in ("CWD", "MKD"):
        # A folder that is there now, or is told once more.
        reading.refused.pop(("CWD", reading.argument), None)
        reading.refused.pop(("MKD", reading.argument), None)
    if said[:1] in _REFUSALS and (reading.account is not None or tells_before_login(said)):
        reading.refused.pop(key, None)
        reading.refused[key] = Refused(reading.verb, reading.argument, said, len(reading.transfers))


def _restart(reading: Reading) -> tuple[str, str]:
    """A restart at 0 takes back one at another byte, unless something was sent in between."""
    if reading.argument != "0":
        return "REST", "n"
    resumed = reading.refused.get(("REST", "n"))
    if resumed and resumed.transfers_before == len(reading.transfers):
        del reading.refused["REST", "n"]
    return "REST", "0"


def _end_transfer(reading: Reading, said: str, outcome: Outcome) -> None:
    if not (parts := _TRANSFER.fullmatch(said)):
        return
    # When a transfer stalls, the reply that says so comes after this line: it is among the failures.
    refused = outcome == "failed" and reading.reply[:1] in _REFUSALS
    because = reading.reply.rstrip(".") if refused else None
    # An empty file has no size in the log.
    if outcome == "complete":
        reading.seen[parts[1]] = len(reading.transfers)
    size_bytes = int(parts[2] or 0)
    reading.transfers.append(Transfer(parts[1], size_bytes, outcome, reading.at, because, closed=reading.closed))
    reading.arriving = None


def _rename(reading: Reading, said: str) -> None:
    """Follow `/old /new`: names may hold spaces, so the old one is known by what was sent; the longest that fits."""
    at = said.rfind(" /")
    while at >= 0 and said[:at] not in reading.seen:
        at = said.rfind(" /", 0, at)
    if at >= 0:
        position, new = reading.seen.pop(said[:at]), said[at + 1 :]
        transfer = reading.transfers[position]
        reading.transfers[position] = replace(transfer, name=new, sent_as=transfer.sent_as or transfer.name)
        reading.seen[new] = position


def _withdraw(reading: Reading, name: str) -> None:
    if (position := reading.seen.pop(name, None)) is not None:
        reading.transfers[position] = replace(reading.transfers[position], withdrawn=True)


def _read_debug(reading: Reading, said: str) -> None:
    if (tls := _TLS.match(said)) and reading.tls == (None, None):
        reading.tls = (_SPOKEN.get(tls[1], tls[1]), tls[2])
        reading.mode = reading.mode or (None if reading.greeted else "implicit")
    elif said.startswith(_UNCLOSED):
        reading.closed = False
    elif said.startswith("SSL_accept failed"):
        reading.mode = reading.mode or (None if reading.greeted else "implicit")
        stage: Stage = "data" if reading.account else "explicit" if reading.greeted else "implicit"
        reading.failures.append(tls_failure(said, stage))
