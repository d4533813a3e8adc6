"""The page of one file, and its bytes."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html import unescape
from threading import Timer

import pytest

from ingest.index.store import enter, open_index
from ingest.requests.writing import ask
from ingest.spool.moves import Decided, commit
from ingest.spool.names import LOCAL, incoming_name
from ingest.spool.sidecar import Beginning, sidecar_text
from ingest.spool.stamp import earlier_id, new_id
from ingest.spool.trash import requests_in_trash
from tests.trees import TOO_LONG
from tests.unit.webadmin.files.partial import put_partial
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from webadmin.app import create_app
from webadmin.files import views_item


def test_a_report_is_shown_as_it_was_written_and_cannot_act(site: Site, admin: Person) -> None:
    said = (
        b"IMEI:861943070068027\r\nTemp:24\xa1\xe6\n<script>alert(1)</script>\x1b[31m\n\xe2\x80\xaegpj\n" + b"x" * 20_000
    )
    report = replace(accepted(kind="report", upload_path="dr.txt"), fields={"battery_percent": 60, "sd_free_mb": 59405})
    page = admin.get(f"/files/{site.put(report, said).id}").text
    assert "What the report says" in page
    assert "IMEI:861943070068027\n" in page
    assert "&lt;script&gt;" in page
    assert not any(trick in page for trick in ("<script>alert", "\x1b", "\u202e"))
    assert len(page) < 40_000
    assert "<dt>SD free</dt><dd>59405 MB</dd>" in page


def test_a_file_whose_verdict_is_being_committed_is_waited_for(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidecar = accepted()
    name = f"{sidecar.id}~local~x"
    (site.root / "incoming" / name).write_bytes(photo())
    (place,) = commit(site.root, [Decided(name, sidecar)])

    def know_it() -> None:
        with closing(open_index(site.root)) as index:
            enter(index, [(sidecar, place)])

    monkeypatch.setattr(views_item, "BETWEEN_S", 0.0)
    slow_disk = Timer(0.2, know_it)
    with closing(open_index(site.root)):  # the watcher keeps it open: a reader never meets one that is just being made
        slow_disk.start()
        answer = admin.get(f"/files/{sidecar.id}")
        slow_disk.join()
    assert answer.status_code == 200
    assert "Photo accepted." in answer.text


def test_a_profile_is_offered_first_where_none_fits(site: Site, admin: Person) -> None:
    strange, known = site.put(rejected(reason="no_matching_profile"), photo()), site.put(rejected(), photo(2))
    assert 'class="button primary" href="/workshop/' in admin.get(f"/files/{strange.id}").text
    assert 'class="button primary" href="/workshop/' not in admin.get(f"/files/{known.id}").text


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


@pytest.mark.parametrize("item_id", ["..%2f..%2fetc%2fpasswd", "20251205T154647.120034Z-zzzz", "x" * 3000, "%00", "1"])
def test_what_is_not_an_id_is_not_found(admin: Person, item_id: str) -> None:
    for path in (f"/files/{item_id}", f"/files/{item_id}/original", f"/files/{item_id}/sidecar"):
        assert admin.get(path).status_code == 404


def test_nginx_is_asked_to_send_originals_where_it_stands_in_front(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:

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


def test_a_file_that_is_gone_is_said_with_what_was_done_to_it(site: Site, admin: Person) -> None:
    item = site.put(rejected(), photo())
    ask(site.root, "delete", "anna", ids=[item.id])
    site.watch()
    answer = admin.get(f"/files/{item.id}")
    assert answer.status_code == 404
    assert "This file is in the trash" in answer.text
    assert re.search(r"What was done with it.*Delete</a> by anna", answer.text, re.DOTALL)
    ask(site.root, "empty_trash", "anna", requests=requests_in_trash(site.root))
    site.watch()
    answer = admin.get(f"/files/{item.id}")
    assert answer.status_code == 404
    assert "This file is gone" in answer.text


def test_the_page_of_a_file_that_waits_says_so(site: Site, admin: Person) -> None:
    item_id = new_id()
    (site.root / "incoming" / incoming_name(item_id, LOCAL, b"INSTAR/fox.jpg")).write_bytes(photo())
    page = admin.get(f"/files/{item_id}").text
    assert "INSTAR/fox.jpg" in page
    assert "It waits for its verdict since" in page


def test_the_page_of_a_beginning_says_what_it_waits_for_and_how_long(site: Site, admin: Person) -> None:
    page = admin.get(f"/files/{put_partial(site.root, b'INSTAR/fox.jpg')}").text
    assert re.search(r"INSTAR/fox.jpg.*broke off .*, after 13 ", page, re.DOTALL)
    assert "It waits for its rest." in page and "waits for its verdict since" not in page


def test_a_file_tells_how_its_transfer_ended_and_which_beginnings_went_into_it(site: Site, admin: Person) -> None:
    beginning = Beginning(new_id(), "short", new_id(), "first try.jpg", 60_000)
    item = site.put(accepted(transfer="cut", beginnings=(beginning,)), photo())
    page = admin.get(f"/files/{item.id}").text
    assert "it broke off; the camera was told so" in page
    assert re.search(r"Earlier tries</dt><dd>.*first try.jpg</span>, only the first 60 kB", page)
    plain = admin.get(f"/files/{site.put(accepted(), photo()).id}").text
    assert "Earlier tries" not in plain and "<dt>Transfer" not in plain


def test_one_camera_s_files_are_leafed_through_with_its_rejected_ones(site: Site, admin: Person) -> None:
    first, second, third = (
        site.put(item, photo())
        for item in (accepted(timedelta(minutes=9)), rejected(timedelta(minutes=6)), accepted(timedelta(minutes=3)))
    )
    page = admin.get(f"/files/{second.id}").text
    assert re.findall(r'rel="(prev|next)"[^>]* href="/files/([^"]+)"', page) == [("prev", first.id), ("next", third.id)]


def test_the_sidecar_is_a_download_as_it_lies_on_the_disk(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    answer = admin.get(f"/files/{item.id}/sidecar")
    assert answer.text == sidecar_text(item)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{item.id}-E1000159.JPG.json_"'


def test_deleting_one_file_asks_first_and_nothing_else_is_an_action(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    question = admin.send(f"/files/{item.id}/act", {"action": "delete"}).text
    assert "Delete 1 file?" in question
    assert f'<a class="button" href="/files/{item.id}">Keep</a>' in question
    assert admin.send(f"/files/{item.id}/act", {"action": "edit_camera", "confirmed": "1"}).status_code == 404
    assert site.requests() == []
    assert admin.send(f"/files/{item.id}/act", {"action": "delete", "confirmed": "1"}).headers["Location"] == "/files"
    assert [request["ids"] for request in site.requests()] == [[item.id]]


def test_a_file_whose_path_is_longer_than_any_call_takes_has_its_page_and_its_line(site: Site, admin: Person) -> None:
    long = site.put(accepted(upload_path="/".join([*TOO_LONG, "a.jpg"])), photo())
    for page in (f"/files/{long.id}", "/files", f"/cameras/{CAMERA}"):
        answer = admin.get(page)
        assert answer.status_code == 200
        assert not re.search(r"x{300}", answer.text)


def test_a_file_says_what_it_calls_its_camera_and_that_a_record_has_assigned_it(site: Site, admin: Person) -> None:
    own = site.put(accepted(camera_id="Hoehle", camera_text="Höhle", sources={"camera_id": "path"}), photo())
    assigned = accepted(camera_text="old", upload_path="b.jpg", sources={"camera_id": "path.id record"})
    of_itself, of_record = (admin.get(f"/files/{item.id}").text for item in (own, site.put(assigned, photo(2))))
    assert "the file says “Höhle”</small>" in of_itself
    assert "the file says “old”, and the record of that ID that it is this camera’s</small>" in of_record


def test_a_file_of_several_reports_leads_to_each_and_each_back_to_it(site: Site, admin: Person) -> None:
    whole = accepted(kind="report", upload_path="list.txt")
    ids = [earlier_id(whole.id, number) for number in (4, 3, 2, 1)]
    told = replace(whole, fields={"battery_percent": 60, "reported_at": "2026-04-30T15:46:07"})
    site.put(replace(told, id=ids[0], part_of=whole.id))
    site.put(replace(rejected(reason="unknown_camera"), id=ids[1], part_of=whole.id, kind="report"))
    known = site.put(accepted(kind="report", upload_path="alone.txt"))
    site.put(replace(told, earlier_reports=(ids[0], ids[1], known.id, ids[3], ids[0], whole.id)))
    page = admin.get(f"/files/{whole.id}").text
    links = re.findall(r'<li><a class="wrap" href="/files/([^"]+)">([^<]+)</a>(.*?)</li>', page)
    assert [item_id for item_id, _, _ in links] == [ids[0], ids[3], known.id, ids[1]]
    assert links[0][1] == "30 Apr 2026, 15:46:07" and CAMERA in links[0][2]
    assert "was deleted since" in links[1][2]
    assert "was here already" in links[2][2]
    assert "rejected" in links[3][2] and "was here already" not in links[3][2]
    assert f'href="/files/{whole.id}">the file in which it stood' in admin.get(f"/files/{ids[0]}").text
    assert "Reports in this file" not in admin.get(f"/files/{known.id}").text
    assert admin.get("/files").text.count("report of a list") == 2


def test_a_file_leads_back_to_the_list_that_it_was_found_in(site: Site, admin: Person) -> None:
    items = [site.put(rejected(timedelta(minutes=9 - number)), photo(number)) for number in range(3)]
    listed = unescape(admin.get("/files?verdict=rejected&q=E1000159").text)
    link = re.search(rf'href="(/files/{items[1].id}\?list=[^"]+)"', listed)
    assert link
    page = unescape(admin.get(link[1]).text)
    assert '<a href="/files?verdict=rejected&q=E1000159">Back to the list</a>' in page
    for neighbour in (items[0], items[2]):
        assert f"/files/{neighbour.id}?list=verdict" in page, "also from its neighbours"
    assert '<a href="/files?">Files</a>' in admin.get(f"/files/{items[1].id}").text


@pytest.mark.parametrize("query", ["//evil.example", "q=<script>", "javascript:alert(1)", "x" * 9000, "after=<b>"])
def test_a_way_back_leads_to_a_list_of_ours(site: Site, admin: Person, query: str) -> None:
    item = site.put(accepted(), photo())
    page = admin.get(f"/files/{item.id}", query_string={"list": query}).text
    assert re.search(r'<a href="/files\?[^"]*">(Back to the list|Files)</a>', page)
    assert "evil" not in page and "<script>" not in page.replace('<script src="', "")
