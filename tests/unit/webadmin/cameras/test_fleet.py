"""All cameras at once: who belongs to them, which of them a filter shows, and in what order."""

from contextlib import closing
from datetime import timedelta

import pytest

from ingest.index.store import read_index
from ingest.spool.assignments import Assignment, with_assignment
from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.cameras.examples import judged, report
from tests.unit.webadmin.site import CAMERA, NOW, Site, accepted, photo, rejected
from webadmin.camera_records import CameraRecords
from webadmin.cameras.fleet import SORTS, FleetFilter, Judged, find_camera, matching, read_fleet, tally
from webadmin.cameras.health import Camera, never_seen

OTHER = "861943070068035"
FLEET = (
    judged({"name": "Beech", "notes": "Key 14"}, camera_id="3", battery_percent=20, signal_csq=99),
    judged({"name": "ash"}, camera_id="2", last_received_at="2026-05-01T11:00:00Z", images_accepted=9),
    judged(camera_id="1", sd_used_percent=70.0, signal_csq=3, positions="[[52.3, 5.4]]"),
    never_seen("4", {"name": "Spare"}),
)


def _ids(wanted: FleetFilter) -> str:
    return "".join(camera.id for camera in matching(FLEET, wanted))


def test_the_fleet_is_who_was_heard_of_and_who_has_a_record(site: Site) -> None:
    site.put(accepted(), photo())
    site.put(report(timedelta(minutes=2), battery_percent=41))
    write_camera_record(site.root, CAMERA, {"name": "Oak"})
    write_camera_record(site.root, OTHER, {"name": "Spare"})
    with closing(read_index(site.root)) as index:
        fleet = read_fleet(index, CameraRecords(), site.root, NOW, 7, {})
    told = [(camera.id, camera.name, camera.state, camera.images, camera.battery_percent) for camera in fleet]
    assert told == [(CAMERA, "Oak", "active", 1, 41), (OTHER, "Spare", "never", 0, None)]


def test_an_id_that_is_only_another_name_is_no_camera_of_the_fleet(site: Site) -> None:
    site.put(accepted(), photo())
    site.put(accepted(camera_id="old", upload_path="b.jpg"), photo(2))
    for camera_id in ("old", "spare"):
        write_camera_record(site.root, camera_id, with_assignment({}, Assignment(CAMERA)))
    with closing(read_index(site.root)) as index:
        assert [camera.id for camera in read_fleet(index, CameraRecords(), site.root, NOW, 7, {})] == [CAMERA]
        assert find_camera(index, CameraRecords(), site.root, "old", NOW, 7) is not None


def test_a_camera_is_called_and_found_as_its_files_call_it(site: Site) -> None:
    site.put(accepted(camera_id="Hoehle", camera_text="Höhle"), photo())
    records, judged_before = CameraRecords(), Judged()
    with closing(read_index(site.root)) as index:
        fleet = read_fleet(index, records, site.root, NOW, 7, judged_before)
        found = find_camera(index, records, site.root, "Hoehle", NOW, 7)
    assert [camera.title for camera in matching(fleet, FleetFilter(q="höhle"))] == ["Höhle"]
    assert found == fleet[0]
    site.put(accepted(camera_id="Hoehle", camera_text="HOEHLE", upload_path="b.jpg"), photo(2))
    with closing(read_index(site.root)) as index:
        (camera,) = read_fleet(index, records, site.root, NOW, 7, judged_before)
    assert (camera.called, camera.title) == (("HOEHLE", "Höhle"), "Höhle")
    write_camera_record(site.root, "Hoehle", {"name": "Cave"})
    with closing(read_index(site.root)) as index:
        assert [one.title for one in read_fleet(index, records, site.root, NOW, 7, {})] == ["Cave"]


def test_a_camera_is_judged_anew_when_its_record_its_row_or_the_hour_changes(site: Site) -> None:
    records: CameraRecords = CameraRecords()
    before: Judged = {}

    def read(hours: int = 0) -> Camera:
        with closing(read_index(site.root)) as index:
            return read_fleet(index, records, site.root, NOW + timedelta(hours=hours), 7, before)[0]

    site.put(accepted(), photo())
    first = read()
    assert read() is first
    write_camera_record(site.root, CAMERA, {"name": "Oak"})
    assert read().name == "Oak"
    site.put(accepted(timedelta(minutes=1), upload_path="b.jpg"), photo(2))
    assert read().images == 2
    assert read(8 * 24).state == "silent"


def test_a_camera_is_found_by_contact_by_record_or_by_a_file_that_names_it(site: Site) -> None:
    site.put(accepted(), photo())
    site.put(rejected(source="upload", camera_id="named-only", upload_path="b.jpg"), photo(2))
    write_camera_record(site.root, OTHER, {"name": "Spare"})
    with closing(read_index(site.root)) as index:
        states = {}
        for camera_id in (CAMERA, OTHER, "named-only", "nobody"):
            found = find_camera(index, CameraRecords(), site.root, camera_id, NOW, 7)
            states[camera_id] = found.state if found else None
    assert states == {CAMERA: "active", OTHER: "never", "named-only": "never", "nobody": None}


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("attention", "2314"),
        ("name", "1234"),
        ("contact", "3124"),
        ("silence", "2314"),
        ("battery", "3214"),
        ("signal", "1234"),
        ("sd", "1324"),
        ("photos", "2314"),
    ],
)
def test_every_order_begins_with_what_it_is_for_and_ends_with_the_unknown(sort: str, ids: str) -> None:
    assert sort in SORTS
    assert _ids(FleetFilter(sort=sort)) == ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (FleetFilter(show="attention"), "23"),
        (FleetFilter(show="battery"), "3"),
        (FleetFilter(show="silent"), "2"),
        (FleetFilter(show="never"), "4"),
        (FleetFilter(q="KEY bee"), "3"),
        (FleetFilter(q="key oak"), ""),
        (FleetFilter(q="4"), "34"),
        (FleetFilter(box=(52.2, 5.3, 52.4, 5.5)), "1"),
        (FleetFilter(box=(52.2, 5.5, 52.4, 6.5)), ""),
        (FleetFilter(box=(52.4, 5.3, 52.6, 5.5)), ""),
        (FleetFilter(show="active", box=(51.9, 4.9, 52.1, 5.1)), "3"),
    ],
)
def test_a_filter_shows_only_what_it_asks_for(wanted: FleetFilter, ids: str) -> None:
    assert _ids(wanted) == ids


def test_a_silent_camera_is_counted_once() -> None:
    assert tally(FLEET) == {"attention": 2, "active": 2, "silent": 1, "battery": 1, "never": 1}
    assert tally([]) == {"attention": 0}
