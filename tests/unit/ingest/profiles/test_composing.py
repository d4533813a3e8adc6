"""Patterns stand where a profile may have them, once, and without names that nobody uses."""

from ingest.profiles.composing import composed
from ingest.profiles.drafts import Choice, Decision, Find
from ingest.profiles.own_rules import Base
from ingest.profiles.part_text import PartText

ID = Find("path", "^(?P<id>[^/]+)/")
TIME = Find("path", "(?P<time>[0-9]{8})")


def decided(field: str, rule: str, find: Find | None = None, key: str = "a") -> Decision:
    return Decision("image", field, Choice(key, "x", rule, find=find), "so")


def part(match: dict[str, str], *decisions: Decision, **bases: Base) -> PartText:
    return composed(match, (), decisions, bases)


CAMERA, WHEN = decided("camera_id", 'from = "{id}"', ID), decided("captured_at", 'from = "{time}"', TIME)


def test_the_first_pattern_for_the_path_has_its_own_place_and_the_others_stand_beside() -> None:
    made = part({"exif.Make": "X"}, CAMERA, WHEN)
    assert (made.path, made.find) == (ID.pattern, {"path": TIME.pattern})
    assert [one.name for one in made.fields] == ["camera_id", "captured_at"]


def test_a_condition_that_finds_it_already_is_not_said_twice() -> None:
    made = part({"path": ID.pattern}, CAMERA)
    assert (made.match, made.path, made.find) == ({"path": ID.pattern}, "", {})


def test_own_patterns_are_there_as_far_as_an_own_rule_uses_them() -> None:
    base = Base("(?P<id>x)(?P<lat>y)", {"path": "(?P<lon>z)", "comment": "(?P<id>w)"})
    assert part({"path": ""}, CAMERA, own=base).path == ID.pattern
    made = part({"path": ""}, decided("camera_id", 'from = "path.lon"', key="own"), own=base)
    assert (made.path, made.find) == ("", {"path": "(?P<lon>z)"})
    made = part({"path": "(?P<lon>z)(?P<no>.)"}, decided("camera_id", 'from = "path.lon"', key="own"), own=base)
    assert made.match == {"path": "(?P<lon>z)(?:.)"}


def test_any_number_of_patterns_for_one_source_find_a_place() -> None:
    base = Base("(?P<a>1)", {"path": "(?P<b>2)"})
    made = part({"exif.Make": "x"}, CAMERA, decided("captured_at", 'from = "{a}{b}"', key="own"), own=base)
    assert (made.path, made.find) == ("(?P<a>1)", {"path": "(?P<b>2)", "path | path": ID.pattern})
