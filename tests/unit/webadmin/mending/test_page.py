"""What the page offers for the chosen files: their number, their camera, its place, and a map near it."""

from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected


def test_the_head_says_what_is_chosen(site: Site, admin: Person) -> None:
    one = site.put(rejected(), photo())
    report = site.put(accepted(kind="report", upload_path="dr.txt", camera_id="other"))
    page = admin.send("/files/act", {"action": "mend", "id": [one.id]}).text
    assert "<h1>Correct 1 photo</h1>" in page and "Where it was taken" in page
    page = admin.send("/files/act", {"action": "mend", "id": [one.id, report.id]}).text
    assert "<h1>Correct 2 files</h1>" in page and "of 2 cameras" in page and "Where they were taken" in page


def test_the_place_is_that_of_the_site_then_else_where_its_photos_are(site: Site, admin: Person) -> None:
    first = site.put(rejected(), photo())
    assert "<small>" not in stood(admin, first.id)
    site.put(accepted(), photo(2))
    site.put(accepted(camera_id="other", latitude=1.5), photo(3))
    second = site.put(rejected(camera_id="third"), photo(4))
    assert "<small>" not in stood(admin, second.id)
    former = {"name": "Ford", "latitude": 1.25, "longitude": 2, "from": None, "until": "2090-01-01T00:00:00"}
    write_camera_record(site.root, CAMERA, {"sites": [former]})
    assert "<small>Ford, 1.25000, 2.00000</small>" in stood(admin, first.id)


def stood(admin: Person, item_id: str) -> str:
    page = admin.send("/files/act", {"action": "mend", "id": [item_id]}).text
    return page.partition('value="camera"')[2].partition("</label>")[0]


def test_without_any_camera_s_place_there_is_no_map(site: Site, admin: Person) -> None:
    one = site.put(rejected(), photo())
    assert "data-pick " not in admin.get(f"/files/{one.id}").text
