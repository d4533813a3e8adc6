"""What a profile.toml gives itself: taken as it is, or a mistake with file and key."""

from typing import Any

import pytest

from ingest.errors import CamspoolError
from ingest.profiles.rule_values import read_constant, read_encoding, read_formats, read_zone


def test_zone_and_encoding_are_none_where_they_are_not_named() -> None:
    assert (read_zone("f", {}), read_encoding("f", {}, "image.")) == (None, None)
    assert str(read_zone("f", {"zone": "Africa/Nairobi"})) == "Africa/Nairobi"
    assert read_encoding("f", {"encoding": "gbk"}, "image.") == "gbk"


@pytest.mark.parametrize("zone", ["Mars", "../etc", "Europe", ""])
def test_what_is_no_zone_is_a_mistake(zone: str) -> None:
    with pytest.raises(CamspoolError, match=r'zone is .*; expected "UTC"'):
        read_zone("f", {"zone": zone})


def test_a_time_has_one_format_or_several_and_another_field_has_none() -> None:
    several: dict[str, Any] = {"format": ["%Y-%m-%d %H:%M", "epoch"]}
    assert [form.text for form in read_formats("f", several, "datetime", "k")] == several["format"]
    assert read_formats("f", {}, "text", "k") == ()
    with pytest.raises(CamspoolError, match=r"k\.format is only for"):
        read_formats("f", several, "text", "k")
    with pytest.raises(CamspoolError, match=r"k\.format is '%Q'; expected year to second"):
        read_formats("f", {"format": ["%Y-%m-%d %H:%M", "%Q"]}, "datetime", "k")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("camera_id", " gate-1 ", "gate-1"),
        ("latitude", -52.1, "-52.1"),
        ("longitude", "180", "180"),
        ("location", "1,2", "1,2"),
    ],
)
def test_a_constant_is_kept_as_text(name: str, value: object, text: str) -> None:
    assert read_constant("f", name, {"value": value}, "text", "k").value == text


@pytest.mark.parametrize(
    ("name", "value"),
    [("camera_id", "a/b"), ("camera_id", True), ("latitude", 90.5), ("longitude", "1e2"), ("location", "0,0")],
)
def test_a_constant_that_cannot_be_the_value_is_a_mistake(name: str, value: object) -> None:
    with pytest.raises(CamspoolError, match=f"which cannot be a {name}"):
        read_constant("f", name, {"value": value}, "text", "k")


def test_a_constant_stands_alone_and_only_where_it_may() -> None:
    for name, table in (("camera_id", {"value": "a", "from": "path"}), ("captured_at", {"value": "a"})):
        with pytest.raises(CamspoolError, match=r"k\.value stands alone"):
            read_constant("f", name, table, "text", "k")
