"""The sample pack, downloaded."""

import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO

from tests.samples.drawing import drawn
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo


def test_a_pack_comes_as_a_zip_that_names_no_camera(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    answer = admin.get("/profiles/willfine-4.0t-cg/sample-pack.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="willfine-4.0t-cg-sample-pack.zip"'
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        names = archive.namelist()
        contents = [archive.read(name) for name in names]
    assert "willfine-4.0t-cg-sample-pack/samples/E1000159.JPG" in names
    assert not [one for one in contents if CAMERA.encode() in one or b"52.0987" in one]


def test_where_there_can_be_none_the_profiles_page_says_why(site: Site, admin: Person) -> None:
    answer = admin.get("/profiles/instar/sample-pack.zip")
    assert answer.status_code == 303
    assert "There is no sample pack: No file that instar knows" in unescape(admin.get(answer.headers["Location"]).text)
    assert admin.get("/profiles/oak/sample-pack.zip").status_code == 404


def test_a_photo_that_claims_gigapixels_costs_no_memory(site: Site, admin: Person) -> None:
    huge = drawn(None, (64, 48))
    at = huge.index(b"\xff\xc0") + 5
    huge = huge[:at] + b"\xff\xff\xff\xff" + huge[at + 4 :]
    site.put(replace(accepted(), upload_path="GOPR0001.JPG"), huge)
    answer = admin.get("/profiles/willfine-4.0t-cg/sample-pack.zip")
    assert answer.status_code in (200, 303)
