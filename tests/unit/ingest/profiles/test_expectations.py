"""Which photos without EXIF should have some."""

from pathlib import Path

import pytest

from ingest.profiles.expectations import expects_exif
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject
from ingest.simulation.photos import swift_name
from tests.samples.judging import shipped
from tests.samples.willfine import IMEI, WHEN

SWIFT = swift_name(IMEI, WHEN, 1)
WITH_EXIF = "\"exif.Make\" = '^Acme$'"


def expected(match: str, path: str, account: str | None = None, more: str = "", source: str = "account") -> bool:
    text = f"""
    name = "n"
    evidence = "e"
    [image]
    match = {{ {match} }}
    {more}
    require = ["camera_id"]
    [image.fields]
    camera_id = {{ from = "{source}" }}
    """
    return expects_exif(Subject("image", path, account), [parse_profile(text, Path("one"))])


def test_the_shipped_profiles_expect_exif_under_the_names_that_only_their_cameras_make() -> None:
    profiles = shipped().profiles
    assert expects_exif(Subject("image", SWIFT), profiles)
    assert not expects_exif(Subject("image", "E1000502.JPG"), profiles)
    assert not expects_exif(Subject("image", "INSTAR/lat52.1_lon5.1/a.jpeg"), profiles)


@pytest.mark.parametrize("where", ["path = '^ACME/[0-9]+/'", "\"path.n\" = '7', path = '^ACME/(?P<n>[0-9]+)/'"])
def test_a_condition_on_the_path_tells_beside_one_on_exif(where: str) -> None:
    assert expected(f"{WITH_EXIF}, {where}", "ACME/7/IMG_0001.JPG")
    assert not expected(f"{WITH_EXIF}, {where}", "OTHER/7/IMG_0001.JPG")
    assert not expected("path = '^ACME/[0-9]+/'", "ACME/7/IMG_0001.JPG")


@pytest.mark.parametrize("pattern", ["", r"\.jpe?g$", r"IMG_[0-9]+", r"^[^/]+/", "(?P<name>[^/]+)$"])
def test_a_pattern_that_fits_every_cameras_names_tells_nothing(pattern: str) -> None:
    match = f"{WITH_EXIF}, path = '{pattern}'"
    assert not expected(match, "acme/IMG_0001.JPG", source="path.name" if "name" in pattern else "account")


def test_a_field_that_is_read_from_exif_needs_it_as_a_condition_does() -> None:
    assert expected("path = '^ACME/'", "ACME/a.jpg", source="exif.BodySerialNumber")
    assert expected("path = '^ACME/'", "ACME/a.jpg", source="makernote.SerialNumber")


def test_a_profile_that_knows_the_account_expects_its_exif_there_alone() -> None:
    match = f"{WITH_EXIF}, account = '^north$'"
    assert expected(match, "a.jpg", "north")
    assert not expected(match, "a.jpg", "south")
    assert not expected(match, "a.jpg", None)


def test_a_pattern_that_would_never_end_expects_nothing() -> None:
    assert not expected(f"{WITH_EXIF}, path = '^(a|aa|a?)+$'", "a" * 60 + "!")
