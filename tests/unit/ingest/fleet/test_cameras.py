"""All cameras at once: who belongs to them, and how they are called."""

from contextlib import closing
from datetime import timedelta

from ingest.fleet.camera_records import CameraRecords
from ingest.fleet.cameras import Judged, find_camera, read_fleet
from ingest.fleet.health import Camera
from ingest.index.store import read_index
from ingest.spool.assignments import Assignment, with_assignment
from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.cameras.examples import report
from tests.unit.webadmin.site import CAMERA, NOW, Site, accepted, photo, rejected

OTHER = "861943070068035"


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
    assert [camera.title for camera in fleet] == ["Höhle"]
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
