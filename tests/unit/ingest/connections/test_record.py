"""A connection's record as a line of JSON."""

from dataclasses import replace

import pytest

from ingest.connections.record import (
    UNCLOSED,
    ConnectionRecord,
    Transfer,
    connection_record_line,
    lost,
    parse_connection_record,
    tls_words,
    what_happened,
)

RECORD = ConnectionRecord(
    id="20261123T202316.314333Z-10007498",
    client="127.0.0.1",
    account="camera",
    tls_version="TLSv1.2",
    tls_cipher="ECDHE-RSA-AES256-GCM-SHA384",
    mode="explicit",
    logins_refused=("a", "b"),
    transfers=(
        Transfer("/a.jpg", 10, "complete", "2026-11-23T20:23:20.000000Z"),
        Transfer('/"b?.jpg', None, "failed", "2026-11-23T20:23:21.000000Z", "553 Could not create file"),
    ),
    failures=("The connection was closed: Timeout.",),
    started_at="2026-11-23T20:23:16.314333Z",
    ended_at="2026-11-23T20:23:21.000000Z",
    what_happened="1 file came.",
)


def test_a_record_survives_its_line() -> None:
    line = connection_record_line(RECORD)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert parse_connection_record(line) == RECORD


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "{}", "null", connection_record_line(RECORD)[:-20], '{"id": "x", "transfers": 3}']
)
def test_what_is_not_a_whole_record_is_an_error(line: str) -> None:
    with pytest.raises(ValueError):
        parse_connection_record(line)


def test_an_unknown_outcome_is_an_error() -> None:
    with pytest.raises(ValueError, match="outcome"):
        parse_connection_record(connection_record_line(RECORD).replace('"complete"', '"perhaps"'))


def test_a_file_that_came_at_the_second_try_is_not_lost() -> None:
    failed = Transfer("a.jpg", None, "failed", "2026-01-01T00:00:00Z", "425 Use PORT or PASV first")
    whole = Transfer("/d/a.jpg", 9, "complete", "2026-01-01T00:00:01Z")
    assert lost((failed, whole)) == []
    assert lost((whole, failed)) == [failed]
    said = what_happened("camera", (), (failed, whole), ())
    assert said == "1 file came. a.jpg failed: 425 Use PORT or PASV first; it came afterwards."


def test_that_it_hung_up_without_a_goodbye_is_told_once_for_all_files() -> None:
    at, because = "2026-01-01T00:00:00Z", "426 Failure reading network stream"
    cut = [Transfer(f"/{name}.jpg", 9, "failed", at, because, closed=False) for name in ("a", "b")]
    said = what_happened("camera", (), (*cut, Transfer("/", None, "failed", at, "553 No")), ())
    assert said == (
        f"a.jpg failed after 9 bytes: {because}. b.jpg failed after 9 bytes: {because}. "
        f"A file without a name failed: 553 No. {UNCLOSED}"
    )
    assert what_happened("camera", (), (Transfer("/a.jpg", 9, "complete", at, closed=False),), ()) == "1 file came."


def test_what_did_no_harm_is_told_last() -> None:
    assert what_happened("camera", (), (), ("Sorry.",), "No harm.") == "It logged in and sent nothing. Sorry. No harm."


def test_where_old_tls_is_allowed_only_some_ciphers_tell_the_version() -> None:
    assert tls_words(RECORD, old_tls=True) == "TLSv1.2"
    older = replace(RECORD, tls_cipher="AES128-SHA")
    assert [tls_words(older, old_tls=one) for one in (False, True)] == ["TLSv1.2", "TLSv1.2 or older"]
    assert tls_words(replace(RECORD, tls_version=None), old_tls=True) == "no TLS"
