"""The workshop: from the files of a camera that no profile knows to a profile, by sentences with choices."""

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest

from ingest.simulation.photos import plain_photo
from tests.unit.webadmin.site import Person, Site, photo, rejected

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
    assert "this would also claim files of instar" in page


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
    assert "One question is open. Until it is clear what tells the time, nothing is accepted." in page
    assert "1 March 2026, 03:15 or 3 January 2026, 03:15" in page
    (choice,) = re.findall(r'name="image.captured_at" value="([^"]+%m%d[^"]+)"', page)
    answer = f"?image.captured_at={quote(choice)}"
    page = unescape(admin.get(draft + answer).text)
    assert "Camera and time of all these files are found" in page
    assert re.search(rf'value="{re.escape(choice)}"[^>]* checked', page)
    assert "<b>3 January 2026, 03:15</b>" in page
    (link,) = re.findall(r'href="([^"]+profile.toml[^"]*)"', page)
    assert 'format = "%m%d%Y%H%M%S" }' in admin.get(link).text


def test_a_camera_without_an_id_of_its_own_is_asked_for_its_account_and_nonsense_is_no_answer(
    site: Site, admin: Person
) -> None:
    exif = {"Make": "Oakfine", "Model": "T-9", "DateTimeOriginal": "2026:11:21 01:15:30"}
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=exif), photo())
    for answer in ("", "?image.camera_id=%3Cb%3E&image.x=1&y=2", "?image.camera_id=account"):
        page = unescape(admin.get(f"/workshop/{item.id}{answer}").text)
        assert "Until it is clear what tells the camera, nothing is accepted." in page
        assert 'value="<b>"' not in page
    assert "give each camera its own" in page
    own = site.put(replace(rejected(reason="no_matching_profile"), exif=exif, account="ridge"), photo())
    assert (
        "Camera and time of all these files are found" not in admin.get(f"/workshop/{own.id}").text
    )  # two, one shared


def test_the_list_of_photos_of_unknown_cameras_leads_to_a_draft_from_them(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    page = admin.get("/files?verdict=rejected&reason=no_matching_profile").text
    assert f'<a href="/workshop/{item.id}">Teach Camspool this camera</a>' in page
    assert "Teach Camspool" not in admin.get("/files?verdict=rejected&reason=missing_location").text


def test_only_a_photo_or_report_that_is_here_can_be_begun_from(site: Site, admin: Person) -> None:
    clip = site.put(rejected(kind="other", upload_path="a.mp4", reason="unsupported_file_type"), b"x")
    for item_id in (clip.id, "20251205T154647.120034Z-4f2a", "x", "..%2f..%2fetc"):
        assert admin.get(f"/workshop/{item_id}").status_code == 404, item_id
        assert admin.get(f"/workshop/{item_id}/profile.toml").status_code == 404, item_id


def test_a_pressed_piece_is_asked_about_and_what_is_said_of_it_stands_in_the_form(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    page = admin.get(f"/workshop/{item.id}").text
    assert 'name="pick" value="exif.BodySerialNumber|0|2|0"' in page
    assert "This is the camera" not in page
    page = admin.get(f"/workshop/{item.id}?pick=exif.BodySerialNumber|0|2|0").text
    assert "Marked: <b>77</b>" in page
    (mark,) = re.findall(r'name="mark" value="(image.camera_id[^"]+)"', page)
    page = admin.get(f"/workshop/{item.id}?mark={quote(mark)}").text
    assert "Marked" not in page
    assert 'name="image.mark.camera_id" value="exif.BodySerialNumber|0|2|0"' in page


@pytest.mark.parametrize(
    "sent", ["pick=x", "pick=path|5|900|0", "file=99", "show=-1", "mark=image.camera_id|x", "file=%F0"]
)
def test_an_address_that_makes_no_sense_shows_the_page_as_it_was(site: Site, admin: Person, sent: str) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    answer = admin.get(f"/workshop/{item.id}?{sent}")
    assert answer.status_code == 200
    assert "File 1 of 1" in answer.text


def test_what_a_form_sends_becomes_an_address_without_what_nobody_chose(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    page, form = f"/workshop/{item.id}", {"image.camera_id": "account", "image.captured_at": "", "file": "0"}
    shown = unescape(admin.get(page).text)
    form["text"] = shown.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0].replace("\n", "\r\n")
    form["based_on"] = re.findall(r'name="based_on" value="([^"]+)"', shown)[0]
    form |= {"profile": "oakfine-t-9-pro", "name": "Gate cam"}
    answer = admin.send(page, form)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{page}?image.camera_id=account&name=Gate+cam"
    assert 'name = "Gate cam"' in unescape(admin.get(answer.headers["Location"]).text)


def test_a_text_that_does_not_load_says_so_beside_it_and_nothing_typed_is_lost(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    answer = admin.send(f"/workshop/{item.id}", {"text": "\nname = 'x'\n</textarea><b>", "image.camera_id": "account"})
    assert answer.status_code == 422
    assert "\n\nname = &#39;x&#39;\n&lt;/textarea&gt;&lt;b&gt;</textarea>" in answer.text
    assert "profile.toml is not TOML" in answer.text
    assert 'value="account"' in answer.text
    answer = admin.send(f"/workshop/{item.id}", {"text": "x" * 100_001})
    assert "100000 characters at most" in answer.text


def test_a_name_that_cannot_be_a_folder_is_told_so(site: Site, admin: Person) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=STRANGER), photo())
    page = admin.get(f"/workshop/{item.id}?profile=../x").text
    assert 'class="bad-words"><small>Only small letters' in page
    assert 'value="../x"' in page


def test_of_many_files_it_is_said_how_many_are_looked_at(site: Site, admin: Person) -> None:
    for number in range(53):
        sidecar = rejected(timedelta(minutes=number), reason="no_matching_profile")
        item = site.put(replace(sidecar, exif=STRANGER), photo())
    page = admin.get(f"/workshop/{item.id}").text
    assert "50 of the 53 files that were rejected for this cause" in page
    assert "File 3 of 50" in admin.get(f"/workshop/{item.id}?file=2").text
