"""IDs that several cameras feed are found, wherever it shows, and quiet when an admin has settled them."""

from contextlib import closing
from datetime import timedelta
from typing import Any

from ingest.fleet.trend import Trend
from ingest.fleet.visits import visits
from ingest.index.store import open_index
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import NOW, Site, accepted
from webadmin.cameras.mixing import (
    as_one_camera,
    mark_all,
    marked,
    read_mixed,
    read_mixture,
)

PROFILES = frozenset({"w", "b", "a"})


def photo(minutes: int, make: str, camera_id: str = "X", **changes: Any) -> Sidecar:
    values = {"profile": "w", "exif": {"Make": make, "Model": "M"}, "upload_path": f"{minutes}.jpg", **changes}
    return accepted(timedelta(minutes=minutes), camera_id=camera_id, **values)


def test_an_id_of_two_makes_is_found_and_its_camera_marked_among_the_others(site: Site) -> None:
    for one in (photo(9, "Willfine"), photo(8, "Browning"), photo(7, "Willfine", "Y")):
        site.put(one)
    fleet = site.app.extensions["camspool"].fleet
    with closing(open_index(site.root)) as index, site.app.app_context():
        (found,) = read_mixed(index, {}, PROFILES)
        assert (found.camera_id, [feed.make for feed in found.feeds]) == ("X", ["Browning", "Willfine"])
        assert read_mixture(index, "X", None, PROFILES) == found.mixture
        assert read_mixture(index, "Y", None, PROFILES) is None
        cameras = {camera.id: camera for camera in fleet(NOW)}
        assert [one.words for one in cameras["X"].attention] == ["Fed by Browning M as well as Willfine M"]
        assert cameras["Y"].attention == ()
        assert marked(cameras["Y"], None) is cameras["Y"]
        assert [one.id for one in mark_all([cameras["Y"]], index, {}, PROFILES)] == ["Y"]
        assert visits([cameras["X"]], lambda _: Trend()) == []


def test_places_tell_of_an_id_with_one_feed(site: Site) -> None:
    for minutes, latitude in ((9, 52.0), (8, 48.0), (7, 52.0), (6, 48.0)):
        at = NOW - timedelta(minutes=minutes)
        site.put(
            photo(minutes, "Willfine", latitude=latitude, captured_at_utc=at.isoformat(timespec="seconds")[:19] + "Z")
        )
    with closing(open_index(site.root)) as index:
        (found,) = read_mixed(index, {}, PROFILES)
        assert (found.mixture.kind, len(found.feeds)) == ("place", 1)
        record = as_one_camera(index, "X", {}, "anna", "now")
        assert (record["one_camera"]["places"], record["one_camera"]["clock"]) == (True, False)
        assert read_mixed(index, {"X": record}, PROFILES) == []


def test_what_an_admin_settled_is_quiet_and_a_further_make_is_not(site: Site) -> None:
    for one in (photo(9, "Willfine"), photo(8, "Browning")):
        site.put(one)
    with closing(open_index(site.root)) as index:
        record = as_one_camera(index, "X", {"name": "Gate"}, "anna", "now")
        assert read_mixed(index, {"X": record}, PROFILES) == []
        assert read_mixture(index, "X", record, PROFILES) is None
    site.put(photo(7, "Cuddeback"))
    with closing(open_index(site.root)) as index:
        assert [one.camera_id for one in read_mixed(index, {"X": record}, PROFILES)] == ["X"]


def test_an_id_that_only_uploads_by_hand_feed_is_found_as_well(site: Site) -> None:
    for one in (photo(9, "Willfine", source="upload"), photo(8, "Browning", source="upload")):
        site.put(one)
    with closing(open_index(site.root)) as index:
        assert [one.camera_id for one in read_mixed(index, {}, PROFILES)] == ["X"]
