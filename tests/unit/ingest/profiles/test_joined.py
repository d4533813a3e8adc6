"""Joined sources: what they name, and which are whole."""

import pytest

from ingest.profiles.joined import groups_in, is_group, is_joined, is_whole, join, names_in


def test_a_joined_source_names_groups_and_sources() -> None:
    source = "{date} {exif.GPSTimeStamp}Z{path}"
    assert is_joined(source)
    assert names_in(source) == ["date", "exif.GPSTimeStamp", "path"]
    assert groups_in(source) == ["date"]
    assert (
        join(source, {"date": "2026:11:21", "exif.GPSTimeStamp": "01:15:30", "path": "/a"}) == "2026:11:21 01:15:30Z/a"
    )


def test_a_source_that_is_alone_names_itself() -> None:
    for source in ("exif.Make", "path.imei", "report.{odd}"):
        assert (is_joined(source), names_in(source), groups_in(source)) == (False, [source], [])


@pytest.mark.parametrize("source", ["{", "{}", "{a", "a}", "{a}}", "{{a}}", "{a}{"])
def test_a_brace_without_its_other_one_is_told(source: str) -> None:
    assert not is_whole(source)


def test_a_group_is_a_name_without_a_dot_that_is_no_source() -> None:
    assert [name for name in ("id", "account", "path", "exif.Make", "1st", "") if is_group(name)] == ["id"]
