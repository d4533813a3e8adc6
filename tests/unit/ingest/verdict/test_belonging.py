"""Whose a file is: by the spelling that is known and by what the records assign, through the whole verdict."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile import FieldRule, Part
from ingest.profiles.profile_file import parse_profile
from ingest.settings.values import Cameras, Settings
from ingest.simulation.photos import plain_photo
from ingest.simulation.reports import willfine_report
from ingest.spool.assignments import Assignment, with_assignment
from ingest.spool.sidecar import Sidecar
from ingest.spool.sites import Site, with_site
from ingest.verdict.belonging import Belonging, Records
from tests.samples.drawing import with_block
from tests.samples.judging import codes, judge, records_of
from tests.samples.tiff import DATE, LATITUDE, SERIAL, text, willfine_block
from tests.samples.willfine import IMEI, WHEN

PHOTO = with_block(willfine_block())
NO_GPS = with_block(willfine_block(gps=[text(LATITUDE, b"   \0")]))
GATE, POND = Site(52.1, 5.1, "Gate"), Site(52.2, 5.2, "Pond")


def to(camera_id: str, **conditions: Any) -> dict[str, Any]:
    return with_assignment({}, Assignment(camera_id, **conditions))


def owner_of(sidecar: Sidecar) -> tuple[str | None, str | None, str]:
    return sidecar.camera_id, sidecar.camera_text, sidecar.sources["camera_id"]


def test_a_file_without_a_record_is_the_cameras_whose_id_it_has() -> None:
    assert owner_of(judge(PHOTO, records=Records())) == (IMEI, None, "exif.BodySerialNumber")


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"make": "WILLFINE"},
        {"profile": "willfine-4.0t-cg"},
        {"account": "gate"},
        {"since": WHEN, "until": datetime(2026, 5, 1)},  # noqa: DTZ001 - a camera's clock has no zone
    ],
)
def test_a_photo_that_fits_belongs_to_the_other_camera_and_says_what_was_read_and_where(
    conditions: dict[str, Any],
) -> None:
    found = judge(PHOTO, account="gate", records=records_of({IMEI: to("oak", **conditions)}))
    assert (found.verdict, *owner_of(found)) == ("accepted", "oak", IMEI, "exif.BodySerialNumber record")


def test_a_photo_that_does_not_fit_stays_and_needs_no_words_about_it() -> None:
    found = judge(PHOTO, records=records_of({IMEI: to("oak", account="gate")}))
    assert owner_of(found) == (IMEI, None, "exif.BodySerialNumber")


def test_a_report_goes_by_the_time_it_was_written_and_by_its_arrival_where_it_says_none() -> None:
    report = willfine_report(IMEI, WHEN)
    before_may = records_of({IMEI: to("oak", until=datetime(2026, 5, 1))})  # noqa: DTZ001 - a camera's clock
    assert owner_of(judge(report, "a.txt", records=before_may)) == ("oak", IMEI, "report.IMEI record")
    timeless = report.replace(b"Date:30/04/2026", b"Date:31/02/2026")
    assert judge(timeless, "a.txt", records=before_may).camera_id == IMEI, "it arrived on the first of May"


def test_arrival_is_told_by_the_cameras_own_clock() -> None:
    timeless = willfine_report(IMEI, WHEN).replace(b"Date:30/04/2026", b"Date:31/02/2026")
    after_midnight = to("oak", since=datetime(2026, 5, 2))  # noqa: DTZ001 - as above
    assert judge(timeless, "a.txt", records=records_of({IMEI: after_midnight})).camera_id == IMEI
    eastern = records_of({IMEI: {**after_midnight, "zone": "Pacific/Kiritimati"}})
    assert judge(timeless, "a.txt", records=eastern).camera_id == "oak"


def test_site_registration_and_zone_are_those_of_the_camera_that_it_belongs_to() -> None:
    strict = Settings(cameras=Cameras(must_be_registered=True))
    oak = {"zone": "Africa/Nairobi"}
    found = judge(PHOTO, settings=strict, records=records_of({IMEI: to("oak"), "oak": oak}))
    assert (found.verdict, found.captured_at_utc) == ("accepted", "2026-04-30T12:46:07Z")
    (problem,) = judge(PHOTO, settings=strict, records=records_of({IMEI: to("oak")})).problems
    assert problem.message == "Camera oak is not registered."
    sites = {IMEI: with_site(to("oak"), GATE), "oak": with_site({}, POND)}
    assert judge(NO_GPS, records=records_of(sites)).latitude == POND.latitude


def test_a_chain_is_followed_and_a_circle_ends() -> None:
    chain = {IMEI: to("a"), "a": to("b", make="Willfine"), "b": to("c", make="Browning")}
    assert owner_of(judge(PHOTO, records=records_of(chain)))[:2] == ("b", IMEI)
    exchanged = {IMEI: to("a"), "a": to(IMEI)}
    assert judge(PHOTO, records=records_of(exchanged)).camera_id == "a"


def test_an_id_in_another_spelling_is_the_camera_that_is_known_and_its_own_text_stays() -> None:
    named = with_block(willfine_block(exif=[text(SERIAL, b"861943070068027")]))
    known = Records({"CAMERA": {"registered": True}}.get, lambda one: "CAMERA" if one == IMEI else one)
    assert owner_of(judge(named, records=known)) == ("CAMERA", IMEI, "exif.BodySerialNumber")


def test_a_doubt_about_an_id_ends_where_a_person_has_said_whose_it_is() -> None:
    mistyped = with_block(willfine_block(exif=[text(SERIAL, b"861943070068028")]))
    assert codes(judge(mistyped, records=Records())) == ["identifier_check_failed"]
    assert codes(judge(mistyped, records=records_of({"861943070068028": to(IMEI)}))) == []


def test_a_record_of_nonsense_changes_nothing() -> None:
    nonsense = {"assignments": [{"camera_id": "oak", "makes": "Willfine"}], "zone": ["UTC"], "sites": "here"}
    assert judge(PHOTO, records=records_of({IMEI: nonsense})) == judge(PHOTO, records=Records())


def test_the_zone_of_a_camera_goes_before_that_of_its_profile_and_of_the_settings() -> None:
    amsterdam = Settings(time_zone="Europe/Amsterdam")
    assert judge(PHOTO, settings=amsterdam, records=Records()).captured_at_utc == "2026-04-30T13:46:07Z"
    nairobi = records_of({IMEI: {"zone": "Africa/Nairobi"}})
    assert judge(PHOTO, settings=amsterdam, records=nairobi).captured_at_utc == "2026-04-30T12:46:07Z"
    nowhere = records_of({IMEI: {"zone": "Africa/Nowhere"}})
    assert judge(PHOTO, settings=amsterdam, records=nowhere).captured_at_utc == "2026-04-30T13:46:07Z"


def test_a_clock_is_doubted_by_the_zone_of_its_camera() -> None:
    ahead = with_block(willfine_block(exif=[text(DATE, b"2026:05:01 15:00:00")]))
    assert codes(judge(ahead, records=Records())) == ["clock_ahead"]
    assert codes(judge(ahead, records=records_of({IMEI: {"zone": "Africa/Nairobi"}}))) == []


def test_a_report_that_counts_seconds_is_put_into_the_time_of_its_camera() -> None:
    counting = parse_profile(
        """
        name = "Counting"
        evidence = "test"
        [report]
        match = { "report.Sec" = '' }
        [report.fields]
        camera_id = { from = "report.ID" }
        reported_at = { from = "report.Sec", as = "datetime", format = "epoch" }
        """,
        Path("counting"),
    )

    def reported_at(records: Records, settings: Settings | None = None) -> object:
        catalogue = Catalogue((counting,))
        sidecar = judge(b"ID:c1\nSec:1777556767\n", "a.txt", catalogue=catalogue, records=records, settings=settings)
        return sidecar.fields["reported_at"]

    assert reported_at(Records()) == "2026-04-30T13:46:07"
    assert reported_at(Records(), Settings(time_zone="Europe/Amsterdam")) == "2026-04-30T15:46:07"
    nairobi = {"zone": "Africa/Nairobi"}
    assert reported_at(records_of({"c1": nairobi})) == "2026-04-30T16:46:07"
    assert reported_at(records_of({"c1": to("oak"), "oak": nairobi})) == "2026-04-30T16:46:07"


def test_the_zone_of_a_profile_goes_before_that_of_the_settings() -> None:
    part = Part((), {"captured_at": FieldRule(("path",), "datetime", zone=ZoneInfo("Asia/Tokyo"))})
    assert Belonging().zone(part, Settings()).key == "Asia/Tokyo"
    assert Belonging(record={"zone": "Africa/Nairobi"}).zone(part, Settings()).key == "Africa/Nairobi"
    assert Belonging().zone(Part((), {}), Settings(time_zone="Europe/Oslo")).key == "Europe/Oslo"


def test_a_connection_test_names_the_camera_that_its_id_means() -> None:
    assigned = records_of({"lat52.1_lon5.1": to("oak")})
    found = judge(plain_photo(seed=1), "INSTAR/lat52.1_lon5.1/Test-Snapshot.jpeg", records=assigned)
    assert (found.reason, found.camera_id, found.camera_text) == ("connection_test", "oak", "lat52.1_lon5.1")
