"""Pages about files: what goes soon, what is too much for one download, what a report says, and what is measured."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html import unescape
from threading import Timer

import pytest

from ingest.index.store import enter, open_index
from ingest.spool.moves import Decided, commit
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from webadmin.cameras.check_links import check_token
from webadmin.files import views
from webadmin.overview.lights import STALE_S, TITLES, Lights


def test_what_is_deleted_within_three_days_is_said_aloud(site: Site, admin: Person) -> None:
    site.put(rejected(timedelta(days=28)), photo())
    site.put(rejected(timedelta(days=2), upload_path="later.jpg"), photo())
    page = admin.get("/files").text
    assert '<span class="badge attention">deleted in 2 days</span>' in page
    assert "1 goes within 3 days" in page
    assert page.count("in 28 days") == 1
    assert page.count("badge attention") == 1


def test_what_is_due_but_still_there_is_not_called_deleted(site: Site, admin: Person) -> None:
    item = site.put(rejected(timedelta(days=30, hours=6)), photo())
    page = admin.get("/files").text
    assert '<span class="badge attention">due</span> <small>goes with the next clean-up</small>' in page
    assert not re.search("deleted [^<]* ago", page)
    page = admin.get(f"/files/{item.id}").text
    assert "It is due: it goes with the next clean-up." in page
    assert "It will be deleted" not in page


def test_a_download_that_holds_less_than_was_asked_for_is_refused(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        site.put(rejected(upload_path=f"{number}.jpg"), photo(number))
    form = {"action": "download", "everything": "1", "verdict": "rejected", "newest": str(2**62)}
    assert admin.send("/files/act", form).mimetype == "application/zip"
    monkeypatch.setattr(views, "ARCHIVE_MAX", 2)
    answer = admin.send("/files/act", form, follow_redirects=True)
    assert "One download holds at most 2 files." in answer.text


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


def test_a_file_whose_verdict_is_being_committed_is_waited_for(site: Site, admin: Person) -> None:
    sidecar = accepted()
    name = f"{sidecar.id}~local~x"
    (site.root / "incoming" / name).write_bytes(photo())
    (place,) = commit(site.root, [Decided(name, sidecar)])

    def know_it() -> None:
        with closing(open_index(site.root)) as index:
            enter(index, [(sidecar, place)])

    slow_disk = Timer(1.0, know_it)
    with closing(open_index(site.root)):  # the watcher keeps it open: a reader never meets one that is just being made
        slow_disk.start()
        answer = admin.get(f"/files/{sidecar.id}")
        slow_disk.join()
    assert answer.status_code == 200
    assert "Photo accepted." in answer.text


def test_a_causes_link_shows_as_many_files_as_the_cause_counts(site: Site, admin: Person) -> None:
    for number, camera_id in enumerate([None, None, CAMERA, CAMERA, CAMERA, "lat52.1_lon5.1"]):
        site.put(rejected(upload_path=f"{number}.jpg", camera_id=camera_id), photo(number))
    overview = unescape(admin.get("/overview").text)
    causes = re.findall(r'href="(/files[^"]*reason=[^"]*)".*?data-label="Files">(\d+)<', overview, re.DOTALL)
    assert sorted(files for _, files in causes) == ["1", "2", "3"]
    for link, files in causes:
        assert re.search(rf"<p>{files} files? match", admin.get(link).text), link
    assert 'name="camera" value="no camera"' in admin.get("/files?camera=-").text


def test_a_profile_is_offered_first_where_none_fits(site: Site, admin: Person) -> None:
    strange, known = site.put(rejected(reason="no_matching_profile"), photo()), site.put(rejected(), photo(2))
    assert 'class="button primary" href="/profiles/draft/' in admin.get(f"/files/{strange.id}").text
    assert 'class="button primary" href="/profiles/draft/' not in admin.get(f"/files/{known.id}").text


def test_the_check_page_calls_a_photo_that_came_twice_good(site: Site) -> None:
    site.put(accepted(timedelta(minutes=9)), photo())
    site.put(rejected(timedelta(minutes=2), reason="duplicate"), photo())
    with site.app.app_context():
        shown = site.visitor().get(f"/check/{check_token(CAMERA)}").text
    assert re.search('<li class="good"><b>Photo</b>Photo sent once more .* ago; it is here already.</li>', shown)


def test_the_check_page_does_not_show_an_old_position_as_good(site: Site) -> None:
    site.put(accepted(timedelta(minutes=9)), photo())
    site.put(rejected(timedelta(minutes=2)), photo(2))
    with site.app.app_context():
        shown = site.visitor().get(f"/check/{check_token(CAMERA)}").text
    assert '<li class="bad"><b>GPS</b>no position in the last photo' in shown
    assert "52.09877" not in shown


def test_a_card_for_a_camera_brings_its_check_page(site: Site, admin: Person) -> None:
    assert admin.send("/set-up/card", {"camera": CAMERA}).text.count('class="qr"') == 2
    assert admin.send("/set-up/card", {"camera": "the one by the oak"}).text.count('class="qr"') == 1


def test_what_cannot_be_measured_is_red() -> None:
    def fails() -> dict[str, object]:
        raise OSError("no disk")

    broken = Lights(fails).parts()
    assert [(part["name"], part["state"]) for part in broken] == [(name, "bad") for name in TITLES]
    partly = Lights(lambda: {"parts": [{"name": "queue", "state": "good", "sentence": "", "figures": {}}]}).parts()
    assert {part["name"]: part["state"] for part in partly} == {**dict.fromkeys(TITLES, "bad"), "queue": "good"}


def test_what_was_measured_long_ago_is_red() -> None:
    part = {"name": "queue", "state": "good", "sentence": "", "figures": {}}
    answers = iter([{"parts": [part]}])
    lights = Lights(lambda: next(answers))
    assert any(one["state"] == "good" for one in lights.parts())
    lights._measured_at -= STALE_S + 1
    assert {one["state"] for one in lights.parts()} == {"bad"}
