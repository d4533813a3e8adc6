"""What an admin writes about a camera: nothing is lost by it, and registering tries waiting files again."""

import json
from pathlib import Path

import pytest
from markupsafe import escape

from ingest.requests import answers
from ingest.spool.camera_records import read_camera_record, write_camera_record
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


def test_the_zone_of_a_camera_is_written_and_taken_away_again(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    for zone, record in (
        (" Africa/Nairobi ", {"name": "Oak", "notes": "", "registered": True, "zone": "Africa/Nairobi"}),
        ("", {"name": "Oak", "notes": "", "registered": True}),
    ):
        admin.send(f"/cameras/{CAMERA}/edit", {"name": "Oak", "registered": "1", "zone": zone})
        site.watch()
        assert read_camera_record(site.root, CAMERA) == record
        assert f'name="zone" value="{zone.strip()}"' in admin.get(f"/cameras/{CAMERA}").text


def test_a_form_without_a_zone_leaves_it(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"zone": "Africa/Nairobi"})
    admin.send(f"/cameras/{CAMERA}/edit", {"name": "Oak"})
    assert site.requests()[0]["record"]["zone"] == "Africa/Nairobi"


@pytest.mark.parametrize("zone", ["Nairobi", "../UTC", "UTC+3", "<b>"])
def test_a_zone_that_nobody_knows_is_a_sentence_and_changes_nothing(site: Site, admin: Person, zone: str) -> None:
    site.put(accepted(), photo())
    page = admin.send(f"/cameras/{CAMERA}/edit", {"name": "Oak", "zone": zone}, follow_redirects=True).text
    assert f"Not saved: The time zone {escape(zone)} is unknown; expected a name such as Africa/Nairobi." in page
    assert site.requests() == []


def test_a_wrong_zone_in_a_record_that_was_written_by_hand_is_shown(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"zone": "Mars"})
    assert "The time zone Mars is unknown" in admin.get(f"/cameras/{CAMERA}").text


def test_what_the_watcher_refuses_is_said_and_releases_nothing(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put(rejected(reason="unknown_camera"), photo())
    write_camera_record(site.root, CAMERA, {"registered": False, "zone": "Mars"})

    def answered(root: Path, ids: list[str]) -> object:
        site.watch()
        return answers.wait_for(root, ids)

    monkeypatch.setattr("webadmin.asking.wait_for", answered)
    page = admin.send(f"/cameras/{CAMERA}/edit", {"registered": "1"}, follow_redirects=True).text
    assert "Not saved: The time zone Mars is unknown" in page
    assert site.requests() == []
