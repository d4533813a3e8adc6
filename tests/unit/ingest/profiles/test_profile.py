"""A profile as values: which part reads a file, and which of its patterns give path groups."""

import pytest

from ingest.profiles.patterns import compiled
from ingest.profiles.profile import Condition, FieldRule, Part, Profile


def part(*sources: str, condition: tuple[str, ...] = ("path",), path: str | None = None) -> Part:
    """Return a part whose only field comes from these sources."""
    rule = FieldRule(sources, "text")
    return Part((Condition(condition, compiled("one")),), {"camera_id": rule}, path=compiled(path) if path else None)


def test_photos_and_reports_have_a_part_each() -> None:
    image, report = part("account"), part("report.IMEI")
    profile = Profile("x", "/x", "X", "a test", image=image, report=report)
    assert (profile.part("image"), profile.part("report")) == (image, report)
    assert Profile("x", "/x", "X", "a test", report=report).part("image") is None


@pytest.mark.parametrize(
    ("condition", "path", "patterns"),
    [
        (("path",), None, ["one"]),
        (("path",), "two", ["one", "two"]),
        (("exif.Make", "path"), None, ["one"]),
        (("exif.Make",), "two", ["two"]),
        (("exif.Make",), None, []),
    ],
)
def test_only_patterns_that_are_looked_for_in_the_path_give_path_groups(
    condition: tuple[str, ...], path: str | None, patterns: list[str]
) -> None:
    found = part("account", condition=condition, path=path).path_patterns
    assert [pattern.pattern for pattern in found] == patterns


@pytest.mark.parametrize(
    ("sources", "reads"),
    [(("exif.BodySerialNumber",), True), (("path.imei", "exif.Make"), True), (("path.exif", "account"), False)],
)
def test_a_part_reads_exif_when_any_source_of_a_field_is_a_tag(sources: tuple[str, ...], reads: bool) -> None:
    assert part(*sources, condition=("exif.Make",)).reads_exif is reads


def test_a_condition_is_shown_with_all_its_sources() -> None:
    assert Condition(("report.Total", "report.Send"), compiled("")).shown == "report.Total | report.Send"
