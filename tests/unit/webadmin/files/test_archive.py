"""Downloads of several files at once."""

import csv
import hashlib
import io
import random
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from ingest.spool.corrections import with_correction
from ingest.spool.moves import place_of
from tests.unit.webadmin.site import Person, Site, accepted, photo, rejected
from webadmin.files.archive import Packed, stream_archive


def packed(place: str) -> Packed:
    return Packed(place, place, datetime(2026, 4, 30, 15, 46, 7))  # noqa: DTZ001 - a camera's clock has no zone


def test_names_inside_a_zip_are_safe_and_the_manifest_is_right(site: Site, admin: Person) -> None:
    items = [site.put(accepted(timedelta(minutes=n), upload_path="../../<x>\n.JPG"), photo(n)) for n in (1, 2)]
    answer = admin.send("/files/act", {"action": "download", "id": [item.id for item in items]})
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name for name in archive.namelist())
    lines = archive.read("sha256sums.txt").decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert len(sums) == 5
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_a_file_that_was_given_to_another_camera_is_in_that_cameras_folder(site: Site, admin: Person) -> None:
    item = site.put(with_correction(accepted(), "camera_id", "Y", "anna", "now", ""), photo())
    answer = admin.send("/files/act", {"action": "download", "id": [item.id]})
    name = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()[1]
    assert name == place_of(item).replace(f"accepted/{item.camera_id}/", "accepted/Y/")


def test_what_has_vanished_is_listed_and_the_rest_is_there(site: Site) -> None:
    here, gone = (place_of(site.put(accepted(upload_path=f"{seed}.jpg"), photo(seed))) for seed in (1, 2))
    (site.root / gone).unlink()
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream_archive(site.root, [packed(here), packed(gone)]))))
    assert archive.read("vanished.txt").decode() == f"{gone}\n"
    assert archive.namelist() == [here, f"{here}.json", f"{gone}.json", "sha256sums.txt", "vanished.txt"]
    assert archive.read(here) == photo(1)


def test_a_large_file_leaves_in_pieces_and_arrives_whole(site: Site) -> None:
    content = random.Random(4).randbytes(1_000_000)
    place = place_of(site.put(accepted(), content))
    pieces = list(stream_archive(site.root, [packed(place)]))
    assert max(map(len, pieces)) <= 256 * 1024
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces))).read(place) == content


def test_an_empty_selection_is_an_archive_without_files(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream_archive(tmp_path, []))))
    assert archive.namelist() == ["sha256sums.txt"]
    assert archive.read("sha256sums.txt") == b""


def test_a_name_in_another_script_survives_and_every_entry_has_the_time_of_its_photo(site: Site, admin: Person) -> None:
    item = site.put(accepted(upload_path="cam/老虎 Höhle.JPG", captured_at="2026-04-30T15:46:07"), photo())
    answer = admin.send("/files/act", {"action": "download", "id": [item.id]})
    entries = zipfile.ZipFile(io.BytesIO(answer.data)).infolist()
    name = f"{place_of(item).rpartition('/')[0]}/{item.id}-老虎 Höhle.JPG"
    assert [one.filename for one in entries][1:3] == [name, f"{name}.json"]
    assert {one.date_time for one in entries[1:3]} == {(2026, 4, 30, 15, 46, 6)}
    assert all(one.flag_bits & 0x800 for one in entries[1:3])


def test_a_zip_carries_a_table_of_its_files_by_the_values_that_hold(site: Site, admin: Person) -> None:
    item = site.put(with_correction(accepted(), "camera_id", "Y", "anna", "now", ""), photo())
    other = site.put(rejected(upload_path="=1+1.jpg"), photo(2))
    answer = admin.send("/files/act", {"action": "download", "id": [item.id, other.id]})
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(archive.read("files.csv").decode("utf-8-sig")))}
    assert set(rows) == {item.id, other.id}
    told = rows[item.id]
    assert (told["camera_id"], told["corrected"], told["latitude"]) == ("Y", "camera_id", "52.098767")
    assert told["file"] in archive.namelist() and rows[other.id]["reason"] == "missing_location"
    assert not rows[other.id]["upload_path"].startswith("=")


def test_a_time_that_no_zip_can_hold_is_the_nearest_one(site: Site) -> None:
    place = place_of(site.put(accepted(), photo()))
    old = Packed(place, "old", datetime(1970, 1, 1))  # noqa: DTZ001 - as above
    late = Packed(place, "late", datetime(9999, 1, 1))  # noqa: DTZ001 - as above
    found = zipfile.ZipFile(io.BytesIO(b"".join(stream_archive(site.root, [old, late])))).infolist()
    assert [found[0].date_time[0], found[2].date_time[0]] == [1980, 2107]
