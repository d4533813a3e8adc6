"""Other names of a camera: added and taken away on its page, by a request, in the record of the other ID."""

import json
from datetime import timedelta
from typing import Any

import pytest
from markupsafe import escape

from ingest.requests import answers
from ingest.spool.assignments import Assignment, assignments_in, with_assignment
from ingest.spool.camera_records import read_camera_record, write_camera_record
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected

NAMES = f"/cameras/{CAMERA}/other-names"


def assigned(site: Site, camera_id: str) -> tuple[Assignment, ...]:
    return assignments_in(read_camera_record(site.root, camera_id))


def test_files_of_another_id_become_the_cameras_and_what_waits_of_them_is_tried_again(
    site: Site, admin: Person
) -> None:
    site.put(accepted(), photo())
    waiting = [
        site.put(rejected(reason=reason, camera_id="Gate_1", upload_path=f"{reason}.jpg"), photo(2))
        for reason in ("unknown_camera", "missing_location")
    ]
    answer = admin.send(NAMES, {"other": " Gate 1 "})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cameras/{CAMERA}")
    edit, requeue = site.requests()
    assert (edit["action"], edit["camera_id"]) == ("edit_camera", "Gate_1")
    assert edit["record"] == {"registered": False, "assignments": [{"camera_id": CAMERA}]}
    assert (requeue["action"], sorted(requeue["ids"])) == ("requeue", sorted(one.id for one in waiting))


def test_both_pages_say_so_and_the_other_id_is_no_camera_of_the_list(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    site.put(accepted(timedelta(days=40), camera_id="old", upload_path="old.jpg"), photo(2))
    assert "It may be gone." in admin.get("/cameras/old").text
    admin.send(NAMES, {"other": "old"})
    site.watch()
    page = admin.get(f"/cameras/{CAMERA}").text
    assert 'Files under <a class="camera wrap" href="/cameras/old">' in page
    other = admin.get("/cameras/old").text
    assert "old is another name of <a" in other and "What came before is still here." in other
    assert "It may be gone." not in other
    assert 'href="/cameras/old"' not in admin.get("/cameras").text


def test_a_name_is_taken_away_from_either_page_and_the_rest_of_the_record_stays(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    partly = Assignment("elm", make="Bushnell")
    for page in (CAMERA, "old"):
        record = with_assignment({"name": "Old", "registered": True}, Assignment(CAMERA))
        write_camera_record(site.root, "old", with_assignment(record, partly))
        form = {"of": "old", "entry": json.dumps({"camera_id": CAMERA})}
        assert escape(form["entry"]) in admin.get(f"/cameras/{page}").text
        assert admin.send(f"/cameras/{page}/other-names/remove", form).headers["Location"] == f"/cameras/{page}"
        site.watch()
        assert assigned(site, "old") == (partly,)
    assert (read_camera_record(site.root, "old") or {})["name"] == "Old"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (CAMERA, f"Not added: {CAMERA} is this camera already."),
        ("../x", "Not added: “../x” can be no camera ID"),
        ("", "Not added: “” can be no camera ID"),
        ("oak", f"Not added: {CAMERA} is another name of oak. Take that away first."),
        ("elm", f"Not added: {CAMERA} is another name of elm. Take that away first."),
    ],
)
def test_what_cannot_be_another_name_is_a_sentence_and_changes_nothing(
    site: Site, admin: Person, other: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 0.0)
    site.put(accepted(), photo())
    write_camera_record(site.root, CAMERA, with_assignment({}, Assignment("oak")))
    write_camera_record(site.root, "oak", with_assignment({}, Assignment("elm")))
    assert said in admin.send(NAMES, {"other": other}, follow_redirects=True).text
    assert site.requests() == []


@pytest.mark.parametrize("known", ["record", "accepted", "rejected"])
def test_the_other_id_is_meant_in_the_spelling_that_is_known(site: Site, admin: Person, known: str) -> None:
    site.put(accepted(), photo())
    if known == "record":
        write_camera_record(site.root, "cam1", {"name": "One"})
    else:
        item = accepted if known == "accepted" else rejected
        site.put(item(camera_id="cam1", upload_path="b.jpg"), photo(2))
    admin.send(NAMES, {"other": "CAM1"})
    assert [request["camera_id"] for request in site.requests() if request["action"] == "edit_camera"] == ["cam1"]


def test_two_that_are_here_in_two_spellings_can_be_made_one(site: Site, admin: Person) -> None:
    for number, camera_id in enumerate(("cam1", "CAM1")):
        site.put(accepted(camera_id=camera_id, upload_path=f"{number}.jpg"), photo(number))
    admin.send("/cameras/cam1/other-names", {"other": "CAM1"})
    site.watch()
    assert assigned(site, "CAM1") == (Assignment("cam1"),)


def test_a_name_that_was_another_cameras_changes_hands_and_that_is_said(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    write_camera_record(site.root, "old", with_assignment({}, Assignment("elm")))
    page = admin.send(NAMES, {"other": "old"}, follow_redirects=True).text
    assert "old was another name of elm until now." in page
    site.watch()
    assert assigned(site, "old") == (Assignment(CAMERA),)


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/cameras/..%2Fx/other-names", {"other": "old"}, 404),
        ("/cameras/.hidden/other-names", {"other": "old"}, 404),
        (f"{NAMES}/remove", {"of": "../x", "entry": "{}"}, 404),
        (f"{NAMES}/remove", {"of": "old", "entry": "{"}, 400),
        (f"{NAMES}/remove", {"of": "old", "entry": '{"camera_id": "../x"}'}, 400),
        (f"{NAMES}/remove", {"of": "old", "entry": "[" * 5000}, 400),
        (f"{NAMES}/remove", {"of": "old"}, 400),
    ],
)
def test_a_form_that_no_page_has_made_changes_nothing(
    site: Site, admin: Person, path: str, form: dict[str, Any], status: int
) -> None:
    site.put(accepted(), photo())
    assert admin.send(path, form).status_code == status
    assert site.requests() == []


def test_a_card_at_the_tree_tells_of_the_camera_that_its_id_has_become_a_name_of(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    write_camera_record(site.root, "old", with_assignment({}, Assignment(CAMERA)))
    page = admin.get("/cameras/old").text
    address = page[page.index('href="http') + 6 :].partition('"')[0]
    assert "Photo received" in site.visitor().get(address[address.index("/check/") :]).text
