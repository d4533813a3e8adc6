"""Headers, cookies, CSRF, and hostile text on every page."""

import json
import re
from dataclasses import replace

import pytest

from ingest.outbox.outlook import Outlook, write_outlook
from ingest.spool.deliveries import Delivery, note_done, note_failed
from ingest.spool.outbox import prepare_target
from ingest.spool.sidecar import Problem, Trace
from ingest.spool.stamp import utc_text
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected
from webadmin.app import create_app

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "a\x1b[31mred",
    "photo\u202egpj.exe",
    "two\nlines\r\nSet-Cookie: x",
    '=HYPERLINK("http://evil")',
    "{{ 7919 * 7907 }}",
    "x" * 10_000,
)


def _pages(item_id: str) -> list[str]:
    return [
        "/overview",
        "/overview?live=1",
        "/files",
        "/files?verdict=rejected",
        f"/files/{item_id}",
        "/upload",
        "/outbox",
        "/outbox/nas",
        "/cameras",
        "/cameras?view=map",
        f"/cameras/{CAMERA}",
        "/profiles",
        f"/workshop/{item_id}",
        "/set-up",
        "/system",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_ever_text(site: Site, admin: Person, text: str) -> None:
    exif = {"Make": text, "Model": text, "BodySerialNumber": text}
    problems = (Problem("no_matching_profile", f"No profile knows {text}."),)
    trace = (Trace("instar", False, text),)
    bad = site.put(
        rejected(upload_path=text, exif=exif, reason="no_matching_profile", trace=trace, account=text), photo()
    )
    bad = site.put(replace(bad, problems=problems), photo())
    report = accepted(kind="report", upload_path=text, fields={"battery_percent": 60, "note": text})
    good = site.put(replace(report, warnings=()), b"x")
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps({"name": text, "notes": text}))
    for item in (bad, good):
        _refuse(site, item.id, text)
    for page in [*_pages(bad.id), f"/files/{good.id}"]:
        answer = admin.get(page)
        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        body = re.sub(r"<textarea.*?</textarea>", "", answer.text, flags=re.DOTALL)
        assert "\x1b" not in body
        assert "\u202e" not in re.sub(r'value="[^"]*"', "", body)
        assert "62615533" not in body  # the product: a template was run


def _refuse(site: Site, item_id: str, text: str) -> None:
    """Let a target say something of an item, of all that wait, and of itself."""
    answer = Delivery(item_id, item_id, None, utc_text(NOW), "failed", text, {text[:40]: text})
    note_done(site.root, "nas", [answer, replace(answer, outcome=text)])
    note_failed(site.root, "nas", answer)
    write_outlook(site.root, "nas", Outlook(text, text, text, text, text, 1, text))


def test_every_answer_carries_the_headers(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    prepare_target(site.root, "nas")
    for path in [*_pages(item.id), "/nothing-here", f"/files/{item.id}/original", "/static/style.css"]:
        headers = admin.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")


def test_no_page_has_inline_script_style_or_anything_from_outside(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    _refuse(site, item.id, "No.")
    for path in _pages(item.id):
        text = admin.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text), path
        assert "<style" not in text
        assert not re.search(r'(src|href)="(https?:)?//(?!127\.0\.0\.1:8080/check)', text), path


def test_a_form_without_its_token_changes_nothing(site: Site) -> None:
    item = site.put(accepted(), photo())
    admin = site.admin()
    for path in (
        "/files/act",
        f"/files/{item.id}/act",
        "/log-out",
        "/upload",
        "/set-up/password",
        "/outbox/nas/again",
        "/outbox/nas/pause",
    ):
        answer = admin.client.post(path, data={"action": "delete", "confirmed": "1", "id": item.id})
        assert answer.status_code == 400
        assert "Nothing was changed" in answer.text
    assert site.requests() == []


def test_behind_a_proxy_cookies_are_secure(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMSPOOL_BEHIND_PROXY", "1")
    visitor = replace(site, app=create_app(site.settings)).visitor()
    answer = visitor.get("/log-in", base_url="https://cams.example/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-camspool=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert answer.headers["Strict-Transport-Security"]
