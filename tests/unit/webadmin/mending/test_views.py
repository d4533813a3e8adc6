"""What a person says of files: asked for on one page, noted beside each, shown, taken back and undone."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from ingest.spool.camera_records import write_camera_record
from ingest.spool.sidecar import parse_sidecar
from ingest.spool.stamp import utc_text
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected
from tests.unit.webadmin.watching import answering


def done(site: Site) -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in sorted((site.root / "requests" / "done").glob("*.json"))]


def undo_buttons(page: str) -> list[str]:
    return re.findall(r'action="/mend/undo".*?name="request" value="([^"]+)"', page)


def test_a_rejected_file_is_accepted_with_what_a_person_knows(site: Site, admin: Person) -> None:
    item = site.put(rejected(), photo())
    assert "Accept it with …</summary>" in admin.get(f"/files/{item.id}").text
    with answering(site):
        form = {"id": item.id, "back": "item", "position": "52,09877, 5,12534", "why": "the gate"}
        answer = admin.send("/mend", form)
    assert answer.headers["Location"] == f"/files/{item.id}"
    (request,) = done(site)
    assert request["values"] == {"location": {"latitude": 52.09877, "longitude": 5.12534}}
    assert (request["ids"], request["why"], request["tries_again"], request["by"]) == (
        [item.id],
        "the gate",
        True,
        "anna",
    )
    assert [one["outcome"] for one in request["results"]] == ["requeued"]


def test_a_file_is_given_to_another_camera_and_back_and_its_page_says_by_whom(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    page = f"/files/{item.id}"
    assert "Correct place, time or camera</summary>" in admin.get(page).text
    admin.send("/mend", {"id": item.id, "back": "item", "to": "Gate North", "why": "wrong card"})
    site.watch()
    told = admin.get(page).text
    assert f"it was {CAMERA}: wrong card" in told and f"the file says “{CAMERA}”" in told
    assert re.search(r"corrected\s+by anna", told)
    listed = admin.get("/files?camera=Gate_North").text
    assert item.id in listed and '<small class="nowrap">corrected</small>' in listed
    admin.send(f"{page}/take-back", {"what": "camera_id"})
    site.watch()
    assert "corrected by" not in admin.get(page).text
    assert [(one["action"], one["values"]) for one in done(site)] == [
        ("correct", {"camera_id": "Gate_North"}),
        ("correct", {"camera_id": None}),
    ]


def test_what_was_corrected_is_undone_from_the_message_that_says_so(site: Site, admin: Person) -> None:
    items = [site.put(accepted(upload_path=f"{number}.jpg"), photo(number)) for number in (1, 2)]
    with answering(site):
        form = {"id": [one.id for one in items], "position": "1.5, 2.5", "camera": CAMERA}
        page = admin.send("/mend", form, follow_redirects=True).text
        assert "2 files corrected." in page
        (request,) = undo_buttons(page)
        assert f'href="/system/requests/{request}">See each file' in page
        told = admin.get(f"/files/{items[0].id}").text
        assert "1.50000, 2.50000" in told and "it was 52.09877, 5.12534" in told
        asked = admin.get(f"/system/requests/{request}").text
        assert "Position 1.50000, 2.50000." in asked and undo_buttons(asked) == [request]
        back = {"request": request, "back": f"/files?camera={CAMERA}"}
        answer = admin.send("/mend/undo", back)
        assert answer.headers["Location"] == f"/files?camera={CAMERA}"
        page = admin.get(f"/files?camera={CAMERA}").text
    assert "2 files put back." in page and not undo_buttons(page)
    told = admin.get(f"/files/{items[0].id}").text
    assert "it was 52.09877" not in told and "corrected by" not in told


def test_an_undo_leads_nowhere_else_and_names_what_was_asked(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    with answering(site):
        admin.send("/mend", {"id": item.id, "position": "1.5, 2.5"})
        (made,) = (file.stem for file in (site.root / "requests" / "done").glob("*.json"))
        assert admin.send("/mend/undo", {"request": made, "back": "//evil.example"}).headers["Location"] == "/overview"
    assert admin.send("/mend/undo", {"request": "../../x"}).status_code == 404
    assert admin.send("/mend/undo", {}).status_code == 404


def test_the_clock_of_chosen_photos_is_mended_by_the_fault_that_explains_them(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"zone": "UTC"})
    behind, ahead = timedelta(hours=1), timedelta(hours=-12)
    items, taken = [], []
    for number, error in enumerate((behind, behind, ahead)):
        ago = timedelta(hours=20 - number)
        at = (NOW - ago - timedelta(minutes=1)).replace(microsecond=0)
        taken.append(at.replace(tzinfo=None).isoformat())
        said = {"captured_at": (at - error).replace(tzinfo=None).isoformat(), "captured_at_utc": utc_text(at - error)}
        items.append(site.put(accepted(ago, upload_path=f"{number}.jpg", **said), photo()))
    page = admin.send("/files/act", {"action": "mend", "id": [one.id for one in items]}).text
    assert "<h1>Correct 3 photos</h1>" in page
    assert re.findall(r'name="time" value="(behind[^"]*)"', page) == ["behind_s:3600", "behind_s:-43200"]
    assert "1 h behind (daylight saving time)" in page and "explains 2 of 3" in page
    admin.send("/mend", {"id": [one.id for one in items[:2]], "time": "behind_s:3600"})
    site.watch()
    for item, minute_before in zip(items[:2], taken[:2], strict=True):
        (file,) = site.root.glob(f"accepted/**/{item.id}-*.json")
        assert parse_sidecar(file.read_text()).corrections[-1].value["captured_at"] == minute_before


def test_all_of_a_cause_are_asked_about_at_once(site: Site, admin: Person) -> None:
    for number in range(3):
        site.put(rejected(upload_path=f"{number}.jpg"), photo(number))
    site.put(rejected(camera_id="other"), photo(9))
    cause = f"/files?verdict=rejected&reason=missing_location&camera={CAMERA}"
    page = admin.get(cause).text
    (link,) = re.findall(r'href="(/mend[^"]+)">Accept them', page)
    asked = admin.get(link.replace("&amp;", "&")).text
    assert "<h1>Correct 3 photos</h1>" in asked
    fields = dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">', asked))
    fields.pop("csrf_token", None)
    site.put(rejected(timedelta(minutes=-1), upload_path="late.jpg"), photo(5))
    admin.send("/mend", fields | {"position": "1.5, 2.5"})
    assert [len(one["ids"]) for one in site.requests()] == [3]


def test_when_the_filter_matches_others_meanwhile_the_question_is_asked_again(site: Site, admin: Person) -> None:
    item = site.put(rejected(), photo())
    form = {"everything": "1", "newest": str(2**62), "verdict": "rejected", "mark": "of others", "position": "1, 2"}
    page = admin.send("/mend", form).text
    assert "Meanwhile the filter matches other files" in page and "<h1>Correct 1 photo</h1>" in page
    assert 'name="position" value="1, 2"' in page
    assert site.requests() == []
    assert item.id not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Nothing was said: give a position, a time or a camera."),
        ({"position": "north of the oak"}, "The position is `north of the oak`; expected"),
        ({"place": "typed"}, "The position is missing"),
        ({"time": "typed"}, "The time is missing"),
        ({"time_typed": "last spring"}, "The time was not understood"),
        ({"time": "behind_s:soon"}, "How the clock was wrong was not understood"),
        ({"to": "../x"}, "“../x” cannot be a camera&#39;s ID"),
    ],
)
def test_what_is_not_understood_is_asked_again_with_what_was_typed(
    site: Site, admin: Person, typed: dict[str, str], said: str
) -> None:
    item = site.put(accepted(), photo())
    page = admin.send("/mend", {"id": item.id, "why": "because", **typed}).text
    assert said in page and 'name="why" value="because"' in page
    assert site.requests() == []


def test_nothing_selected_is_said(site: Site, admin: Person) -> None:
    assert "Nothing was selected" in admin.send("/mend", {"position": "1, 2"}, follow_redirects=True).text
    assert "Nothing matches any more." in admin.get("/mend?verdict=rejected").text
    assert admin.send("/files/nothing/take-back", {"what": "location"}).status_code == 404
    item = site.put(accepted(), photo())
    assert admin.send(f"/files/{item.id}/take-back", {"what": "sha256"}).status_code == 404
    assert site.requests() == []


def test_the_place_of_its_camera_is_shown_and_asked_for_by_name(site: Site, admin: Person) -> None:
    gate = {"name": "Gate", "latitude": 52.5, "longitude": 5.5, "from": None, "until": None}
    write_camera_record(site.root, CAMERA, {"sites": [gate]})
    item = site.put(rejected(), photo())
    page = admin.get(f"/files/{item.id}").text
    assert "<small>Gate, 52.50000, 5.50000</small>" in page
    assert re.search(r'<svg class="map" [^>]*data-pick data-zoom="[\d.]+" data-left="[\d.]+" data-top="[\d.]+"', page)
    admin.send("/mend", {"id": item.id, "place": "camera"})
    assert site.requests()[0]["values"] == {"location": "camera"}
