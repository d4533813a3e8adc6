"""A rule that a person wrote is tried on the files, or is none where a profile cannot have it."""

import pytest

from ingest.profiles.own_rules import Base
from ingest.profiles.profile import PartName
from ingest.profiles.rule_reads import read_rule, used_only
from ingest.profiles.sources import Subject

PHOTO = Subject("image", "north/IMG_1.jpg", "ridge", {"Artist": "A7", "DateTimeOriginal": "2026:11:21 01:15:30"})
REPORT = Subject("report", "r.txt", None, report={"gps": "52.1,5.1", "battery": "60%"})
BASE = Base("(?P<folder>[^/]+)/(?P<name>[^/]+)$", {"exif.Artist": "(?P<letter>[A-Z])"})


@pytest.mark.parametrize(
    ("part", "field", "rule", "gives"),
    [
        ("image", "camera_id", 'from = "path.folder"', "north"),
        ("image", "camera_id", 'from = "{letter}-{exif.Artist}"', "A-A7"),
        ("image", "camera_id", 'value = "B"', "B"),
        ("image", "captured_at", 'from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S"', "2026-11-21T01:15:30"),
        ("image", "captured_at", 'from = "exif.Artist", format = "%Y:%m:%d %H:%M:%S"', ""),
        ("image", "location", 'from = ["exif.GPS", "record"]', ""),
        ("image", "latitude", 'from = "exif.Artist"', "A7"),
        ("report", "location", 'from = "report.gps"', "52.1, 5.1"),
        ("report", "battery_percent", 'from = "report.battery"', "60%"),
    ],
)
def test_a_rule_gives_what_the_profile_would_give(part: PartName, field: str, rule: str, gives: str) -> None:
    assert read_rule(part, field, rule, BASE, [PHOTO if part == "image" else REPORT]) == (gives,)


@pytest.mark.parametrize("rule", ["", 'from = "path.other"', 'from = "x.y"', "from = 1 }\nx = { a = 1", 'value = "/"'])
def test_what_no_profile_can_say_is_no_rule(rule: str) -> None:
    assert read_rule("image", "camera_id", rule, BASE, [PHOTO]) is None


def test_patterns_lose_the_names_that_nobody_uses_and_go_with_the_last() -> None:
    assert used_only(BASE, {"name"}) == Base("(?:[^/]+)/(?P<name>[^/]+)$", {})


def test_an_empty_rule_is_none() -> None:
    assert read_rule("image", "location", "", BASE, [PHOTO]) is None
