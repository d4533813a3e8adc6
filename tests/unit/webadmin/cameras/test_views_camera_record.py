"""What an admin writes about a camera: nothing is lost by it, and registering tries waiting files again."""

import json
from datetime import timedelta

import pytest

from ingest.requests import answers
from ingest.spool.camera_records import read_camera_record, write_camera_record
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected


def test_registering_a_camera_tries_its_waiting_files_again(site: Site, admin: Person) -> None:
    waiting = site.put(rejected(reason="unknown_camera"), photo())
    answer = admin.send(f"/cameras/{CAMERA}/edit", {"name": "Oak", "registered": "1", "position": ""})
    assert answer.status_code == 302
    asked = site.requests()
    assert [request["action"] for request in asked] == ["edit_camera", "requeue"]
    assert asked[1]["ids"] == [waiting.id]
    assert asked[0]["record"] == {"name": "Oak", "notes": "", "registered": True}


def test_editing_keeps_what_the_form_does_not_show(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps({"name": "Old", "sim": "8931"}))
    admin.send(f"/cameras/{CAMERA}/edit", {"name": "New", "registered": "1", "position": "52.1 5.2"})
    assert site.requests()[0]["record"] == {
        "name": "New", "sim": "8931", "notes": "", "registered": True, "latitude": 52.1, "longitude": 5.2,
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["north of the oak", "52,09877, 5,12534", "91, 5", "52.1"])
def test_a_mistyped_position_costs_no_notes(
    site: Site, admin: Person, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 0.0)
    site.put(accepted(), photo())
    old = {"name": "Old", "notes": "", "registered": False, "latitude": 52.1, "longitude": 5.2}
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps(old))
    form = {"name": "Oak", "notes": "Key 7", "registered": "1", "position": typed}
    page = admin.send(f"/cameras/{CAMERA}/edit", form, follow_redirects=True).text
    assert "The position was not understood and stays as it was: write it as 52.09877, 5.12534." in page
    assert site.requests()[0]["record"] == {**old, "name": "Oak", "notes": "Key 7", "registered": True}


def test_registering_needs_one_click(site: Site, admin: Person) -> None:
    waiting = site.put(rejected(reason="unknown_camera"), photo())
    assert "Register it and try its files again" in admin.get(f"/cameras/{CAMERA}").text
    admin.send(f"/cameras/{CAMERA}/register", {})
    asked = site.requests()
    assert [request["action"] for request in asked] == ["edit_camera", "requeue"]
    assert asked[0]["record"] == {"registered": True}
    assert asked[1]["ids"] == [waiting.id]
    assert admin.send("/cameras/..%2Fx/register", {}).status_code == 404


def test_registering_a_registered_camera_asks_for_nothing(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak"})
    site.put(rejected(reason="unknown_camera"), photo())
    assert admin.send(f"/cameras/{CAMERA}/register", {}).headers["Location"] == f"/cameras/{CAMERA}"
    assert site.requests() == []


def test_the_new_position_is_accepted_and_the_rest_of_the_record_stays(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak", "latitude": 52.5, "longitude": 5.5})
    for number in (2, 1):
        site.put(accepted(timedelta(hours=number), upload_path=f"{number}.jpg"), photo(number))
    assert "It stands there now" in admin.get(f"/cameras/{CAMERA}").text
    admin.send(f"/cameras/{CAMERA}/accept-position", {})
    site.watch()
    record = {"name": "Oak", "latitude": 52.098767, "longitude": 5.125342}
    assert read_camera_record(site.root, CAMERA) == record
    assert "It stands there now" not in admin.get(f"/cameras/{CAMERA}").text


def test_accepting_a_position_registers_nobody(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    admin.send(f"/cameras/{CAMERA}/accept-position", {})
    assert site.requests()[0]["record"] == {"registered": False, "latitude": 52.098767, "longitude": 5.125342}


def test_an_empty_position_takes_the_old_one_away(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak", "latitude": 52.5, "longitude": 5.5})
    admin.send(f"/cameras/{CAMERA}/edit", {"name": "Oak", "registered": "1", "position": " "})
    assert site.requests()[0]["record"] == {"name": "Oak", "notes": "", "registered": True}
