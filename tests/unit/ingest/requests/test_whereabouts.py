"""The zone of a clock is that of the record, or of the profile, or of all cameras; the site is that of the record."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

import sqlite3
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.index.store import enter
from ingest.requests.whereabouts import surroundings
from ingest.settings.values import Settings
from ingest.spool.camera_records import write_camera_record
from tests.spools import put_item

PROFILE = """
name = "Zoned"
evidence = "test"
zone = "Asia/Kathmandu"
[image]
match = { "exif.Make" = "^ZONED$" }
require = ["camera_id"]
[image.fields]
camera_id = { from = "exif.BodySerialNumber" }
captured_at = { from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
"""


def test_the_nearest_word_on_the_zone_counts(root: Path, index: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "profiles/zoned").mkdir(parents=True)
    (tmp_path / "profiles/zoned/profile.toml").write_text(PROFILE)
    settings = Settings(root=root, profiles=(tmp_path / "profiles",), time_zone="Europe/Amsterdam")
    write_camera_record(root, "X", {"zone": "Africa/Nairobi"})
    write_camera_record(root, "Y", {"zone": "Atlantis"})
    around = surroundings(settings, index)
    assert around.zone("X", "zoned") == ZoneInfo("Africa/Nairobi")
    assert around.zone("Y", "zoned") == around.zone(None, "zoned") == ZoneInfo("Asia/Kathmandu")
    assert around.zone("Y", "another") == around.zone("Z", None) == ZoneInfo("Europe/Amsterdam")


def test_a_camera_without_a_record_has_no_site(root: Path, index: sqlite3.Connection) -> None:
    sites = [{"latitude": 1.5, "longitude": 2.5, "from": "2026-04-01T00:00:00"}]
    write_camera_record(root, "X", {"sites": sites})
    around = surroundings(Settings(root=root), index)
    found = around.site("X", datetime(2026, 4, 2))
    assert found and found.position == (1.5, 2.5)
    assert around.site("X", datetime(2026, 3, 2)) is around.site("Y", datetime(2026, 4, 2)) is None
    assert around.site(None, datetime(2026, 4, 2)) is None


def test_a_camera_is_where_its_last_photo_says(root: Path, index: sqlite3.Connection) -> None:
    enter(index, [put_item(root, camera_id="X", latitude=1.5, longitude=2.5) for _ in range(2)])
    enter(index, [put_item(root, camera_id="X", latitude=3.5, longitude=4.5), put_item(root, camera_id="Y")])
    around = surroundings(Settings(root=root), index)
    assert [around.position(one) for one in ("X", "Y", "Z", None)] == [(3.5, 4.5), None, None, None]
