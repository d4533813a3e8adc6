"""The origin file: it comes back byte for byte, and what is not a whole one is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.spool.names import IncomingName
from ingest.spool.origin import Origin, item_from, origin_of, origin_of_earlier, origin_text, parse_origin
from ingest.spool.sidecar import Beginning, Correction
from tests.spools import make_sidecar

ID, CONNECTION = "20251205T154647.120034Z-4f2a", "20251205T154630.004411Z-91be"
BEGINNINGS = (Beginning(ID, "short", CONNECTION, "a.jpg", 60),)
ORIGIN = Origin(
    b"a.jpg",
    "upload",
    None,
    "camera",
    "100.64.1.7",
    3,
    "rejected/no_metadata/2025-12-05/x",
    "cut",
    BEGINNINGS,
    (Correction("camera_id", "Y", "X", "anna", "2026-11-27T01:00:00.000000Z"),),
    CONNECTION,
    (ID, CONNECTION),
)


@given(st.binary(min_size=1).filter(lambda path: b"\0" not in path))
def test_every_path_comes_back_byte_for_byte(path: bytes) -> None:
    origin = Origin(path, "ftps", CONNECTION)
    assert origin_text(origin).isascii()
    assert parse_origin(origin_text(origin)) == origin


def test_everything_else_comes_back_too() -> None:
    assert parse_origin(origin_text(ORIGIN)) == ORIGIN


@pytest.mark.parametrize(
    "change",
    [
        {"upload_path": ""},
        {"upload_path": None},
        {"upload_path": 5},
        {"source": "post"},
        {"source": ["ftps"]},
        {"account": 7},
        {"client": ["100.64.1.7"]},
        {"left": {}},
        {"connection": False},
        {"colour": "red"},
        {"transfer": "odd"},
        {"beginnings": 5},
        {"beginnings": [{"id": "x"}]},
        {"corrections": [{"what": "camera_id"}]},
    ],
)
def test_a_value_of_the_wrong_kind_is_a_value_error(change: dict[str, object]) -> None:
    content = {**json.loads(origin_text(ORIGIN)), **change}
    with pytest.raises(ValueError, match="origin file"):
        parse_origin(json.dumps(content).encode())


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"5", b'"x"', b"{}", b'{"source": "ftps"}', b"\xff"])
def test_what_is_no_origin_file_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_origin(text)


def test_every_cut_of_an_origin_file_is_a_value_error() -> None:
    text = origin_text(ORIGIN)
    for length in range(len(text)):
        with pytest.raises(ValueError, match=r"\w"):
            parse_origin(text[:length])


def test_the_origin_file_wins_over_the_connections_log_which_fills_its_gaps() -> None:
    name = IncomingName(ID, CONNECTION, b"other.jpg")
    item = item_from(name, ORIGIN, "other", "10.0.0.1")
    assert (item.upload_path, item.source, item.connection, item.attempts) == (b"a.jpg", "upload", None, 3)
    assert (item.account, item.client) == ("camera", "100.64.1.7")
    unknown = item_from(name, Origin(b"a.jpg", "ftps", CONNECTION), "other", "10.0.0.1")
    assert (unknown.account, unknown.client) == ("other", "10.0.0.1")


def test_without_an_origin_file_the_name_tells_how_an_item_came() -> None:
    over_ftps = item_from(IncomingName(ID, CONNECTION, b"a.jpg"), None, "camera", "100.64.1.7")
    assert (over_ftps.source, over_ftps.connection, over_ftps.upload_path) == ("ftps", CONNECTION, b"a.jpg")
    assert (over_ftps.account, over_ftps.client, over_ftps.attempts) == ("camera", "100.64.1.7", 1)
    by_hand = item_from(IncomingName(ID, "local", None), None, None, None)
    assert (by_hand.source, by_hand.upload_path) == ("local", b"unknown")


def test_an_origin_file_of_before_beginnings_were_kept_is_a_whole_one() -> None:
    content = json.loads(origin_text(Origin(b"a.jpg", "ftps")))
    del content["beginnings"]
    assert parse_origin(json.dumps(content).encode()) == Origin(b"a.jpg", "ftps")


def test_what_goes_back_keeps_what_it_had_taken_in_and_that_it_may_lack_its_rest() -> None:
    cut = origin_of(make_sidecar(transfer="cut", beginnings=BEGINNINGS), "rejected/x")
    assert (cut.transfer, cut.beginnings, cut.left, cut.attempts) == ("cut", BEGINNINGS, "rejected/x", 2)
    for transfer in (None, "withdrawn"):
        assert origin_of(make_sidecar(transfer=transfer), "rejected/x").transfer == "whole"
    assert item_from(IncomingName(ID, CONNECTION, None), cut, None, None).beginnings == BEGINNINGS


def test_an_earlier_report_came_as_its_file_did_and_says_so_whenever_it_is_tried_again() -> None:
    whole = make_sidecar(ID, connection=CONNECTION, upload_path="a\\xff.txt", upload_path_quoted="a%FF.txt", attempts=3)
    origin = origin_of_earlier(whole)
    assert (origin.upload_path, origin.connection, origin.account) == (b"a\xff.txt", CONNECTION, "camera")
    assert (origin.part_of, origin.attempts, origin.transfer) == (ID, 1, "whole")
    item = item_from(IncomingName(CONNECTION, CONNECTION, None), parse_origin(origin_text(origin)), None, None)
    assert (item.part_of, item.upload_path) == (ID, b"a\xff.txt")
    assert origin_of(make_sidecar(part_of=ID), "rejected/x").part_of == ID
    again = origin_of(make_sidecar(earlier_reports=(CONNECTION,)), "rejected/x")
    assert item_from(IncomingName(ID, CONNECTION, None), again, None, None).earlier_reports == (CONNECTION,)


def test_the_origin_of_what_is_no_list_is_read_by_a_release_that_knows_none() -> None:
    assert not {"part_of", "earlier_reports"} & json.loads(origin_text(Origin(b"a.jpg", "ftps"))).keys()
