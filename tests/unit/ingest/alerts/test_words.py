"""Cameras, times and lengths as people say them."""

from zoneinfo import ZoneInfo

from ingest.alerts.words import cameras_words, lasted, shown_time
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, camera, facts


def test_few_cameras_are_named_and_many_counted() -> None:
    known = facts(cameras={**camera("a", name="Oak"), **camera("b")})
    assert cameras_words(known, ["b", "a"]) == "Oak and b"
    assert cameras_words(known, "abc") == "Oak, b and c"
    assert cameras_words(known, "abcd") == "4 cameras"


def test_times_are_those_of_where_the_cameras_are() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    assert shown_time(NOW - HOUR, zone, NOW) == "13:00"
    assert shown_time(NOW - 13 * HOUR, zone, NOW) == "01:00"
    assert shown_time(NOW - 15 * HOUR, zone, NOW) == "2026-05-31 23:00"


def test_lengths_are_rounded_down() -> None:
    told = [lasted(NOW - length, NOW) for length in (0 * HOUR, HOUR, 2.9 * HOUR, 47 * HOUR, 3 * DAY)]
    assert told == ["1 minute", "60 minutes", "2 hours", "47 hours", "3 days"]
