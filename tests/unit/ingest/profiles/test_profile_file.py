"""profile.toml: what it may say, and that every mistake is named with file and key."""

from dataclasses import replace
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


def test_a_profile_is_confirmed_unless_it_says_that_it_is_not() -> None:
    assert parse(GOOD).confirmed
    assert not parse(GOOD.replace('evidence = "a test"', 'evidence = "a test"\nconfirmed = false')).confirmed


def test_a_time_may_have_several_formats_and_the_zone_of_its_profile() -> None:
    several = GOOD.replace('format = "%Y:%m:%d %H:%M:%S"', 'format = ["%Y:%m:%d %H:%M:%S", "%d.%m.%Y %H:%M", "epoch"]')
    profile = parse(several.replace('evidence = "a test"', 'evidence = "a test"\nzone = "Africa/Nairobi"'))
    assert profile.image is not None
    rule = profile.image.fields["captured_at"]
    assert [form.text for form in rule.formats] == ["%Y:%m:%d %H:%M:%S", "%d.%m.%Y %H:%M", "epoch"]
    assert str(rule.zone) == "Africa/Nairobi"


FOUND = """
name = "Acme X2"
evidence = "a test"

[image]
match = { "exif.Make" = '^Acme (?P<series>[A-Z])' }
path = '^(?P<date>[^/]+)/'
find = { "exif.ImageDescription | exif.UserComment" = 'ID=(?P<id>[^;]+)', path = '/(?P<time>[^/]+)\\.jpg$' }
require = ["camera_id"]

[image.fields]
camera_id = { from = ["{series}-{id}", "account"] }
captured_at = { from = "{date} {path.time}", format = "%Y-%m-%d %H-%M-%S" }
location = { value = "52.1, 5.1" }
"""


def test_named_groups_of_any_source_may_be_joined() -> None:
    image = parse(FOUND).image
    assert image is not None
    assert image.fields["camera_id"].sources == ("{series}-{id}", "account")
    assert image.find[0].sources == ("exif.ImageDescription", "exif.UserComment")
    assert (image.fields["location"].sources, image.fields["location"].value) == ((), "52.1, 5.1")
    assert image.reads_exif
    assert not replace(image, find=image.find[1:], conditions=()).reads_exif


FOUND_MISTAKES = [
    ("{series}-{id}", "{series}", "image.fields does not use the named group id"),
    ("{series}-{id}", "{id}", "image.fields does not use the named group series"),
    ("{date} {path.time}", "{path.time}", "does not use the named group date of the path pattern"),
    ("{series}-{id}", "{series}-{id}-{ido}", "uses {ido}, but no pattern has a group of that name"),
    ("{series}-{id}", "{series}-{path.id}", "uses path.id, but no path pattern has a group of that name"),
    ("{series}-{id}", "{series}-{id", "camera_id.from is '{series}-{id'; in braces stand a named group"),
    ("{series}-{id}", "{series}-{exif.Serial}", "in braces stand a named group, or one of exif.<tag>"),
    ("{series}-{id}", "{series}-{id}{exif.GPS}", "in braces stand a named group"),
    ("{series}-{id}", "{series}-{}", "in braces stand a named group"),
    ("{series}-{id}", "series-id", "unknown source 'series-id'"),
    ('"exif.Make"', '"{id}"', "image.match has the unknown source '{id}'"),
    ("find = {", "find = 5 #", "image.find must be a table"),
    ("'ID=(?P<id>[^;]+)'", "'ID=('", "image.find.exif.ImageDescription | exif.UserComment is not a regular"),
    ('value = "52.1, 5.1"', 'value = "here"', "image.fields.location.value is 'here', which cannot be a location"),
    ('value = "52.1, 5.1"', 'value = "52.1, 5.1", from = "exif.GPS"', "location.value stands alone"),
    ('location = { value = "52.1, 5.1" }', "latitude = { value = 91 }", "value is 91, which cannot be a latitude"),
    ('from = ["{series}-{id}", "account"]', 'value = "a/b"', "value is 'a/b', which cannot be a camera_id"),
    ('from = ["{series}-{id}", "account"]', "value = true", "value is True, which cannot be a camera_id"),
    ('from = "{date} {path.time}", format = "%Y-%m-%d %H-%M-%S"', 'value = "x"', "captured_at.value stands alone"),
]


@pytest.mark.parametrize(("old", "new", "said"), FOUND_MISTAKES, ids=[said for _, _, said in FOUND_MISTAKES])
def test_a_mistake_with_a_group_or_a_constant_is_named(old: str, new: str, said: str) -> None:
    assert old in FOUND
    with pytest.raises(CamspoolError) as caught:
        parse(FOUND.replace(old, new))
    assert said in str(caught.value)


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
    ('"exif.Make" =', '"comment.x" =', "unknown source 'comment.x'"),
    ('require = ["camera_id"]', 'absent = ["exif.Mak"]', "image.absent has the unknown source 'exif.Mak'"),
    ('require = ["camera_id"]', "absent = []", "image.absent must name a source"),
    ('require = ["camera_id"]', 'absent = ["path.x"]', "uses path.x, but no path pattern"),
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
    ('location = { from = "exif.GPS" }', 'latitude = { from = "record" }', "record, which only gives a location"),
    ('location = { from = "exif.GPS" }', 'latitude = { from = "account" }', "both latitude and longitude"),
    ('location = { from = "exif.GPS" }', 'location = { from = "camera" }', "and record for a location"),
    ("{ \"exif.Make\" = '^Acme' }", "{ record = '' }", "has the unknown source 'record'"),
    ('location = { from = "exif.GPS" }', 'location = { from = "{record}" }', "uses {record}, but no pattern"),
    ('camera_id = { from = "report.IMEI" }', 'camera_id = { from = "record" }', "which only gives a location"),
    ('"report.Battery" }', '"report.Battery" }\nlocation = { from = "record" }', "record, which only photos have"),
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
    ('"exif.Make"', '"makernote."', "image.match has the unknown source 'makernote.'"),
    ('"exif.Make"', '"makernote.A:B:C"', "image.match has the unknown source 'makernote.A:B:C'"),
    ('"exif.Make"', '"makernote.-o"', "image.match has the unknown source 'makernote.-o'"),
    ("[image]", "[image", "is not TOML"),
    ("[image]", "x = " + "9" * 5000 + "\n[image]", "is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=[said for _, _, said in MISTAKES])
def test_a_mistake_is_named_with_file_and_key(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(CamspoolError) as caught:
        parse(GOOD.replace(old, new))
    assert str(caught.value).startswith("profiles/acme-x1/profile.toml")
    assert said in str(caught.value)


def test_a_table_of_thousands_is_a_mistake() -> None:
    many = ", ".join(f"\"report.{number}\" = ''" for number in range(10_000))
    with pytest.raises(CamspoolError, match=r"image\.match has 10001 entries; at most 500 are taken"):
        parse(GOOD.replace('match = { "exif.Make"', f'match = {{ {many}, "exif.Make"'))
    sources = ", ".join(['"account"'] * 501)
    with pytest.raises(CamspoolError, match=r"battery_percent\.from names 501 sources; at most 500 are taken"):
        parse(GOOD.replace('"report.Battery" }', f"[{sources}] }}"))


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


def test_a_tag_of_the_makernote_is_a_source_everywhere_with_its_group_or_without() -> None:
    text = GOOD.replace('"exif.Make"', '"makernote.Reconyx:FirmwareVersion"').replace(
        "require = ", 'absent = ["makernote.Canon:Lens"]\nrequire = ', 1
    )
    image = parse(
        text.replace('["exif.BodySerialNumber", "path.serial"]', '["{makernote.SerialNumber}", "path.serial"]')
    ).image
    assert image is not None
    assert image.reads_makernotes
    assert (image.but_makernotes.conditions, image.but_makernotes.absent) == ((), ())
    plain = parse(GOOD).image
    assert plain is not None
    assert not plain.reads_makernotes
