"""Headers, bytes of strangers, and hostile text on every page, in CSV, zip and log lines."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.spool.sidecar import Problem, Trace
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected
from webadmin.csv_export import cell, stream_csv
from webadmin.display import plain
from webadmin.files.originals import open_original

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
        "/cameras",
        "/cameras?view=map",
        f"/cameras/{CAMERA}",
        "/profiles",
        f"/profiles/draft/{item_id}",
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
    for page in [*_pages(bad.id), f"/files/{good.id}"]:
        answer = admin.get(page)
        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        body = re.sub(r"<textarea.*?</textarea>", "", answer.text, flags=re.DOTALL)
        assert "\x1b" not in body
        assert "\u202e" not in re.sub(r'value="[^"]*"', "", body)
        assert "62615533" not in body  # the product: a template was run


def test_every_answer_carries_the_headers(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    for path in [*_pages(item.id), "/nothing-here", f"/files/{item.id}/original", "/static/style.css"]:
        headers = admin.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")


def test_no_page_has_inline_script_style_or_anything_from_outside(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    for path in _pages(item.id):
        text = admin.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text), path
        assert "<style" not in text
        assert not re.search(r'(src|href)="(https?:)?//(?!localhost/check)', text), path


def test_a_photo_is_sent_as_one_only_when_it_was_decoded(site: Site, admin: Person) -> None:
    good = site.put(accepted(), photo())
    page = b"\xff\xd8\xff<html><script>alert(1)</script>"
    bad = site.put(rejected(upload_path="evil.jpg"), page)
    shown, hidden = admin.get(f"/files/{good.id}/original"), admin.get(f"/files/{bad.id}/original")
    assert shown.content_type == "image/jpeg"
    assert shown.data == photo()
    assert hidden.content_type == "application/octet-stream"
    assert hidden.headers["Content-Disposition"].startswith("attachment")
    for answer in (shown, hidden):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert admin.get(f"/files/{bad.id}/thumbnail").status_code == 302


def test_a_picture_that_claims_gigapixels_is_not_decoded(site: Site, admin: Person) -> None:
    content = bytearray(photo())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    item = site.put(accepted(), bytes(content))
    assert admin.get(f"/files/{item.id}/thumbnail").status_code == 302


def test_a_cut_photo_still_has_a_thumbnail(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo()[:6000])
    answer = admin.get(f"/files/{item.id}/thumbnail")
    assert answer.content_type == "image/jpeg"


def test_a_thumbnail_is_made_once(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    first = admin.get(f"/files/{item.id}/thumbnail").data
    for place in (site.root / "accepted").rglob(f"{item.id}-*.JPG"):
        place.write_bytes(b"changed")
    assert admin.get(f"/files/{item.id}/thumbnail").data == first


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "accepted/../../secret", "accepted"])
def test_no_place_leads_out_of_the_spool(site: Site, place: str) -> None:
    with pytest.raises(FileNotFoundError):
        open_original(site.root, place)


def test_a_link_among_the_items_is_not_followed(site: Site, admin: Person, tmp_path: object) -> None:
    item = site.put(accepted(), photo())
    place = next((site.root / "accepted").rglob(f"{item.id}-*.JPG"))
    place.unlink()
    place.symlink_to("/etc/passwd")
    assert admin.get(f"/files/{item.id}/original").status_code == 404


@pytest.mark.parametrize("item_id", ["..%2f..%2fetc%2fpasswd", "20251205T154647.120034Z-zzzz", "x" * 3000, "%00", "1"])
def test_what_is_not_an_id_is_not_found(admin: Person, item_id: str) -> None:
    for path in (f"/files/{item_id}", f"/files/{item_id}/original", f"/system/requests/{item_id}"):
        assert admin.get(path).status_code == 404


def test_nginx_is_asked_to_send_originals_where_it_stands_in_front(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from webadmin.app import create_app

    item = site.put(accepted(), photo())
    monkeypatch.setenv("CAMSPOOL_BEHIND_PROXY", "1")
    admin = replace(site, app=create_app(site.settings)).visitor()
    words = {"base_url": "https://cams.example/"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.get("/log-in", **words).text)
    form = {"name": "anna", "password": "a password for tests", "csrf_token": token[1] if token else ""}
    headers = {"Referer": "https://cams.example/log-in"}
    admin.client.post("/log-in", data=form, headers=headers, **words)
    answer = admin.get(f"/files/{item.id}/original", **words)
    assert answer.headers["X-Accel-Redirect"].startswith(f"/originals/accepted/{CAMERA}/")
    assert answer.content_type == "image/jpeg"
    assert answer.data == b""


def test_a_spreadsheet_runs_nothing(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps({"name": "=1+1", "notes": "\t@SUM(A1)"}))
    lines = admin.get("/cameras?format=csv").text
    assert "'=1+1" in lines
    assert "\t" not in lines
    assert cell("\n=1") == "' =1"
    assert list(stream_csv(["a"], [["x\r\ny"]]))[2] == "x  y\r\n"


def test_names_inside_a_zip_are_safe_and_the_manifest_is_right(site: Site, admin: Person) -> None:
    import hashlib

    items = [site.put(accepted(timedelta(minutes=n), upload_path="../../<x>\n.JPG"), photo(n)) for n in (1, 2)]
    answer = admin.send("/files/act", {"action": "download", "id": [item.id for item in items]})
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name for name in archive.namelist())
    lines = archive.read("sha256sums.txt").decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert len(sums) == 4
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_plain_text_has_no_tricks_and_an_end() -> None:
    assert plain("a\x1b[0m\u200b\u202eb\n") == "a�[0m��b�"
    assert len(plain("x" * 10_000, 50)) == 50
    assert NOW
