"""profile.toml: what it may say, and that every mistake is named with file and key."""

from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile, read_profile

GOOD = """
name = "Acme X1"
evidence = "a test"

[image]
match = { "exif.Make" = '^Acme' }
path = '(?P<serial>[0-9]{6})'
require = ["camera_id"]

[image.fields]
camera_id = { from = ["exif.BodySerialNumber", "path.serial"], check = "imei" }
captured_at = { from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
location = { from = "exif.GPS" }

[report]
match = { "report.IMEI" = '', "report.Total | report.Send" = '' }

[report.fields]
camera_id = { from = "report.IMEI" }
battery_percent = { from = "report.Battery" }

[connection_test]
path = '^test'
"""


def parse(text: str) -> Profile:
    return parse_profile(text, Path("profiles/acme-x1"))


def test_it_works() -> None:
    profile = parse(GOOD)
    assert (profile.id, profile.name) == ("acme-x1", "Acme X1")
    assert profile.image is not None
    assert profile.image.fields["camera_id"].sources == ("exif.BodySerialNumber", "path.serial")
    assert profile.report is not None
    assert profile.report.conditions[1].sources == ("report.Total", "report.Send")
    assert profile.report.fields["battery_percent"].kind == "percent"


def test_a_time_may_have_several_formats_and_the_zone_of_its_profile() -> None:
    several = GOOD.replace('format = "%Y:%m:%d %H:%M:%S"', 'format = ["%Y:%m:%d %H:%M:%S", "%d.%m.%Y %H:%M", "epoch"]')
    profile = parse(several.replace('evidence = "a test"', 'evidence = "a test"\nzone = "Africa/Nairobi"'))
    assert profile.image is not None
    rule = profile.image.fields["captured_at"]
    assert [form.text for form in rule.formats] == ["%Y:%m:%d %H:%M:%S", "%d.%m.%Y %H:%M", "epoch"]
    assert str(rule.zone) == "Africa/Nairobi"


MISTAKES = [
    ('name = "Acme X1"', "", "name is missing"),
    ('name = "Acme X1"', "name = 5", "name is 5"),
    ('evidence = "a test"', 'evidence = " "', "evidence is missing"),
    ('evidence = "a test"', 'evidence = "a test"\ncolour = 1', "colour is unknown"),
    ("[connection_test]", "[conection_test]", "conection_test is unknown"),
    ("path = '^test'", "paths = '^test'", "connection_test.paths is unknown"),
    ("path = '^test'", "path = 3", "connection_test.path is 3"),
    ("'^Acme'", "'^(Acme'", "image.match.exif.Make is not a regular expression"),
    ("'^Acme'", "7", "image.match.exif.Make is 7"),
    ("{ \"exif.Make\" = '^Acme' }", "{}", "image.match must be a table"),
    ('"exif.Make" =', '"xmp.Make" =', "unknown source 'xmp.Make'"),
    ('"exif.BodySerialNumber",', '"exif.BodySerialNumbr",', "unknown source 'exif.BodySerialNumbr'"),
    ('"report.Battery" }', '"report.Battery", check = "imei" }', "battery_percent.check is only for camera_id"),
    ('"exif.BodySerialNumber",', '"exif.",', "unknown source 'exif.'"),
    ("report.Total | report.Send", "report.Total | ", "unknown source"),
    ('"path.serial"', '"path.cereal"', "does not use the named group serial"),
    ("path = '(?P<serial>[0-9]{6})'", "", "uses path.serial"),
    ('require = ["camera_id"]', 'require = ["location"]', "image.require must list camera_id"),
    ('require = ["camera_id"]', 'require = ["camera_id", "battery_percent"]', "image.require must list"),
    ('location = { from = "exif.GPS" }', 'altitude = { from = "exif.GPS" }', "image.fields.altitude is unknown"),
    ('location = { from = "exif.GPS" }', 'latitude = { from = "exif.GPS" }', "exif.GPS, which only gives a location"),
    ('location = { from = "exif.GPS" }', 'latitude = { from = "account" }', "both latitude and longitude"),
    ('check = "imei"', 'check = "luhn"', "the only check is imei"),
    ('check = "imei"', 'chek = "imei"', "image.fields.camera_id.chek is unknown"),
    ('format = "%Y:%m:%d %H:%M:%S"', 'format = "%Y:%m:%d"', "expected year to second"),
    ('format = "%Y:%m:%d %H:%M:%S"', 'format = "%Q"', "expected year to second"),
    ('format = "%Y:%m:%d %H:%M:%S"', 'format = ["%Y:%m:%d %H:%M", "%Y"]', "captured_at.format is '%Y'"),
    ('format = "%Y:%m:%d %H:%M:%S"', "format = []", "captured_at.format is []"),
    ('format = "%Y:%m:%d %H:%M:%S"', "format = 5", "captured_at.format is 5"),
    ('name = "Acme X1"', 'name = "Acme X1"\nzone = "Mars"', "zone is 'Mars'; expected"),
    ('name = "Acme X1"', 'name = "Acme X1"\nzone = "../etc"', "zone is '../etc'; expected"),
    ('name = "Acme X1"', 'name = "Acme X1"\nzone = "Europe"', "zone is 'Europe'; expected"),
    ('name = "Acme X1"', 'name = "Acme X1"\nzone = ""', "zone is ''; expected"),
    (', format = "%Y:%m:%d %H:%M:%S"', "", "expected year to second"),
    ('"report.Battery" }', '"report.Battery", format = "%Y" }', "battery_percent.format is only for"),
    ('"report.Battery" }', '"report.Battery", as = "celsius" }', "battery_percent.as is 'celsius'"),
    ('camera_id = { from = "report.IMEI" }', "", "report.fields.camera_id is missing"),
    ('camera_id = { from = "report.IMEI" }', "camera_id = 5", "report.fields.camera_id must be a table"),
    ('camera_id = { from = "report.IMEI" }', "camera_id = { }", "report.fields.camera_id.from must name a source"),
    ("[report]\n", '[report]\nrequire = ["camera_id"]\n', "report.require is unknown"),
    ('require = ["camera_id"]', 'encoding = "gkb"', "image.encoding is 'gkb'; expected the name of a text encoding"),
    ('require = ["camera_id"]', 'encoding = "utf-16"', "image.encoding is 'utf-16'"),
    ('require = ["camera_id"]', 'encoding = ""', "image.encoding is ''"),
    ('require = ["camera_id"]', "encoding = 8", "image.encoding is 8"),
    ("[image]", "[image", "is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=[said for _, _, said in MISTAKES])
def test_a_mistake_is_named_with_file_and_key(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(CamspoolError) as caught:
        parse(GOOD.replace(old, new))
    assert str(caught.value).startswith("profiles/acme-x1/profile.toml")
    assert said in str(caught.value)


def test_required_fields_must_come_from_somewhere() -> None:
    with pytest.raises(CamspoolError, match=r"has location, but image\.fields does not"):
        parse(
            """
            name = "n"
            evidence = "e"
            [image]
            match = { account = "a" }
            require = ["camera_id", "location"]
            [image.fields]
            camera_id = { from = "account" }
            """
        )


def test_a_profile_reads_photos_or_reports() -> None:
    with pytest.raises(CamspoolError, match="at least one of them"):
        parse('name = "n"\nevidence = "e"')


def test_an_unreadable_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CamspoolError, match=r"profile\.toml cannot be read"):
        read_profile(tmp_path)
    with pytest.raises(CamspoolError, match="cannot be read"):
        read_profile(tmp_path / "nowhere")
