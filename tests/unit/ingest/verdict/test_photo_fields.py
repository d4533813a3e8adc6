"""When and where a photo was taken: from EXIF as cameras really write it, through the whole verdict."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile import FieldRule, Part
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject
from ingest.reading.camera_time import time_format
from ingest.settings.values import Settings
from ingest.spool.sites import Site
from ingest.verdict.photo_fields import PhotoTime, find_position, photo_location, photo_time
from tests.samples.drawing import with_block
from tests.samples.judging import ARRIVAL, codes, judge
from tests.samples.tiff import (
    ASCII,
    DATE,
    LATITUDE,
    LATITUDE_REF,
    LONGITUDE,
    LONGITUDE_REF,
    Tag,
    rationals,
    text,
    willfine_block,
)
from tests.samples.willfine import IMEI


def photo_with(**changes: list[Tag]) -> bytes:
    return with_block(willfine_block(**changes))


def test_the_position_of_a_camera_that_writes_text_or_single_numbers_is_read() -> None:
    degrees = [Tag(LATITUDE, ASCII, 9, b"52.0987\0\0"), rationals(LONGITUDE, (5125342, 1_000_000))]
    sidecar = judge(photo_with(gps=degrees))
    assert (sidecar.latitude, sidecar.longitude) == (52.0987, 5.125342)
    triple = judge(photo_with(gps=[text(LATITUDE, b"52 deg 5' 55.56\"")]))
    assert triple.latitude == pytest.approx(52.098767)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ([rationals(LATITUDE, (52, 1), (60, 1), (0, 1))], None),
        ([rationals(LATITUDE, (52, 1), (59, 1), (60, 1))], None),
        ([rationals(LATITUDE, (52, 1), (6001, 100), (0, 1))], "invalid_location"),
        ([rationals(LATITUDE, (91, 1), (0, 1), (0, 1))], "invalid_location"),
        ([rationals(LATITUDE, (0, 0), (0, 0), (0, 0))], "invalid_location"),
        ([rationals(LATITUDE, (52, 1), (5, 1), (1, 0))], "invalid_location"),
        ([text(LATITUDE, b"north of here")], "invalid_location"),
        ([text(LATITUDE_REF, b"\0")], "invalid_location"),
        ([text(LONGITUDE_REF, b"N")], "invalid_location"),
        ([text(LATITUDE_REF, b"n\0")], None),
        ([text(LATITUDE, b"   \0")], "missing_location"),
    ],
)
def test_a_position_as_cameras_write_it_is_read_or_refused(tags: list[Tag], reason: str | None) -> None:
    assert judge(photo_with(gps=tags)).reason == reason


def test_a_missing_hemisphere_is_called_so() -> None:
    sidecar = judge(photo_with(gps=[text(LATITUDE_REF, b"\0")]))
    assert "GPSLatitudeRef is not N or S" in sidecar.problems[0].message


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (b"2026:04:30 15:46:07\0\0\0", []),
        (b"0000:00:00 00:00:00", ["bad_datetime"]),
        (b"    :  :     :  :  ", ["missing_datetime"]),
        (b"2026:04:30 15:46:07   :  ", []),
        (b"2026:04:30 15:46:07\0 left over", []),
        (b"2026:04:30 15:46:0", ["bad_datetime"]),
        (b"2026:02:30 00:00:00", ["bad_datetime"]),
        (b"2026-04-30 15:46:07", ["bad_datetime"]),
        (b"2099:01:01 00:00:00", ["clock_ahead"]),
        (b"2000:01:01 00:00:00", ["clock_far_behind"]),
        (b"0001:01:01 00:00:00", ["clock_far_behind"]),
    ],
)
def test_a_date_as_cameras_write_it_is_read_doubted_or_refused(date: bytes, expected: list[str]) -> None:
    assert codes(judge(photo_with(exif=[text(DATE, date)]))) == expected


def test_a_date_at_the_end_of_the_calendar_is_no_traceback() -> None:
    late = Settings(time_zone="America/New_York")
    sidecar = judge(photo_with(exif=[text(DATE, b"9999:12:31 23:59:59")]), settings=late)
    assert (sidecar.verdict, sidecar.captured_at_utc) == ("accepted", None)


def test_the_photos_own_offset_counts_and_a_disagreement_is_told() -> None:
    amsterdam = Settings(time_zone="Europe/Amsterdam")
    own = photo_with(exif=[text(0x9011, b"+01:00")])
    assert judge(with_block(willfine_block()), settings=amsterdam).captured_at_utc == "2026-04-30T13:46:07Z"
    assert codes(judge(own, settings=amsterdam)) == ["clock_offset_mismatch"]
    assert judge(own, settings=amsterdam).captured_at_utc == "2026-04-30T14:46:07Z"
    assert codes(judge(photo_with(exif=[text(0x9011, b"+0200")]), settings=amsterdam)) == []
    assert codes(judge(photo_with(exif=[text(0x9011, b"   :  ")]), settings=amsterdam)) == []


def test_an_optional_field_that_cannot_be_read_is_no_problem() -> None:
    profile = parse_profile(
        """
        name = "No GPS"
        evidence = "test"
        [image]
        match = { "exif.Make" = "^Willfine" }
        require = ["camera_id"]
        [image.fields]
        camera_id = { from = ["exif.CameraSerialNumber", "exif.BodySerialNumber"] }
        captured_at = { from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
        location = { from = "exif.GPS" }
        """,
        Path("no-gps"),
    )
    sidecar = judge(photo_with(gps=[text(LATITUDE, b"?")], exif=[text(DATE, b"?0")]), catalogue=Catalogue((profile,)))
    assert (sidecar.verdict, sidecar.captured_at, sidecar.latitude) == ("accepted", None, None)
    assert [warning.code for warning in sidecar.warnings] == ["no_datetime"]
    assert "is `?0`; expected a date and time such as 2025:12:05 15:46:07" in sidecar.warnings[0].message
    assert sidecar.camera_id == IMEI


@pytest.mark.parametrize(
    ("zone", "date", "expected"),
    [
        ("Europe/Amsterdam", b"0001:01:01 00:00:00", "clock_far_behind"),
        ("America/New_York", b"9999:12:31 23:59:59", "clock_ahead"),
    ],
)
def test_a_date_at_an_end_of_the_calendar_is_doubted_in_every_zone(zone: str, date: bytes, expected: str) -> None:
    sidecar = judge(photo_with(exif=[text(DATE, date)]), settings=Settings(time_zone=zone))
    assert (sidecar.verdict, codes(sidecar)) == ("accepted", [expected])


def captured(form: str, text: str, zone: str = "Europe/Amsterdam", exif: dict[str, str] | None = None) -> PhotoTime:
    """Return the time of a photo whose path has this text, by a clock in this zone."""
    read = time_format(form)
    assert read
    rule = FieldRule(("path.time",), "datetime", (read,))
    subject = Subject("image", "", groups={"time": text}, exif=exif or {})
    return photo_time(Part((), {"captured_at": rule}), subject, ARRIVAL, Settings(), ZoneInfo(zone))


def shown(time: PhotoTime) -> tuple[str, str, list[str]]:
    return f"{time.local:%H:%M}", f"{time.utc:%H:%M}", [warning.code for warning in time.warnings]


def test_the_zone_of_a_profile_counts_before_that_of_the_settings_and_after_what_the_photo_says() -> None:
    form, text = "%Y-%m-%d %H:%M", "2026-05-01 11:15"
    assert shown(captured(form, text)) == ("11:15", "09:15", [])
    assert shown(captured(form, text, "UTC")) == ("11:15", "11:15", [])
    told = {"OffsetTimeOriginal": "+01:00"}
    assert shown(captured(form, text, "UTC", told)) == ("11:15", "10:15", ["clock_offset_mismatch"])
    assert shown(captured(form + "%z", text + "Z", "UTC", told)) == ("11:15", "11:15", [])


def test_a_counted_time_is_exact_and_told_in_the_cameras_zone() -> None:
    assert shown(captured("epoch", "1777626900")) == ("11:15", "09:15", [])
    assert shown(captured("epoch_ms", "1777626900123", "UTC")) == ("09:15", "09:15", [])
    assert shown(captured("epoch", "1777626900", exif={"OffsetTime": "+09:00"})) == ("11:15", "09:15", [])


def test_fractions_of_a_second_are_in_the_sidecar() -> None:
    sidecar = judge(photo_with(exif=[text(0x9291, b"07\0")]))
    assert (sidecar.captured_at, sidecar.captured_at_utc) == ("2026-04-30T15:46:07.070", "2026-04-30T15:46:07.070Z")


def profile_with(image: str, top: str = "") -> Catalogue:
    """Return a profile whose part for photos, and what stands before it, is this."""
    return Catalogue((parse_profile(f'name = "n"\nevidence = "e"\n{top}\n[image]\n{image}', Path("acme")),))


def test_an_id_and_a_time_are_found_in_texts_and_joined() -> None:
    catalogue = profile_with(
        """
        match = { "exif.Make" = '^Willfine' }
        find = { "exif.Model" = 'ID=(?P<id>[^;]+)', path = '/(?P<date>[^/]+)/(?P<kind>[a-z]+)[0-9]+/(?P<time>.+)[.]' }
        require = ["camera_id", "captured_at"]
        [image.fields]
        camera_id = { from = "{kind}-{id}" }
        captured_at = { from = "{date} {time}", format = "%Y-%m-%d %H-%M-%S" }
        latitude = { value = 52.1 }
        longitude = { value = "-5.25" }
        """
    )
    photo = photo_with(main=[text(0x0110, b"ID=UO001;TEMP=12C")])
    sidecar = judge(photo, "cam7/2026-04-30/event93/01-15-30.jpg", catalogue=catalogue)
    assert (sidecar.verdict, sidecar.camera_id, sidecar.captured_at) == (
        "accepted",
        "event-UO001",
        "2026-04-30T01:15:30",
    )
    assert (sidecar.latitude, sidecar.longitude) == (52.1, -5.25)
    lacking = judge(photo_with(), "cam7/2026-04-30/event93/01-15-30.jpg", catalogue=catalogue)
    assert codes(lacking) == ["missing_camera_id"]
    assert "there is none in its parts put together: {kind}-{id}." in lacking.problems[0].message


def test_gps_date_and_time_are_joined_and_in_utc() -> None:
    catalogue = profile_with(
        """
        match = { "exif.Make" = '^Willfine' }
        require = ["camera_id", "captured_at"]
        [image.fields]
        camera_id = { value = "gate-1" }
        captured_at = { from = "{exif.GPSDateStamp} {exif.GPSTimeStamp}", format = "%Y:%m:%d %H:%M:%S" }
        """,
        'zone = "UTC"',
    )
    stamps = [text(29, b"2026:04:30\0"), rationals(7, (1, 1), (15, 1), (3000, 100))]
    sidecar = judge(photo_with(gps=stamps), catalogue=catalogue, settings=Settings(time_zone="Asia/Tokyo"))
    assert (sidecar.camera_id, sidecar.captured_at_utc, codes(sidecar)) == ("gate-1", "2026-04-30T01:15:30Z", [])


IN_PATH = {name: FieldRule((f"path.{name}",), "number") for name in ("latitude", "longitude")}


def found_in_path(latitude: str, longitude: str) -> Subject:
    groups = {"latitude": latitude, "longitude": longitude}
    return Subject("image", "", groups={name: value for name, value in groups.items() if value})


def test_a_position_of_two_numbers_needs_both_and_a_place_on_earth() -> None:
    needed = Part((), IN_PATH, require=("location",))
    assert photo_location(needed, found_in_path("52.02368", "12.9829")).position == (52.02368, 12.9829)
    (half,) = photo_location(needed, found_in_path("52.02368", "")).problems
    assert (half.code, "or half of one, in the upload path" in half.message) == ("missing_location", True)
    (nowhere,) = photo_location(needed, found_in_path("0.0", "0.0")).problems
    assert nowhere.code == "invalid_location"
    (unreadable,) = photo_location(needed, found_in_path("north", "12.9")).problems
    assert (unreadable.code, "`north`" in unreadable.message) == ("invalid_location", True)


def test_a_position_that_nobody_needs_is_left_out_without_a_word() -> None:
    for latitude, longitude in (("52.02368", ""), ("0.0", "0.0"), ("north", "12.9")):
        found = photo_location(Part((), IN_PATH), found_in_path(latitude, longitude))
        assert (found.position, found.problems) == (None, ())


def test_a_profile_that_reads_neither_time_nor_place_finds_neither() -> None:
    bare, subject = Part((), {}), found_in_path("52.02368", "12.9829")
    assert find_position(bare, subject) is None
    time = photo_time(bare, subject, ARRIVAL, Settings(), ZoneInfo("UTC"))
    assert (time.local, time.utc, time.problems) == (None, None, ())
    assert [warning.code for warning in time.warnings] == ["no_datetime"]


NO_GPS = photo_with(gps=[text(LATITUDE, b"   \0")])
NO_FIX = photo_with(gps=[rationals(LATITUDE, (0, 1), (0, 1), (0, 1)), rationals(LONGITUDE, (0, 1), (0, 1), (0, 1))])
GATE = Site(52.1, 5.1, "Gate", datetime(2025, 1, 1), datetime(2026, 4, 30, 15))  # noqa: DTZ001 - a camera's clock has no zone
POND = Site(52.2, 5.2, "Pond", datetime(2026, 4, 30, 15))  # noqa: DTZ001 - as above


@pytest.mark.parametrize("photo", [NO_GPS, NO_FIX])
def test_a_photo_without_a_position_gets_that_of_its_cameras_site_at_its_time(photo: bytes) -> None:
    sidecar = judge(photo, sites={IMEI: (GATE, POND), "another": (GATE,)})
    assert (sidecar.verdict, sidecar.captured_at) == ("accepted", "2026-04-30T15:46:07")
    assert (sidecar.latitude, sidecar.longitude, sidecar.sources["location"]) == (52.2, 5.2, "record")


def test_a_camera_that_stood_nowhere_known_then_has_no_position_and_is_told_so() -> None:
    (problem,) = judge(NO_GPS, sites={IMEI: (GATE,)}).problems
    assert problem.code == "missing_location"
    assert problem.message.endswith(
        "there is none, or half of one, in its GPS data, and the camera has no site at that time."
    )
    (fix,) = judge(NO_FIX, sites={IMEI: (GATE,)}).problems
    assert (fix.code, "the camera had no GPS fix" in fix.message) == ("invalid_location", True)


def test_a_photo_with_a_position_of_its_own_keeps_it_and_asks_nobody() -> None:
    sidecar = judge(photo_with(), sites={IMEI: (POND,)})
    assert sidecar.latitude == pytest.approx(52.098767)
    assert sidecar.sources == {
        "camera_id": "exif.BodySerialNumber",
        "captured_at": "exif.DateTimeOriginal",
        "location": "exif.GPS",
    }
    own = photo_location(Part((), IN_PATH), found_in_path("1", "2"), lambda: pytest.fail("asked"))
    none = photo_location(Part((), IN_PATH), found_in_path("", ""), lambda: pytest.fail("asked"))
    assert (own.position, none.position) == ((1.0, 2.0), None)
