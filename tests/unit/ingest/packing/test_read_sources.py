"""Which sources a profile looks at."""

from ingest.packing.read_sources import read_sources, reads_any, reads_path
from ingest.profiles.catalogue import load_catalogue
from ingest.settings.values import SHIPPED_PROFILES
from tests.unit.ingest.packing.hostile import PROFILE, profile


def test_conditions_fields_and_what_is_found_are_looked_at() -> None:
    found = read_sources(profile())
    assert {"exif.Make", "exif.ImageDescription", "xmp.aux:SerialNumber", "comment", "path", "report.IMEI"} <= found
    assert reads_any(found, "xmp") and not reads_any(found, "makernote")


def test_what_must_not_be_there_and_what_is_joined_is_looked_at_too() -> None:
    text = PROFILE.replace("[image.fields]", 'absent = ["exif.Artist"]\n[image.fields]')
    joined = text.replace('from = "exif.DateTimeOriginal"', 'from = "{exif.GPSDateStamp} {exif.GPSTimeStamp}"')
    assert {"exif.Artist", "exif.GPSDateStamp", "exif.GPSTimeStamp"} <= read_sources(profile(joined))


def test_the_path_matters_where_a_condition_a_group_or_a_field_looks_at_it() -> None:
    shipped = {one.id: one for one in load_catalogue([SHIPPED_PROFILES]).profiles}
    assert reads_path(shipped["instar"].image) and reads_path(shipped["swift-enduro-4.0pcg-r"].image)
    assert not reads_path(shipped["willfine-4.0t-cg"].image) and not reads_path(None)
