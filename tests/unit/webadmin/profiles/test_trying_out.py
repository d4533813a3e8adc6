"""Trying a profile out on a spool: what it says is what the real files get once the profile is saved."""

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ingest.index.store import read_index
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.settings.values import SHIPPED_PROFILES
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from ingest.trial import try_content, try_file
from ingest.verdict.dry_run import DryRun
from tests.reconyx import hyperfire_photo
from tests.samples.strangers import bare, commented, tagged
from tests.unit.webadmin.site import Site, accepted, photo
from webadmin.profiles.candidates import list_candidates
from webadmin.profiles.trying_out import Remembered, try_out

HEAD = 'name = "x"\nevidence = "a test"\n'
BY_SERIAL = (
    HEAD
    + """
[image]
match = { "exif.Make" = '^Oakfine$' }
require = ["camera_id", "captured_at"]
[image.fields]
camera_id = { from = ["exif.BodySerialNumber", "account"] }
captured_at = { from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
location = { from = "record" }
"""
)
BY_COMMENT = (
    HEAD
    + """
[image]
match = { comment = '^ID=(?P<id>[a-z]+)' }
require = ["camera_id"]
[image.fields]
camera_id = { from = "{id}" }
"""
)
BY_NOTE = (
    HEAD
    + """
[image]
match = { "exif.Make" = '^RECONYX$' }
require = ["camera_id"]
[image.fields]
camera_id = { from = "makernote.SerialNumber" }
"""
)
REPORTS = (
    HEAD
    + """
[report]
match = { "report.id" = '.' }
[report.fields]
camera_id = { from = "report.id" }
battery_percent = { from = "report.battery" }
"""
)
TIMES = "2026:04:30 15:46:07"
FILES = [
    ("a.jpg", tagged("Oakfine", "T-9", TIMES, serial="77")),
    ("b.jpg", tagged("Oakfine", "T-9", TIMES)),
    ("c.jpg", tagged("Oakfine", "T-9", serial="78")),
    ("ridge/d.jpg", tagged("Oakfine", "T-9", "0000:00:00 00:00:00", serial="79")),
    *commented("e.jpg", "ID=creek"),
    *bare(["f.jpg"]),
    ("RCNX0001.JPG", hyperfire_photo(seed=1, size=(64, 48))),
    ("dr.txt", b"ID:creek\r\nBattery:60%\r\n"),
    ("other.txt", b"Name:creek\r\n"),
]
WITHOUT_RECONYX = Catalogue(tuple(one for one in load_catalogue([SHIPPED_PROFILES]).profiles if one.id != "reconyx"))


def put_rejected(site: Site, files: Iterable[tuple[str, bytes]]) -> dict[str, tuple[Sidecar, Path]]:
    """Put files as they lie after their verdict without the profile; return them by path."""
    found = {}
    for path, content in files:
        sidecar = try_content(content, path, "camera", WITHOUT_RECONYX, site.settings)
        site.put(sidecar, content)
        found[path] = (sidecar, site.root / place_of(sidecar))
    return found


def tried(
    site: Site,
    text: str,
    remembered: Remembered | None = None,
    id_: str = "oakfine",
    by_hand: dict[str, str] | None = None,
) -> DryRun:
    profile = parse_profile(text, Path(id_))
    with closing(read_index(site.root)) as index:
        listed = list_candidates(index, ())
    return try_out(
        profile, WITHOUT_RECONYX, site.settings, listed, remembered or Remembered(), read_index, by_hand or {}
    )


def test_what_it_says_is_what_the_real_files_get(site: Site, tmp_path: Path) -> None:
    files = put_rejected(site, FILES)
    for number, text in enumerate((BY_SERIAL, BY_COMMENT, BY_NOTE, REPORTS)):
        found = tried(site, text)
        folder = tmp_path / f"own-{number}"
        (folder / "oakfine").mkdir(parents=True)
        (folder / "oakfine/profile.toml").write_text(text)
        catalogue = Catalogue((*WITHOUT_RECONYX.profiles, *load_catalogue([folder]).profiles))
        real = {
            sidecar.id: try_file(file, path.encode(), catalogue, site.settings, "camera")
            for path, (sidecar, file) in files.items()
        }
        ours = {id_: one for id_, one in real.items() if one.profile == "oakfine"}
        assert {id_: said.camera_id for id_, said in found.accepted.items()} == {
            id_: one.camera_id for id_, one in ours.items() if one.verdict == "accepted"
        }
        refused = {id_: reason for reason, ids in found.refused.items() for id_ in ids}
        assert refused == {id_: one.reason for id_, one in ours.items() if one.verdict == "rejected"}
        assert found.unsure == () and ours, text


def test_records_and_accounts_count_as_for_the_watcher(site: Site) -> None:
    files = put_rejected(site, FILES)
    record = {"sites": [{"latitude": 52.1, "longitude": 5.1, "from": "2026-01-01T00:00"}], "registered": True}
    (site.root / "cameras/77.json").write_text(json.dumps(record))
    real = try_content(
        FILES[0][1], "a.jpg", "camera", Catalogue((parse_profile(BY_SERIAL, Path("oakfine")),)), site.settings
    )
    said = tried(site, BY_SERIAL).accepted[files["a.jpg"][0].id]
    assert (said.camera_id, said.position) == ("77", (real.latitude, real.longitude))


def test_a_camera_is_spelled_as_it_is_here_and_the_same_file_is_not_accepted_again(site: Site) -> None:
    files = put_rejected(site, [("a.jpg", tagged("Oakfine", "T-9", TIMES, serial="Cam7"))])
    sidecar = files["a.jpg"][0]
    site.put(accepted(camera_id="CAM7", sha256="00"), photo())
    assert tried(site, BY_SERIAL).cameras == {"CAM7": 1}
    site.put(accepted(timedelta(hours=2), camera_id="CAM7", sha256=sidecar.sha256), photo())
    assert tried(site, BY_SERIAL).refused == {"duplicate": (sidecar.id,)}


def test_what_it_would_take_from_a_camera_is_named(site: Site) -> None:
    exif = {"Make": "Oakfine", "BodySerialNumber": "77"}
    taken = site.put(replace(accepted(profile="willfine-4.0t-cg"), exif=exif), photo())
    (owner,) = tried(site, BY_SERIAL).taken
    assert (owner.camera_id, owner.profile) == (taken.camera_id, taken.profile)
    assert tried(site, BY_SERIAL.replace("Oakfine", "Elmfine")).taken == {}


def test_typing_reads_nothing_again_and_what_has_gone_is_unsure_or_left_out(site: Site) -> None:
    files, remembered = put_rejected(site, FILES), Remembered()
    before = [tried(site, text, remembered) for text in (BY_SERIAL, BY_COMMENT, REPORTS)]
    for sidecar, file in files.values():
        file.unlink()
        (site.root / f"{place_of(sidecar)}.json").unlink()
    assert [tried(site, text, remembered) for text in (BY_SERIAL, BY_COMMENT, REPORTS)] == before
    assert tried(site, BY_SERIAL).looked_at == 2
    assert set(tried(site, REPORTS).unsure) == {files["dr.txt"][0].id, files["other.txt"][0].id}


def test_what_others_claim_is_remembered_for_one_catalogue_and_one_profile_only() -> None:
    remembered, first = Remembered(), Catalogue(signature=(("a", 1, 1, 1),))
    remembered.claims_in(first, "x")[("id", True)] = frozenset({"y"})
    assert remembered.claims_in(first, "x")
    assert not remembered.claims_in(first, "y")
    assert not remembered.claims_in(Catalogue(), "y")
