"""Named groups: each is used, and each that is used is there."""

import pytest

from ingest.errors import CamspoolError
from ingest.profiles.group_checks import check_groups
from ingest.profiles.patterns import compiled
from ingest.profiles.profile import Condition, FieldRule, Part

MAKE = Condition(("exif.Make",), compiled("^(?P<make>[a-z]+)"))
FOLDER = compiled("^(?P<folder>[^/]+)/")


def part(*sources: str, absent: tuple[str, ...] = ()) -> Part:
    return Part((MAKE,), {"camera_id": FieldRule(sources, "text")}, path=FOLDER, absent=absent)


@pytest.mark.parametrize("sources", [("{make}-{folder}",), ("path.folder", "{make}"), ("{make}{path.folder}",)])
def test_groups_are_used_joined_or_as_parts_of_the_path(sources: tuple[str, ...]) -> None:
    check_groups("f", part(*sources), "image")


def test_a_condition_may_be_what_uses_a_group_of_the_path() -> None:
    check_groups("f", part("{make}", absent=("path.folder",)), "image")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{folder}", "image.fields does not use the named group make."),
        ("{make}", "image.fields does not use the named group folder of the path pattern."),
        ("{make}{folder}{path.make}", "image.fields uses path.make, but no path pattern has a group of that name."),
        ("{make}{folder}{other}", "image.fields uses {other}, but no pattern has a group of that name."),
    ],
)
def test_a_group_without_its_other_end_is_a_mistake(source: str, said: str) -> None:
    with pytest.raises(CamspoolError) as caught:
        check_groups("f", part(source), "image")
    assert str(caught.value) == f"f: {said}"
