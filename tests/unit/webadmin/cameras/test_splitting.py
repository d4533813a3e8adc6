"""The files of an ID fall into groups that a person recognises, and what is to come follows where something tells."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.spool.assignments import Assignment
from webadmin.cameras.splitting import By, File, Group, groups_of, key_by, lasting, moves_of, read_by, read_cuts

ZONE = ZoneInfo("Europe/Amsterdam")
CUT, LATER = read_cuts(["2026-11-20T12:00", "2026-11-25T12:00"])


def file(number: int, **changes: Any) -> File:
    values: dict[str, Any] = {
        "verdict": "accepted",
        "kind": "image",
        "make": "Willfine",
        "profile": "w",
        "account": "camera",
        "captured_at": f"2026-11-{number:02d}T12:00:00",
    }
    return File(f"{number}", received_at=f"2026-11-{number:02d}T11:00:05.000000Z", **{**values, **changes})


FILES = [
    file(26, make="SY", profile="s", account="gate"),
    *(file(number) for number in (25, 24, 23, 22, 21, 20)),
    file(19, make="WILLFINE", verdict="rejected"),
    file(18, make=None, kind="report", captured_at=None),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("make", [("Willfine", 7), ("SY", 1), ("without a make", 1)]),
        ("profile", [("w", 8), ("s", 1)]),
        ("account", [("camera", 8), ("gate", 1)]),
        ("span", [("until 2026-11-20 12:00", 2), ("from 2026-11-20 12:00 until 2026-11-25 12:00", 5),
                  ("from 2026-11-25 12:00", 2)]),
    ],
)  # fmt: skip
def test_files_fall_into_groups(by: By, expected: list[tuple[str, int]]) -> None:
    assert [(one.title, one.items) for one in groups_of(FILES, by, (CUT, LATER), ZONE)] == expected


def test_a_group_tells_its_span_its_rejects_and_shows_its_last_photos() -> None:
    group = groups_of(FILES, "make", (), ZONE)[0]
    assert (group.first_at[:10], group.last_at[:10], group.rejected) == ("2026-11-19", "2026-11-25", 1)
    assert [one.id for one in group.samples] == ["25", "24", "23", "22"]


def test_what_does_not_say_when_it_was_made_counts_by_its_arrival_in_the_cameras_zone() -> None:
    key_of = key_by("span", (datetime(2026, 11, 18, 12),), ZONE)  # noqa: DTZ001 - a camera's clock has no zone
    assert key_of(file(18, captured_at=None)) == "1"
    assert key_of(file(18, captured_at="2026-11-18T11:59:59")) == "0"


@pytest.mark.parametrize(
    ("by", "key", "expected"),
    [
        ("make", "sy", Assignment("Y", make="SY")),
        ("profile", "s", Assignment("Y", profile="s")),
        ("account", "gate", Assignment("Y", account="gate")),
        ("make", "", None),
        ("span", "0", Assignment("Y", until=CUT)),
        ("span", "1", Assignment("Y", since=CUT, until=LATER)),
        ("span", "2", Assignment("Y", since=LATER)),
    ],
)
def test_what_is_to_come_follows_where_something_tells_it_apart(by: By, key: str, expected: Assignment | None) -> None:
    group = next(one for one in groups_of(FILES, by, (CUT, LATER), ZONE) if one.key == key)
    assert lasting(by, group, "Y", (CUT, LATER)) == expected
    assert lasting("span", Group("0", "all"), "Y", ()) is None


def test_only_groups_for_which_another_camera_is_wanted_move() -> None:
    groups = groups_of(FILES, "make", (), ZONE)
    wanted = {"sy": "Y", "willfine": "X", "long gone": "Z"}
    assert [(one.group.key, one.camera_id) for one in moves_of(groups, wanted, "X", "make", ())] == [("sy", "Y")]


def test_what_an_address_asks_for_is_read_or_left_out() -> None:
    assert (read_by("account"), read_by("<script>")) == ("account", "make")
    assert read_cuts(["x", "", "2026-11-25T12:00+02:00", "2026-11-20T12:00", *["2026-01-01"] * 99]) == (
        datetime(2026, 1, 1),  # noqa: DTZ001 - a camera's clock has no zone
        CUT,
        LATER,
    )
