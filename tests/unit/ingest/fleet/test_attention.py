"""What calls for attention, at which limit, and what comes first."""

from datetime import timedelta
from typing import Any

import pytest

from ingest.fleet.attention import Attention, AttentionKind, Refusal, urgency
from tests.unit.webadmin.cameras.examples import judged
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected

LATER = "2026-06-01T11:30:00.000000Z"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"battery_percent": 29}, "battery"),
        ({"sd_used_percent": 80.5}, "sd"),
        ({"last_received_at": "2026-05-20T11:00:00.000000Z"}, "silent"),
        ({"clock_errors_s": "3600 3600 3600"}, "clock"),
        ({"positions": "[[52.01, 5.0], [52.01, 5.0], [52.0, 5.0]]"}, "moved"),
    ],
)
def test_each_limit_calls_for_attention(changes: dict[str, Any], kind: str) -> None:
    assert [one.kind for one in judged(**changes).attention] == [kind]


@pytest.mark.parametrize("changes", [{"battery_percent": 30}, {"sd_used_percent": 80.0}])
def test_the_limits_themselves_are_fine(changes: dict[str, Any]) -> None:
    assert judged(**changes).attention == ()


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        ("[[52.01, 5.0], [52.01, 5.0]]", "Moved 1112 m"),
        ("[[52.1, 5.0], [52.1, 5.0]]", "Moved 11.1 km"),
    ],
)
def test_a_short_way_is_told_in_metres_and_a_long_one_in_kilometres(positions: str, words: str) -> None:
    assert [one.words for one in judged(positions=positions).attention] == [words]


def test_a_camera_that_is_not_registered_has_a_button_and_no_reason_to_study() -> None:
    one = judged(refusal=Refusal("unknown_camera", 3, LATER)).attention[0]
    assert one.kind == "unregistered"
    assert one.words == "Not registered: 3 files rejected in 7 days"
    assert one.task == "Register it on its page; its files are tried again then."


def test_a_rejected_camera_is_told_with_what_to_do() -> None:
    one = judged(refusal=Refusal("missing_location", 1, LATER)).attention[0]
    assert one.words == "Its photos are rejected: missing location, 1 file in 7 days"
    assert one.task == "The photo has no position. Enter the camera's site: photos that are here are tried again."


def test_the_most_urgent_camera_comes_first() -> None:
    kinds: list[tuple[AttentionKind, ...]] = [
        ("clock",),
        ("battery",),
        ("silent",),
        ("battery", "sd"),
        ("rejected",),
        (),
    ]
    ordered = sorted(kinds, key=lambda names: urgency(tuple(Attention(name, "") for name in names)))
    assert ordered == [("silent",), ("rejected",), ("battery", "sd"), ("battery",), ("clock",), ()]


def test_a_camera_whose_last_photos_were_rejected_needs_attention(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(hours=3)), photo())
    site.put(rejected(timedelta(hours=2), upload_path="a.jpg"), photo())
    site.put(rejected(timedelta(hours=1), upload_path="b.jpg"), photo())
    assert "Its photos are rejected: missing location, 2 files in 7 days" in admin.get(f"/cameras/{CAMERA}").text
    site.put(accepted(timedelta(minutes=1), upload_path="c.jpg"), photo(2))
    assert "Its photos are rejected" not in admin.get(f"/cameras/{CAMERA}").text
