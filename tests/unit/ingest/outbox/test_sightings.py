"""What a map is told of a photo: which camera, when and where, as people have corrected it."""

from pathlib import Path
from typing import Any

from ingest.outbox.sightings import Sighting, sighting_of
from ingest.spool.camera_records import write_camera_record
from ingest.spool.corrections import with_correction
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.sidecar import Sidecar
from tests.spools import make_sidecar

ID = "20260401T120000.000001Z-10000001"
FORD = {"name": "Ford", "latitude": 52.5, "longitude": 5.5, "from": "2026-03-01T00:00:00", "until": None}


def photo(**changes: Any) -> Sidecar:
    given = {
        "item_id": ID,
        "camera_id": "X",
        "captured_at": "2026-04-01T14:00:00",
        "captured_at_utc": "2026-04-01T12:00:00Z",
        "received_at": "2026-04-01T12:00:09Z",
        "latitude": 52.1,
        "longitude": 5.1,
        "upload_path": "DCIM/E1.JPG",
    }
    return make_sidecar(**{**given, **changes})


def seen(root: Path, sidecar: Sidecar) -> Sighting:
    return sighting_of(sidecar, KnownCameras(root))


def test_a_photo_tells_its_camera_its_time_and_its_place(root: Path) -> None:
    assert seen(root, photo()) == Sighting(
        ID, "X", "X", "2026-04-01T12:00:00Z", {"latitude": 52.1, "longitude": 5.1}, f"{ID}-E1.JPG"
    )


def test_two_photos_have_two_names_though_their_cameras_give_them_one(root: Path) -> None:
    other = "20260401T120000.000002Z-10000002"
    assert seen(root, photo()).file_name != seen(root, photo(item_id=other)).file_name


def test_a_camera_goes_by_the_name_that_people_gave_it(root: Path) -> None:
    write_camera_record(root, "X", {"name": "Gate\nNorth"})
    assert seen(root, photo()).camera_name == "Gate�North"


def test_a_photo_without_a_time_was_seen_when_it_came(root: Path) -> None:
    assert seen(root, photo(captured_at=None, captured_at_utc=None)).at == "2026-04-01T12:00:09Z"


def test_a_photo_without_a_position_was_taken_where_its_camera_stood_then(root: Path) -> None:
    nowhere = photo(latitude=None, longitude=None)
    assert seen(root, nowhere).location is None
    write_camera_record(root, "X", {"sites": [FORD]})
    assert seen(root, nowhere).location == {"latitude": 52.5, "longitude": 5.5}
    assert seen(root, photo(latitude=None, longitude=None, captured_at="2026-02-01T12:00:00")).location is None
    assert seen(root, photo()).location == {"latitude": 52.1, "longitude": 5.1}


def test_a_photo_that_is_another_cameras_after_all_was_taken_where_that_one_stood(root: Path) -> None:
    write_camera_record(root, "Y", {"name": "Ford camera", "sites": [FORD]})
    for source, latitude in (("record", 52.5), ("exif.GPS", 52.1)):
        given = photo(sources={"location": source})
        now = seen(root, with_correction(given, "camera_id", "Y", "anna", "2026-04-02T00:00:00Z", "swapped"))
        assert (now.camera_id, now.camera_name) == ("Y", "Ford camera")
        assert now.location is not None
        assert now.location["latitude"] == latitude
