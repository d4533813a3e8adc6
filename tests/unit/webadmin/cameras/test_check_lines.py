"""The lines of a check page: what is shown depends on the link, and of a silent camera nothing is good."""

from datetime import timedelta
from typing import Any

import pytest

from ingest.spool.stamp import utc_text
from tests.unit.webadmin.cameras.examples import NOON, judged
from webadmin.cameras.check_lines import check_lines, nameless_test_line
from webadmin.cameras.check_links import Shown

RECEIVED = utc_text(NOON - timedelta(minutes=5))


def _last(**changes: Any) -> Any:
    whole = {"received_at": RECEIVED, "kind": "image", "verdict": "accepted", "reason": None, "problem": None}
    return {**whole, "number": 5, **changes}


def test_a_camera_that_sent_nothing_has_one_line() -> None:
    assert [(line.state, line.words) for line in check_lines(judged(), None, NOON)] == [
        ("bad", "Nothing has arrived from this camera yet.")
    ]


@pytest.mark.parametrize(
    ("shown", "whats"),
    [
        (Shown(), ["Photo", "GPS", "Clock", "Battery", "Signal", "SD card"]),
        (Shown(position=False), ["Photo", "GPS", "Clock", "Battery", "Signal", "SD card"]),
        (Shown(health=False), ["Photo", "GPS"]),
        (Shown(position=False, health=False), ["Photo", "GPS"]),
    ],
)
def test_a_link_shows_what_it_says(shown: Shown, whats: list[str]) -> None:
    lines = check_lines(judged(), _last(), NOON, shown)
    assert [line.what for line in lines] == whats
    assert ("52.00000" in str(lines)) == shown.position


def test_how_far_a_camera_was_moved_is_not_said_where_its_place_is_not_shown() -> None:
    moved = judged(positions="[[52.1, 5.1], [52.1, 5.1], [52.1, 5.1]]")
    assert any(one.kind == "moved" for one in moved.attention)
    assert "oved" in str(check_lines(moved, _last(), NOON)) and "oved" not in str(
        check_lines(moved, _last(), NOON, Shown(position=False))
    )


def test_a_silent_camera_is_red_at_the_top_and_good_nowhere() -> None:
    silent = judged(last_received_at=utc_text(NOON - timedelta(days=9)))
    lines = check_lines(silent, _last(received_at=utc_text(NOON - timedelta(days=9))), NOON)
    assert (lines[0].what, lines[0].state) == ("Silent", "bad") and "9 days" in lines[0].words
    assert {line.state for line in lines[1:]} <= {"none", "attention", "bad"}


def test_a_test_of_a_camera_unknown_is_told_until_a_photo_comes() -> None:
    test: Any = {"received_at": RECEIVED, "number": 6}
    assert "does not say on which camera" in nameless_test_line(_last(), test, NOON)[0].words
    assert nameless_test_line(_last(number=7), test, NOON) == [] and nameless_test_line(None, None, NOON) == []
