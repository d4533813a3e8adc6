"""Downloads of several files at once."""

import hashlib
import io
import re
import zipfile
from datetime import timedelta

from tests.unit.webadmin.site import Person, Site, accepted, photo


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
