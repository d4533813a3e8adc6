"""The machine's page: what admins did, the settings in force, and the log."""

import re
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.requests.answers import recent_answers
from ingest.requests.carrying_out import done_file, write_done
from ingest.requests.writing import ask
from ingest.settings.values import Ftps, Settings
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.site import NOW, Person, Site, accepted, photo, rejected
from webadmin.system.views import settings_sections


def test_a_month_of_large_clean_ups_is_summed_up_once(site: Site, admin: Person) -> None:
    item, nights = site.put(rejected(attempts=2), photo()), [new_id(NOW - timedelta(days=day)) for day in range(30)]
    for night in nights:
        results = [{"id": new_id(NOW), "outcome": "deleted", "message": ""} for _ in range(50)]
        refused = {"id": item.id, "outcome": "refused", "message": "It cannot be changed."}
        write_done(site.root, night, {"action": "retention", "done_at": utc_text(NOW), "results": [*results, refused]})
    again = ask(site.root, "requeue", "anna", ids=[item.id])
    page = admin.get("/system").text
    assert page.count("50 done, 1 refused") == 29
    assert "anna: waits" in page
    for night in nights:
        done_file(site.root, night).write_text("an answer never changes, so nobody reads this")
    assert admin.get("/system").text.count("50 done, 1 refused") == 29
    assert [answer.id for answer in recent_answers(site.root, 300, naming=item.id)] == [again]
    site.watch()
    assert "anna: 1 done" in admin.get("/system").text
    assert "Requeue</a> by anna" in admin.get(f"/files/{item.id}").text


def test_what_people_did_is_not_pushed_out_by_the_gateways_own_test(site: Site, admin: Person) -> None:
    ask(site.root, "requeue", "anna", ids=[])
    for _ in range(40):
        ask(site.root, "delete", "canary", ids=[])
    site.watch()
    page = admin.get("/system").text
    assert "anna" in page
    assert "canary" not in page


@pytest.mark.parametrize("request_id", ["..%2f..%2fetc%2fpasswd", "20251205T154647.120034Z-zzzz", "x" * 3000, "%00"])
def test_what_is_not_an_id_is_no_request(admin: Person, request_id: str) -> None:
    assert admin.get(f"/system/requests/{request_id}").status_code == 404


def test_settings_tell_their_value_their_meaning_and_what_was_set() -> None:
    sections = dict(settings_sections(Settings(time_zone="Europe/Amsterdam", ftps=Ftps(port=2121))))
    general = {name: (value, changed) for name, value, _, changed in sections["General"]}
    assert general["time_zone"] == ("Europe/Amsterdam", True)
    assert general["workers"] == (2, False)
    assert general["profiles"] == ("/etc/camspool/profiles", False)
    assert ("port", 2121, "Port for explicit TLS.", True) in sections["ftps"]
    assert ("implicit_port", 990, "Port for implicit TLS.", False) in sections["ftps"]
    assert sections.keys() == {"General"} | {part.name for part in fields(Settings) if is_dataclass(part.default)}


def test_the_page_shows_settings_in_force_and_no_secret(site: Site, admin: Person, tmp_path: Path) -> None:
    page = admin.get("/system").text
    assert f"<code>{tmp_path / 'spool'}</code> <span" in page
    for secret in ("ftps.password", "admins", "secret"):
        assert str(tmp_path / secret) in page
        assert (tmp_path / secret).read_text().strip() not in page


def test_the_log_comes_without_the_page_around_it_and_filtered(site: Site, admin: Person) -> None:
    site.put(accepted(upload_path="fox.jpg"))
    site.put(rejected(upload_path="badger.jpg"))
    part = admin.get("/system?live=1&q=badger&level=attention").text
    assert "reason=missing_location" in part
    assert not re.search(r"fox\.jpg|<html", part)
    assert "Nothing was logged that fits the filter." in admin.get("/system?live=1&level=bad").text


def test_how_a_request_ended_is_told_item_by_item_with_what_was_refused_first(site: Site, admin: Person) -> None:
    good, bad = site.put(accepted(upload_path="a.jpg"), photo()), site.put(rejected(upload_path="b.jpg"), photo())
    request_id = ask(site.root, "requeue", "anna", ids=[bad.id, good.id])
    assert "The watcher has not answered yet." in admin.get(f"/system/requests/{request_id}").text
    site.watch()
    page = admin.get(f"/system/requests/{request_id}").text
    assert "1 done, 1 refused." in page
    assert re.findall(r'<a class="id wrap" href="/files/([^"]+)">', page) == [good.id, bad.id]
    assert "Only rejected items can be tried again; this one is accepted." in page
