"""What each source of a profile says about a file, as clean text."""

import pytest

from ingest.profiles.patterns import compiled
from ingest.profiles.profile import Condition, Part
from ingest.profiles.sources import Subject, in_encoding, look_up, named_groups, path_groups


def test_sources() -> None:
    subject = Subject(
        "image", "a/b.JPG", "camera", {"Make": "SY\0 ", "GPSLatitude": [1, 2, 3]}, {"total pics": "3"}, {"imei": "1"}
    )
    assert look_up("path", subject) == "a/b.JPG"
    assert look_up("path.imei", subject) == "1"
    assert look_up("path.other", subject) is None
    assert look_up("account", subject) == "camera"
    assert look_up("record", subject) is None
    assert look_up("exif.Make", subject) == "SY"
    assert look_up("exif.GPSLatitude", subject) == "1 2 3"
    assert look_up("exif.GPS", subject) == "1 2 3"
    assert look_up("exif.Model", subject) is None
    assert look_up("report.Total Pics", subject) == "3"


@pytest.mark.parametrize(
    "source", ["account", "comment", "xmp.dc:title", "exif.Make", "exif.GPS", "path.imei", "report.Total Pics"]
)
def test_what_a_file_does_not_have_is_none_and_not_empty_text(source: str) -> None:
    assert look_up(source, Subject("image", "a.jpg")) is None


def test_a_joined_source_has_text_when_everything_that_it_names_has() -> None:
    exif = {"GPSDateStamp": "2026:11:21", "GPSTimeStamp": [1, 15, 30.0], "Make": ""}
    subject = Subject("image", "a/b.jpg", "camera", exif, {"date": "21/11/2026"}, {"time": "01-15-30"})
    assert look_up("{exif.GPSDateStamp} {exif.GPSTimeStamp}", subject) == "2026:11:21 01:15:30"
    assert look_up("{report.Date} {path.time}={time} of {account}", subject) == "21/11/2026 01-15-30=01-15-30 of camera"
    for lacking in ("{time}{other}", "{time}{exif.Model}", "{time}{exif.Make}"):
        assert look_up(lacking, subject) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ([1, 5, 9], "01:05:09"),
        ([23, 59, 59.9996], "23:59:59.999"),
        ([1, 5, 30.5], "01:05:30.5"),
        ("01:05:09", "01:05:09"),
        (["0/0", 1, 2], "0/0 1 2"),
        ([1, 2], "1 2"),
        (None, None),
    ],
)
def test_a_gps_time_is_written_as_a_time(value: object, shown: str | None) -> None:
    assert look_up("exif.GPSTimeStamp", Subject("image", "", exif={"GPSTimeStamp": value})) == shown


def test_groups_come_from_any_source_and_the_first_that_has_one_counts() -> None:
    make = Condition(("exif.Make",), compiled("(?P<make>[a-z]+)$"))
    described = Condition(("exif.ImageDescription", "exif.Software"), compiled("ID=(?P<id>[0-9]+)(?P<no>x)?"))
    named = Part((make,), {}, path=compiled("(?P<id>[0-9]{9})"), find=(described,))
    exif = {"Make": "SY acme", "ImageDescription": "none", "Software": "ID=17"}
    assert named_groups(named, Subject("image", "a.jpg", exif=exif)) == {"make": "acme", "id": "17"}
    assert named_groups(named, Subject("image", "123456789.jpg", exif=exif)) == {"make": "acme", "id": "123456789"}
    assert named_groups(named, Subject("image", "a.jpg")) == {}


def test_texts_are_read_in_the_encoding_that_a_profile_names() -> None:
    subject = Subject("image", "a.jpg", exif={"Make": "X", "Model": "²â"}, foreign={"Model": "测".encode("gbk")})
    assert in_encoding("gbk", subject).exif == {"Make": "X", "Model": "测"}
    assert in_encoding(None, subject) == subject


def test_a_comment_and_xmp_are_sources() -> None:
    subject = Subject("image", "a.jpg", xmp={"cam:Serial": " 77 "}, comment="CAM 测".encode("gbk"))
    assert look_up("xmp.cam:Serial", subject) == "77"
    assert look_up("comment", in_encoding("gbk", subject)) == "CAM 测"
    assert look_up("{comment}-{xmp.cam:Serial}", in_encoding("gbk", subject)) == "CAM 测-77"


def part(condition: str, path: str | None) -> Part:
    """Return a part with a condition on the path and, where given, a pattern for the path that is no condition."""
    conditions = (Condition(("path",), compiled(condition)), Condition(("exif.Make",), compiled("(?P<make>.)")))
    return Part(conditions, {}, path=compiled(path) if path else None)


def test_groups_come_from_conditions_on_the_path_and_from_the_path_pattern() -> None:
    both = part("^(?P<folder>[^/]+)/", "(?P<number>[0-9]+)[.]")
    assert path_groups(both, Subject("image", "gate/E0159.JPG")) == {"folder": "gate", "number": "0159"}
    assert path_groups(part("^(?P<folder>[^/]+)/", None), Subject("image", "gate/E0159.JPG")) == {"folder": "gate"}


def test_a_group_that_took_no_part_or_whose_pattern_is_not_found_is_left_out() -> None:
    either = part("(?P<word>[a-z]+)|(?P<digits>[0-9]+)", "^(?P<never>x)$")
    assert path_groups(either, Subject("image", "12")) == {"digits": "12"}
    assert path_groups(either, Subject("image", "-")) == {}
