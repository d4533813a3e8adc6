"""Downloads of several files at once."""

import hashlib
import io
import random
import re
import zipfile
from datetime import timedelta
from pathlib import Path

from ingest.spool.corrections import with_correction
from ingest.spool.moves import place_of
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.files.archive import stream_archive


def test_names_inside_a_zip_are_safe_and_the_manifest_is_right(site: Site, admin: Person) -> None:
    items = [site.put(accepted(timedelta(minutes=n), upload_path="../../<x>\n.JPG"), photo(n)) for n in (1, 2)]
    answer = admin.send("/files/act", {"action": "download", "id": [item.id for item in items]})
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name for name in archive.namelist())
    lines = archive.read("sha256sums.txt").decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert len(sums) == 4
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_a_file_that_was_given_to_another_camera_is_in_that_cameras_folder(site: Site, admin: Person) -> None:
    item = site.put(with_correction(accepted(), "camera_id", "Y", "anna", "now", ""), photo())
    answer = admin.send("/files/act", {"action": "download", "id": [item.id]})
    name = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()[0]
    assert name == place_of(item).replace(f"accepted/{item.camera_id}/", "accepted/Y/")


def test_what_has_vanished_is_listed_and_the_rest_is_there(site: Site) -> None:
    here, gone = (place_of(site.put(accepted(upload_path=f"{seed}.jpg"), photo(seed))) for seed in (1, 2))
    (site.root / gone).unlink()
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream_archive(site.root, [(here, here), (gone, gone)]))))
    assert archive.read("vanished.txt").decode() == f"{gone}\n"
    assert archive.namelist() == [here, f"{here}.json", f"{gone}.json", "sha256sums.txt", "vanished.txt"]
    assert archive.read(here) == photo(1)


def test_a_large_file_leaves_in_pieces_and_arrives_whole(site: Site) -> None:
    content = random.Random(4).randbytes(1_000_000)
    place = place_of(site.put(accepted(), content))
    pieces = list(stream_archive(site.root, [(place, place)]))
    assert max(map(len, pieces)) <= 256 * 1024
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces))).read(place) == content


def test_an_empty_selection_is_an_archive_without_files(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream_archive(tmp_path, []))))
    assert archive.namelist() == ["sha256sums.txt"]
    assert archive.read("sha256sums.txt") == b""
