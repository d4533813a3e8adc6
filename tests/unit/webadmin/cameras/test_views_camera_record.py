"""What an admin writes about a camera: nothing is lost by it, and registering tries waiting files again."""

import json

from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected


def test_registering_a_camera_tries_its_waiting_files_again(site: Site, admin: Person) -> None:
    waiting = site.put(rejected(reason="unknown_camera"), photo())
    answer = admin.send(f"/cameras/{CAMERA}/edit", {"name": "Oak", "registered": "1"})
    assert answer.status_code == 302
    asked = site.requests()
    assert [request["action"] for request in asked] == ["edit_camera", "requeue"]
    assert asked[1]["ids"] == [waiting.id]
    assert asked[0]["record"] == {"name": "Oak", "notes": "", "registered": True}


def test_editing_keeps_what_the_form_does_not_show(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps({"name": "Old", "sim": "8931"}))
    admin.send(f"/cameras/{CAMERA}/edit", {"name": "New", "registered": "1"})
    assert site.requests()[0]["record"] == {"name": "New", "sim": "8931", "notes": "", "registered": True}


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
