"""The workshop: a profile drafted from the files of a camera that no profile knows."""

import re
import tomllib
from dataclasses import replace
from html import unescape
from urllib.parse import quote

from ingest.simulation.photos import plain_photo
from tests.unit.webadmin.site import Person, Site, accepted, photo, rejected

STRANGER = {"Make": "Oakfine", "Model": 'T-9 "pro"', "BodySerialNumber": "77"}


def test_a_draft_is_a_profile_for_the_camera_of_the_file(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    answer = admin.get(f"/workshop/{item.id}/profile.toml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="profile.toml"'
    draft = tomllib.loads(answer.text)
    assert draft["name"] == 'Oakfine T-9 "pro"'
    assert re.search(draft["image"]["match"]["exif.Model"], STRANGER["Model"])
    assert draft["image"]["fields"]["camera_id"] == {"from": "exif.BodySerialNumber"}
    page = admin.get(f"/workshop/{item.id}").text
    assert answer.text in unescape(page)
    assert "would also claim" not in page


def test_a_draft_that_takes_another_cameras_files_is_warned_of(site: Site, admin: Person) -> None:
    path = "INSTAR/lat52.02368_lon12.98290/A_2026-04-30_15-46-07.jpeg"
    item = site.put(rejected(upload_path=path, reason="no_matching_profile"), plain_photo(seed=1, size=(64, 48)))
    page = admin.get(f"/workshop/{item.id}").text
    assert "this draft would also claim files of instar" in page


def test_what_the_files_do_not_tell_is_asked_and_an_answer_changes_the_draft(site: Site, admin: Person) -> None:
    content = plain_photo(seed=1, size=(64, 48))
    items = [
        site.put(
            rejected(upload_path=f"016719001060737-010{day}20260{day}1530-S{day}.JPG", reason="no_matching_profile"),
            content,
        )
        for day in (1, 2, 3)
    ]
    draft = f"/workshop/{items[0].id}"
    page = unescape(admin.get(draft).text)
    assert "3 files like" in page
    assert "Not to be used yet: captured at must be settled first" in page
    assert "1 March 2026, 03:15 or 3 January 2026, 03:15" in page
    (choice,) = re.findall(r'name="image.captured_at" value="([^"]+%m%d[^"]+)"> ', page)
    answer = f"?image.captured_at={quote(choice)}"
    page = unescape(admin.get(draft + answer).text)
    assert "ID and time of all these files are found" in page
    assert f'value="{choice}" checked' in page
    (link,) = re.findall(r'href="([^"]+profile.toml[^"]*)"', page)
    assert 'format = "%m%d%Y%H%M%S" }' in admin.get(link).text


def test_a_camera_without_an_id_of_its_own_is_asked_for_its_account_and_nonsense_is_no_answer(
    site: Site, admin: Person
) -> None:
    exif = {"Make": "Oakfine", "Model": "T-9", "DateTimeOriginal": "2026:11:21 01:15:30"}
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=exif), photo())
    for answer in ("", "?image.camera_id=%3Cb%3E&image.x=1&y=2", "?image.camera_id=account"):
        page = unescape(admin.get(f"/workshop/{item.id}{answer}").text)
        assert "Not to be used yet: camera ID must be settled first" in page
        assert "<b>" not in page.partition("<h1>")[2].partition("Camera ID")[0]
    assert "give each camera its own" in page
    own = site.put(replace(rejected(reason="no_matching_profile"), exif=exif, account="ridge"), photo())
    assert "ID and time of all these files are found" not in admin.get(f"/workshop/{own.id}").text  # two, one shared


def test_the_list_of_photos_of_unknown_cameras_leads_to_a_draft_from_them(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    page = admin.get("/files?verdict=rejected&reason=no_matching_profile").text
    assert f'<a href="/workshop/{item.id}">Draft a profile from these files</a>' in page
    assert "Draft a profile" not in admin.get("/files?verdict=rejected&reason=missing_location").text


def test_only_a_photo_that_is_here_can_be_drafted_from(site: Site, admin: Person) -> None:
    report = site.put(accepted(kind="report", upload_path="dr.txt"), b"Battery:60\n")
    for item_id in (report.id, "20251205T154647.120034Z-4f2a", "x", "..%2f..%2fetc"):
        assert admin.get(f"/workshop/{item_id}").status_code == 404, item_id
        assert admin.get(f"/workshop/{item_id}/profile.toml").status_code == 404, item_id
