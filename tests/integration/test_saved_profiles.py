"""A photo that no profile knows, a profile saved in the admin, and the real watcher, which reads by it at once."""

from pathlib import Path

import piexif
import pytest

from ingest.requests.asking import have_done
from ingest.simulation.photos import photo
from ingest.spool.saved_profiles import versions
from ingest.spool.sidecar import Sidecar
from tests.integration.watching import decided, new_connection, until, watching
from tests.unit.webadmin.site import Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def stranger(seed: int) -> bytes:
    """Return a photo of a make that nobody knows, with a serial number and a time."""
    tags = {
        "0th": {piexif.ImageIFD.Make: b"Oakfine", piexif.ImageIFD.Model: b"T-9"},
        "Exif": {
            piexif.ExifIFD.BodySerialNumber: b"7745-0012",
            piexif.ExifIFD.DateTimeOriginal: f"2026:11:21 01:15:{seed:02}".encode(),
        },
    }
    return photo(tags, size=(64, 48), seed=seed)


def send(site: Site, seed: int) -> Sidecar:
    """Let a camera's photo arrive; return its verdict."""
    path = f"E{seed}.JPG"
    (new_connection(site.root) / path).write_bytes(stranger(seed))
    until(lambda: bool(found(site, path)), 60, f"the verdict on {path}")
    return found(site, path)[0]


def found(site: Site, path: str) -> list[Sidecar]:
    return [one for one in decided(site.root).values() if one.upload_path == path]


def test_a_rejected_photo_is_accepted_once_its_profile_is_saved_and_later_ones_until_that_is_undone(site: Site) -> None:
    admin = site.admin()
    with watching(site.root):
        first = send(site, 1)
        assert first.reason == "no_matching_profile"
        answer = admin.send(f"/workshop/{first.id}/save", {"seen": ""})
        assert answer.status_code == 303
        until(lambda: [one.verdict for one in found(site, "E1.JPG")] == ["accepted"], 60, "its new verdict")
        assert send(site, 2).camera_id == "7745-0012"
        page = admin.get(answer.headers["Location"]).text
        until(lambda: "data-over" in admin.get(answer.headers["Location"]).text, 60, "the page that says so")
        assert "The profile oakfine-t-9 is saved" in page
        (version,) = versions(site.root, "oakfine-t-9")
        undone = have_done(
            site.root, "undo_profile", "anna", settings=site.settings, profile="oakfine-t-9", version=version.id
        )
        assert [one["outcome"] for one in undone["results"]] == ["undone"]
        assert send(site, 3).reason == "no_matching_profile"
    assert [one.verdict for one in found(site, "E1.JPG")] == ["accepted"], "what was accepted stays"
