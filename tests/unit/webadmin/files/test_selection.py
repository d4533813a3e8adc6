"""What an address asks the list for."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest

from ingest.index.rows import first_number
from webadmin.files.selection import TRAIL_MAX, Selection, read_selection


@pytest.mark.parametrize(
    "query",
    [
        {
            "verdict": "x",
            "reason": "../x",
            "camera": "../x",
            "profile": "'",
            "day": "2026-99-99",
            "since": "spring",
            "until": "0001-01-01",
            "by": "weight",
            "sort": "x",
            "after": "x",
        },
        {"after": "9" * 40, "day": "0001-01-01", "camera": "x" * 70},
    ],
)
def test_an_address_that_makes_no_sense_asks_for_everything(query: dict[str, str]) -> None:
    assert not read_selection(query).is_filtered
    assert read_selection(query).after == ""


@pytest.mark.parametrize("text", ["-", "no camera", " No camera "])
def test_no_camera_can_be_asked_for(text: str) -> None:
    wanted = read_selection({"camera": text})
    assert (wanted.camera, wanted.camera_words, wanted.link()) == ("-", "no camera", "?camera=-")


@pytest.mark.parametrize(("text", "camera"), [("Höhle", "Hoehle"), ("Gate North", "Gate_North"), ("cam1", "cam1")])
def test_a_camera_can_be_asked_for_as_people_write_it(text: str, camera: str) -> None:
    assert read_selection({"camera": text}).camera == camera


def test_a_link_brings_back_the_selection_it_was_made_from() -> None:
    days = ("2026-03-29", "2026-04-02", "capture")
    wanted = Selection("rejected", "duplicate", "-", "willfine-4.0t-cg", *days, 'a&b="ü"', "captured last", "grid")
    link = wanted.link()
    assert read_selection(dict(parse_qsl(link.removeprefix("?")))) == wanted
    assert Selection().link() == "?"


def test_a_change_starts_at_the_first_page_and_the_next_page_is_a_change() -> None:
    wanted = Selection(camera="861943070068027", after="2026-03-28T20:00:00Z~12")
    assert wanted.link(verdict="rejected") == "?verdict=rejected&camera=861943070068027"
    assert wanted.link(after="5") == "?camera=861943070068027&after=5"


def test_words_are_what_stands_between_signs_and_no_more_than_twelve() -> None:
    assert Selection(q='IMG_0007 "fuchs*" OR 100.64').words == ("IMG", "0007", "fuchs", "OR", "100", "64")
    assert Selection(q=" ".join(str(number) for number in range(20))).words == tuple(map(str, range(12)))


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_is_as_long_as_it_is_where_the_cameras_are(day: str, hours: int) -> None:
    numbers = Selection(since=day, until=day).numbers(ZoneInfo("Europe/Amsterdam"))
    assert numbers
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert numbers == (first_number(start), first_number(start.astimezone(UTC) + timedelta(hours=hours)))
    assert Selection().numbers(ZoneInfo("UTC")) is None
    assert Selection().captured() is None


def test_a_link_of_before_that_names_one_day_is_from_that_day_until_that_day() -> None:
    wanted = read_selection({"day": "2026-03-28"})
    assert (wanted.since, wanted.until) == ("2026-03-28", "2026-03-28")


def test_one_end_is_enough_and_days_of_capture_are_those_of_the_camera() -> None:
    open_end = Selection(since="2026-03-28").numbers(ZoneInfo("UTC"))
    assert open_end and open_end[0] == first_number(datetime(2026, 3, 28, tzinfo=UTC)) and open_end[1] > 10**15
    assert Selection(until="2026-03-28", by="capture").captured() == ("2020-01-01", "2026-03-29")
    assert Selection(since="2026-03-28", by="capture").numbers(ZoneInfo("UTC")) is None
    assert not Selection(by="capture").is_by_capture


def test_one_goes_back_page_by_page_as_far_as_the_first() -> None:
    selection = read_selection({"verdict": "rejected"})
    for number in (30, 20, 10):
        selection = read_selection(dict(parse_qsl(selection.next_link(str(number))[1:])))
    seen = []
    while selection.after:
        seen.append(selection.after)
        assert read_selection(dict(parse_qsl(selection.here[1:]))) == selection
        selection = read_selection(dict(parse_qsl(selection.previous_link[1:])))
    assert seen == ["10", "20", "30"] and selection == read_selection({"verdict": "rejected"})


def test_the_way_back_is_bounded_and_takes_cursors_only() -> None:
    selection = Selection()
    for number in range(100):
        selection = read_selection(dict(parse_qsl(selection.next_link(str(number))[1:])))
    assert len(selection.trail.split(",")) == TRAIL_MAX and selection.trail.endswith("98")
    assert read_selection({"after": "5", "trail": "x,<b>,7,,"}).trail == "7"
    assert "trail" not in selection.link(reason="duplicate"), "another filter begins at its first page"
