"""How the events of one connection add up, and which later command makes an earlier refusal good."""

from ingest.connections.reading import Reading, read_event, settle

DENIED = "550 Permission denied."
NO_FOLDER = "550 Failed to change directory."


def after(*dialogue: tuple[str, str], logged_in: bool = True) -> Reading:
    """Return what commands and their replies add up to."""
    reading = Reading("", "")
    reading.account = "camera" if logged_in else None
    for command, reply in dialogue:
        read_event(reading, "FTP command", f'{command}"')
        read_event(reading, "FTP response", f'{reply}"')
    return reading


def refused(*dialogue: tuple[str, str], logged_in: bool = True) -> list[str]:
    """Return the commands that stay refused."""
    return [one.command for one in after(*dialogue, logged_in=logged_in).refused.values()]


def test_a_refused_command_is_kept_by_its_usual_name() -> None:
    assert refused(("xcwd A b", NO_FOLDER), ("XRMD c", DENIED), ("appe", DENIED)) == ["CWD A b", "RMD c", "APPE"]


def test_a_folder_that_is_there_later_was_not_refused() -> None:
    made = ("MKD x", '257 "/x" created')
    entered = ("CWD x", "250 Directory successfully changed.")
    assert refused(("CWD x", NO_FOLDER), made) == []
    assert refused(("MKD x", "550 Create directory operation failed."), entered) == []
    assert refused(("CWD y", NO_FOLDER), made, entered) == ["CWD y"]


def test_a_restart_at_zero_takes_back_one_at_another_byte_unless_something_was_sent() -> None:
    assert refused(("REST 100", DENIED), ("REST 0", DENIED)) == ["REST 0"]
    sent = ("STOR a.jpg", "553 Could not create file.")
    assert refused(("REST 100", DENIED), sent, ("REST 0", DENIED)) == ["REST 100", "STOR a.jpg", "REST 0"]


def test_a_command_that_is_refused_again_counts_once_where_it_was_refused_last() -> None:
    sent = ("STOR a.jpg", "553 Could not create file.")
    reading = after(("CWD x", NO_FOLDER), sent, ("CWD x", NO_FOLDER))
    assert [(one.command, one.transfers_before) for one in reading.refused.values()] == [
        ("STOR a.jpg", 0),
        ("CWD x", 1),
    ]


def test_only_the_first_reply_to_a_command_refuses_it() -> None:
    reading = after(("STOR a.jpg", "150 Ok to send data."))
    read_event(reading, "FTP response", '426 Failure reading network stream."')
    assert reading.refused == {}


def test_before_the_log_in_the_usual_refusals_tell_nothing() -> None:
    assert refused(("SYST", "530 Please login with USER and PASS."), logged_in=False) == []
    assert refused(("AUTH GSSAPI", "504 Unknown AUTH type."), logged_in=False) == ["AUTH GSSAPI"]


def test_a_file_whose_data_connection_never_came_says_so() -> None:
    reading = Reading("", "")
    read_event(reading, "FTP command", 'STOR a.jpg"')
    settle(reading)
    assert "firewall" in (reading.transfers[0].because or "")


def test_a_client_hello_is_known_only_as_the_first_command() -> None:
    hello = ("????K???G?????Y??Z", "530 Please login with USER and PASS.")
    assert "implicit TLS" in after(hello, logged_in=False).failures[0]
    assert after(("SYST", "530 Please login with USER and PASS."), hello, logged_in=False).failures == []


def test_the_tls_that_is_spoken_is_not_the_oldest_that_has_the_cipher() -> None:
    for said, meant in (("SSLv3", "TLSv1.2"), ("TLSv1.0", "TLSv1.2"), ("TLSv1.2", "TLSv1.2"), ("TLSv1.3", "TLSv1.3")):
        reading = Reading("", "")
        read_event(reading, "DEBUG", f'SSL version: {said}, SSL cipher: AES128-SHA, not reused, no cert"')
        assert reading.tls == (meant, "AES128-SHA")


def test_a_handshake_that_failed_before_the_greeting_was_implicit() -> None:
    reading = Reading("", "")
    read_event(reading, "DEBUG", 'SSL_accept failed: error:0A00010B:SSL routines::wrong version number"')
    assert (reading.mode, len(reading.failures)) == ("implicit", 1)


def transfers(*events: tuple[str, str]) -> list[tuple[str, str | None, bool, bool]]:
    """Return of each transfer its name, the one that it was sent under, and whether it is withdrawn and closed."""
    reading = Reading("", "")
    reading.account = "camera"
    for name, said in events:
        read_event(reading, name, said)
    return [(one.name, one.sent_as, one.withdrawn, one.closed) for one in reading.transfers]


def sent(path: str) -> list[tuple[str, str]]:
    return [("FTP command", f'STOR {path}"'), ("OK UPLOAD", f'{path}", 5 bytes, 0.10Kbyte/sec')]


def test_a_rename_is_followed_whatever_stands_in_the_names_and_however_often() -> None:
    renames = [("OK RENAME", '/a /b.tmp /c /d.jpg"'), ("OK RENAME", '/c /d.jpg /e"')]
    assert transfers(*sent("/a"), *sent("/a /b.tmp"), *renames) == [
        ("/a", None, False, True),
        ("/e", "/a /b.tmp", False, True),
    ]
    assert transfers(*sent("/a"), ("OK RENAME", '/unknown /b"')) == [("/a", None, False, True)]


def test_a_deletion_is_that_of_the_file_which_is_seen_under_the_name() -> None:
    deleted = ("OK DELETE", '/a"')
    assert [one[2] for one in transfers(*sent("/a"), *sent("/a"), deleted, deleted)] == [False, True]
    assert [one[2] for one in transfers(*sent("/a"), ("OK RENAME", '/a /b"'), deleted)] == [False]


def test_a_missing_goodbye_is_that_of_the_transfer_that_ends_next() -> None:
    unclosed = ("DEBUG", 'DATA connection terminated without SSL shutdown. Buggy client!"')
    begin, end = sent("/a")
    assert [one[3] for one in transfers(begin, unclosed, end, *sent("/b"))] == [False, True]
