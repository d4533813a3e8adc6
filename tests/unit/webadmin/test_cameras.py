"""Cameras: state by our clock, clocks by name, signal bands, moves, attention, check links."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.requests import answers
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from webadmin.cameras.check_links import check_token, read_token
from webadmin.cameras.clock import clock_error
from webadmin.cameras.health import camera_state, never_seen, read_camera, signal_band
from webadmin.cameras.positions import moved_m

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = 3600


def _row(**changes: Any) -> dict[str, Any]:
    row = {
        "camera_id": CAMERA,
        "profile": "willfine-4.0t-cg",
        "last_received_at": "2026-06-01T11:00:00.000000Z",
        "last_image_at": None,
        "last_report_at": None,
        "images_accepted": 3,
        "rejected": 1,
        "last_image_id": None,
        "clock_errors_s": "30 40 35",
        "positions": "[[52.0, 5.0], [52.0, 5.0]]",
        "home": "[52.0, 5.0]",
        "battery_percent": 96,
        "signal_csq": 18,
        "temperature_c": 21,
        "sd_used_percent": 2.6,
        "images_sent": 4,
    }
    return {**row, **changes}


@pytest.mark.parametrize(
    ("errors_s", "kind", "words"),
    [
        ("30", "good", "right"),
        ("400 410 420", "good", "right within 7 min"),
        ("-200", "good", "right within 4 min"),
        ("-900", "ahead", "15 min ahead"),
        ("2400", "slow", "40 min behind"),
        (f"{HOUR + 45}", "zone", "1 h behind"),
        (f"{-2 * HOUR + 60}", "zone", "2 h ahead"),
        (f"{12 * HOUR + 100}", "am_pm", "12 h behind: AM and PM"),
        (f"{-12 * HOUR + 40}", "am_pm", "12 h ahead: AM and PM"),
        (f"{26 * 365 * 86400}", "reset", "reset to its first day"),
        (f"{5 * 86400}", "slow", "5 days behind"),
        (f"30 40 {12 * HOUR}", "good", "right"),
    ],
)
def test_a_clock_error_has_a_name(errors_s: str, kind: str, words: str) -> None:
    error = clock_error(errors_s, NOW)
    assert error
    assert error.kind == kind
    assert words in error.words
    assert error.is_wrong == (kind != "good")


def test_no_photos_tell_nothing_about_the_clock() -> None:
    assert clock_error(None, NOW) is None
    assert clock_error("", NOW) is None


def test_state_is_judged_by_contact() -> None:
    assert camera_state(NOW - timedelta(days=7), NOW, 7) == "active"
    assert camera_state(NOW - timedelta(days=7, seconds=1), NOW, 7) == "silent"
    assert camera_state(None, NOW, 7) == "never"


def test_a_healthy_camera_needs_no_attention() -> None:
    camera = read_camera(_row(), None, NOW, 7)
    assert camera.attention == ()
    assert camera.state == "active"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"battery_percent": 29}, "battery"),
        ({"sd_used_percent": 80.5}, "sd"),
        ({"last_received_at": "2026-05-20T11:00:00.000000Z"}, "silent"),
        ({"clock_errors_s": "3600 3600 3600"}, "clock"),
        ({"positions": "[[52.01, 5.0], [52.01, 5.0], [52.0, 5.0]]"}, "moved"),
    ],
)
def test_each_limit_calls_for_attention(changes: dict[str, Any], kind: str) -> None:
    assert [one.kind for one in read_camera(_row(**changes), None, NOW, 7).attention] == [kind]


@pytest.mark.parametrize("changes", [{"battery_percent": 30}, {"sd_used_percent": 80.0}])
def test_the_limits_themselves_are_fine(changes: dict[str, Any]) -> None:
    assert read_camera(_row(**changes), None, NOW, 7).attention == ()


def test_signal_99_is_unknown_and_never_excellent() -> None:
    assert read_camera(_row(signal_csq=99), None, NOW, 7).signal_csq is None
    assert [signal_band(csq) for csq in (0, 1, 2, 9, 10, 14, 15, 19, 20, 31, None)] == (
        ["none", "none", "poor", "poor", "fair", "fair", "good", "good", "excellent", "excellent", "unknown"]
    )


def test_one_jump_is_a_bad_fix_and_two_are_a_move() -> None:
    home, away, further = (52.0, 5.0), (52.003, 5.0), (52.002, 5.0)
    assert moved_m([away, home, home], home) is None
    assert moved_m([away, away, home], home) == pytest.approx(333, abs=2)
    assert moved_m([further, further], home) is None
    assert moved_m([away, away], away) is None
    assert moved_m([away, away], None) is None


def test_a_camera_that_nobody_has_heard_of_raises_no_alarm() -> None:
    camera = never_seen(CAMERA, {"name": "Spare"})
    assert (camera.state, camera.attention, camera.name) == ("never", (), "Spare")


def test_a_position_that_an_admin_wrote_is_the_home() -> None:
    row = _row(positions="[[52.01, 5.0], [52.01, 5.0]]")
    assert read_camera(row, {"latitude": 52.01, "longitude": 5.0}, NOW, 7).attention == ()


def test_a_check_link_opens_one_camera_and_cannot_be_forged(site: Site) -> None:
    with site.app.app_context():
        token = check_token(CAMERA)
        assert read_token(token) == CAMERA
        for forged in (token[:-1] + "x", token.replace("861943", "861944"), CAMERA, "", "~", "x~y", "é~é"):
            assert read_token(forged) is None


def test_the_check_page_tells_a_rejected_photo_and_a_test(site: Site) -> None:
    site.put(rejected(), photo())
    with site.app.app_context():
        token = check_token(CAMERA)
    visitor = site.visitor()
    shown = visitor.get(f"/check/{token}").text
    assert re.search(r"Photo rejected \d+ min ago: The photo has no position\.", shown)
    site.put(rejected(timedelta(seconds=20), upload_path="Test-Snapshot.jpeg"), b"")
    assert len(visitor.get(f"/check/{token}").data) < 5000


def test_a_photo_from_the_last_day_of_the_calendar_breaks_no_page(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(hours=3), captured_at_utc="9999-12-31T23:59:59Z"), photo())
    with site.app.app_context():
        check_page = f"/check/{check_token(CAMERA)}"
    pages = ("/overview", "/cameras", "/cameras?format=csv", "/visits", f"/cameras/{CAMERA}", "/files", check_page)
    assert {page: admin.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_report_from_an_upload_is_no_contact(site: Site, admin: Person) -> None:
    site.put(accepted(source="upload"), photo())
    assert "No camera yet" in admin.get("/cameras").text


def test_every_camera_that_a_file_names_has_a_page(site: Site, admin: Person) -> None:
    items = [
        site.put(accepted(source="upload"), photo()),
        site.put(rejected(source="local", camera_id="861943070068035", upload_path="b.jpg"), photo(2)),
    ]
    for item in items:
        link = f"/cameras/{item.camera_id}"
        assert f'href="{link}"' in admin.get(f"/files/{item.id}").text
        assert admin.get(link).status_code == 200
    assert admin.get("/cameras/861943070068043").status_code == 404


def test_an_admins_upload_is_no_news_at_the_tree(site: Site, admin: Person) -> None:
    with site.app.app_context():
        check_page = f"/check/{check_token(CAMERA)}"
    site.put(accepted(timedelta(minutes=2), source="upload"), photo())
    assert "Nothing has arrived from this camera yet." in site.visitor().get(check_page).text
    site.put(rejected(timedelta(minutes=9), upload_path="b.jpg"), photo(2))
    assert re.search(r"Photo rejected \d+ min ago", site.visitor().get(check_page).text)


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
