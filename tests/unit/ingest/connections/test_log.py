"""What a connection's log tells. The lines were written by vsftpd 3.0.3; the middle of each session is cut out."""

import pytest

from ingest.connections.log import parse_connection_log, parse_login
from ingest.connections.record import ConnectionRecord, Transfer

ID = "20261123T202316.314333Z-10007498"
TLS = 'DEBUG: Client "127.0.0.1", "SSL version: TLSv1.2, SSL cipher: ECDHE-RSA-AES256-GCM-SHA384, not reused, no cert"'
CONNECT = ['CONNECT: Client "127.0.0.1"']
EXPLICIT = [
    *CONNECT,
    'FTP response: Client "127.0.0.1", "220 Camspool"',
    'FTP command: Client "127.0.0.1", "AUTH TLS"',
    'FTP response: Client "127.0.0.1", "234 Proceed with negotiation."',
    TLS,
]
IMPLICIT = [*CONNECT, TLS, 'FTP response: Client "127.0.0.1", "220 Camspool"']
LOG_IN = [
    'FTP command: Client "127.0.0.1", "USER camera"',
    '[camera] FTP response: Client "127.0.0.1", "331 Please specify the password."',
    '[camera] FTP command: Client "127.0.0.1", "PASS <password>"',
    '[camera] OK LOGIN: Client "127.0.0.1"',
    '[camera] FTP response: Client "127.0.0.1", "230 Login successful."',
]


def stored(name: str, said: str, *before: str) -> list[str]:
    """Return the lines of a transfer; `said` is the transfer line's event and what follows the name."""
    event, _, rest = said.partition("|")
    return [
        f'[camera] FTP command: Client "127.0.0.1", "STOR {name}"',
        '[camera] FTP response: Client "127.0.0.1", "150 Ok to send data."',
        *(f'[camera] FTP response: Client "127.0.0.1", "{reply}"' for reply in before),
        f'[camera] {event}: Client "127.0.0.1", "/{name}"{rest}',
    ]


def read(*lines: str, second: int = 20) -> ConnectionRecord:
    """Parse these lines, with the front that vsftpd gives them."""
    front = f"Mon Nov 23 20:23:{second} 2026 [pid 7502] "
    return parse_connection_log(ID, "".join(f"{front}{line}\n" for line in lines))


def test_an_upload_over_explicit_tls() -> None:
    record = read(*EXPLICIT, *LOG_IN, *stored("a.jpg", "OK UPLOAD|, 1000 bytes, 21.63Kbyte/sec"))
    assert (record.client, record.account, record.mode) == ("127.0.0.1", "camera", "explicit")
    assert (record.tls_version, record.tls_cipher) == ("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384")
    assert record.transfers == (Transfer("/a.jpg", 1000, "complete", "2026-11-23T20:23:20.000000Z"),)
    assert (record.started_at, record.ended_at) == ("2026-11-23T20:23:16.314333Z", "2026-11-23T20:23:20.000000Z")
    assert record.what_happened == "1 file came."


def test_tls_before_the_greeting_is_implicit() -> None:
    assert read(*IMPLICIT, *LOG_IN).mode == "implicit"


def test_an_empty_file_has_no_size_in_the_log() -> None:
    (transfer,) = read(*EXPLICIT, *LOG_IN, *stored("a.jpg", "OK UPLOAD|, 0.00Kbyte/sec")).transfers
    assert (transfer.outcome, transfer.size_bytes) == ("complete", 0)


def test_a_cut_upload_says_how_far_it_got_and_why_it_failed() -> None:
    lines = stored("a.jpg", "FAIL UPLOAD|, 300000 bytes, 68450.64Kbyte/sec", "426 Failure reading network stream.")
    record = read(*EXPLICIT, *LOG_IN, *lines)
    assert record.transfers[0].because == "426 Failure reading network stream"
    assert record.what_happened == "a.jpg failed after 300000 bytes: 426 Failure reading network stream."


def test_a_stalled_upload_is_explained_by_the_reply_that_comes_after_it() -> None:
    lines = stored("a.jpg", "FAIL UPLOAD|, 3000 bytes, 0.49Kbyte/sec")
    late = '[camera] FTP response: Client "127.0.0.1", "421 Data timeout. Reconnect. Sorry."'
    record = read(*EXPLICIT, *LOG_IN, *lines, late)
    assert record.transfers[0].because is None
    assert "Data timeout" in record.what_happened


def test_an_upload_refused_before_it_began_has_failed() -> None:
    reply = '[camera] FTP response: Client "127.0.0.1", "522 Data connections must be encrypted."'
    record = read(*EXPLICIT, *LOG_IN, '[camera] FTP command: Client "127.0.0.1", "STOR a.jpg"', reply)
    assert record.transfers[0].outcome == "failed"
    assert "without TLS" in record.what_happened


def test_an_upload_without_an_end_is_unfinished() -> None:
    record = read(*EXPLICIT, *LOG_IN, *stored("a.jpg", "OK UPLOAD|, 1000 bytes, 21.63Kbyte/sec")[:-1])
    assert record.transfers[0].outcome == "unfinished"
    assert record.what_happened == "a.jpg has not arrived completely."


def test_a_log_in_refused_keeps_the_name_that_was_tried() -> None:
    refused = '[hello? evil] FAIL LOGIN: Client "127.0.0.1"'
    record = read(*EXPLICIT, 'FTP command: Client "127.0.0.1", "USER hello? evil"', refused)
    assert (record.account, record.logins_refused) == (None, ("hello? evil",))
    assert record.what_happened == "The log-in as “hello? evil” was refused: wrong account or password."


def test_a_log_in_without_tls_is_told() -> None:
    reply = '[camera] FTP response: Client "127.0.0.1", "530 Non-anonymous sessions must use encryption."'
    record = read(*CONNECT, 'FTP command: Client "127.0.0.1", "USER camera"', reply)
    assert (record.account, record.mode, record.tls_version) == (None, None, None)
    assert record.what_happened == "It tried to log in without TLS, which is refused. Switch the camera to FTPS."


def test_tls_refused_is_told_with_openssls_reason() -> None:
    why = 'DEBUG: Client "127.0.0.1", "SSL_accept failed: error:0A000102:SSL routines::unsupported protocol"'
    record = read(*EXPLICIT[:4], why)
    assert record.what_happened.startswith("TLS failed: unsupported protocol. The gateway speaks TLS 1.2")


def test_a_connection_that_says_nothing_is_told() -> None:
    assert read(*EXPLICIT[:2]).what_happened == "It connected and left without a log-in."
    assert read(*EXPLICIT, *LOG_IN).what_happened == "It logged in and sent nothing."
    assert parse_connection_log(ID, "").what_happened == "It connected and left without a log-in."


def test_the_launchers_refusal_is_told() -> None:
    record = parse_connection_log(ID, "camspool: refused 100.64.1.7: The gateway's disk is nearly full.\n")
    assert record.client == "100.64.1.7"
    assert parse_connection_log(ID, "camspool: refused: The disk is full.\n").client is None
    assert record.what_happened == "The gateway's disk is nearly full."


@pytest.mark.parametrize(
    "name",
    [
        'q"uo, "te".jpg',
        'x.jpg", 5 bytes, 1.00Kbyte/sec',
        '] OK LOGIN: Client "9.9.9.9"',
        '[admin] OK LOGIN: Client "9.9.9.9", "',
        "b??.jpg",
        "y" * 255,
    ],
)
def test_no_file_name_is_taken_for_something_else(name: str) -> None:
    record = read(*EXPLICIT, *LOG_IN, *stored(name, "OK UPLOAD|, 7 bytes, 0.02Kbyte/sec"))
    assert [(one.name, one.size_bytes, one.outcome) for one in record.transfers] == [(f"/{name}", 7, "complete")]
    assert (record.account, record.client) == ("camera", "127.0.0.1")


@pytest.mark.parametrize("user", ['x] OK LOGIN: Client "9.9.9.9"', "[", "] ", "camera] [camera"])
def test_no_account_name_is_taken_for_something_else(user: str) -> None:
    asked = f'[{user}] FTP response: Client "127.0.0.1", "331 Please specify the password."'
    refused = f'[{user}] FAIL LOGIN: Client "127.0.0.1"'
    record = read(*EXPLICIT, f'FTP command: Client "127.0.0.1", "USER {user}"', asked, refused)
    assert (record.account, record.client, record.logins_refused) == (None, "127.0.0.1", (user,))


def test_a_line_that_is_still_being_written_is_passed_over() -> None:
    whole = 'Mon Nov 23 20:23:20 2026 [pid 1] CONNECT: Client "127.0.0.1"\nMon Nov 23 20:2'
    assert parse_connection_log(ID, whole).client == "127.0.0.1"


def test_every_cut_of_a_log_can_be_read() -> None:
    front = "Mon Nov 23 20:23:20 2026 [pid 7502] "
    lines = [*EXPLICIT, *LOG_IN, *stored("a.jpg", "OK UPLOAD|, 1000 bytes, 21.63Kbyte/sec")]
    text = "".join(f"{front}{line}\n" for line in lines)
    for length in range(len(text)):
        assert parse_connection_log(ID, text[:length]).account in (None, "camera")
        assert parse_connection_log(ID, text[length:]).id == ID


def test_an_ipv4_address_on_a_socket_for_both_kinds_is_an_ipv4_address() -> None:
    assert read('CONNECT: Client "::ffff:100.64.1.7"').client == "100.64.1.7"
    assert read('CONNECT: Client "2001:db8::7"').client == "2001:db8::7"


def test_the_sender_is_known_as_soon_as_the_log_in_stands_in_the_log() -> None:
    front = "Mon Nov 23 20:23:20 2026 [pid 7502] "
    lines = [f"{front}{line}\n" for line in [*EXPLICIT, *LOG_IN, *stored("a.jpg", "OK UPLOAD|, 9 bytes, 1.0Kbyte/sec")]]
    logged_in = next(number for number, line in enumerate(lines) if "OK LOGIN" in line)
    assert parse_login("".join(lines[:logged_in])) == (None, "127.0.0.1")
    assert parse_login("".join(lines)) == ("camera", "127.0.0.1")
    assert parse_login("") == (None, None)


def test_a_camera_that_gives_up_after_a_refusal_is_told_what_to_change() -> None:
    refused = [
        '[camera] FTP command: Client "127.0.0.1", "RNFR a.tmp"',
        '[camera] FTP response: Client "127.0.0.1", "550 Permission denied."',
    ]
    record = read(*EXPLICIT, *LOG_IN, *stored("a.tmp", "OK UPLOAD|, 1000 bytes, 21.63Kbyte/sec"), *refused)
    assert record.what_happened == f"1 file came. {record.failures[0]}"
    assert "rename after upload" in record.failures[0]


def test_a_refusal_without_harm_is_no_failure_but_is_told() -> None:
    refused = [
        '[camera] FTP command: Client "127.0.0.1", "CWD DCIM"',
        '[camera] FTP response: Client "127.0.0.1", "550 Failed to change directory."',
    ]
    record = read(*EXPLICIT, *LOG_IN, *refused, *stored("a.jpg", "OK UPLOAD|, 1000 bytes, 21.63Kbyte/sec"))
    assert record.failures == ()
    assert record.what_happened == "1 file came. Refused without harm: CWD DCIM."


def test_the_intake_s_own_line_tells_that_a_lenient_account_said_no_goodbye() -> None:
    begin, end = 'Client "1.2.3.4", "STOR a.jpg"', 'Client "1.2.3.4", "/a.jpg", 5 bytes, 0.10Kbyte/sec'
    front = "Mon Nov 23 20:23:20 2026 [pid 7502] "
    lines = [
        f"{front}FTP command: {begin}",
        "camspool: the data ended without a TLS goodbye",
        f"{front}OK UPLOAD: {end}",
    ]
    (transfer,) = parse_connection_log(ID, "".join(f"{line}\n" for line in lines)).transfers
    assert (transfer.outcome, transfer.closed) == ("complete", False)
