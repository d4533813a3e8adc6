"""What to type into a camera, and the card to print."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.connections.store import log_path
from ingest.settings.values import Ftps, Settings
from ingest.spool.stamp import new_id
from tests.unit.webadmin.site import CAMERA, Person, Site, make_site


def test_a_card_for_a_camera_brings_its_check_page(site: Site, admin: Person) -> None:
    assert admin.send("/set-up/card", {"camera": CAMERA}).text.count('class="qr"') == 2
    assert admin.send("/set-up/card", {"camera": "the one by the oak"}).text.count('class="qr"') == 1


@pytest.fixture
def settled(tmp_path: Path) -> Site:
    """A site whose FTPS settings are its own."""
    camera = Ftps(host="cams.example", account="oak", old_tls=True)
    ports = replace(camera, port=2121, implicit_port=2990, passive_first=3000, passive_last=3100)
    return make_site(tmp_path, Settings(ftps=ports))


def test_what_is_typed_into_a_camera_is_what_the_settings_say(settled: Site) -> None:
    page = settled.admin().get("/set-up").text
    facts = dict(re.findall(r"<dt>(\w+)</dt><dd>(.*?)</dd>", page))
    assert (facts["Host"], facts["User"]) == ("<b>cams.example</b>", "<b>oak</b>")
    assert facts["Port"] == "<b>2121</b> explicit TLS, or <b>2990</b> implicit TLS"
    assert facts["Mode"] == "passive; data ports 3000 to 3100"
    assert facts["TLS"] == "1.2, and 1.0 and 1.1 for old cameras; the certificate need not be checked"
    assert "set its upload folder to INSTAR/lat&lt;latitude&gt;_lon&lt;longitude&gt;." in page


def test_the_password_is_shown_only_to_whoever_asks(settled: Site) -> None:
    admin = settled.admin()
    assert "four buttons" not in admin.get("/set-up").text
    assert "four buttons" not in admin.send("/set-up/card", {"camera": "oak"}).text
    assert "<code>four buttons</code>" in admin.send("/set-up/password", {}).text
    card = admin.send("/set-up/card", {"camera": "oak", "with_password": "1"}).text
    assert "<code>four buttons</code>" in card
    assert "This card holds the password. Destroy it after use." in card
    assert "ftp://oak@cams.example:2121/" in card


def test_a_password_that_is_not_known_here_is_a_sentence(settled: Site, tmp_path: Path) -> None:
    (tmp_path / "ftps.password").unlink()
    answer = settled.admin().send("/set-up/password", {})
    assert answer.status_code == 200
    assert "The FTPS password is not known here:" in answer.text
    assert "Show the password" in answer.text


def test_who_has_just_connected_comes_without_the_page_around_it(site: Site, admin: Person) -> None:
    assert "Nobody has connected yet" in admin.get("/set-up?live=1").text
    said = 'FTP command: Client "100.64.1.7", "USER camera"', '[camera] FAIL LOGIN: Client "100.64.1.7"'
    lines = (f"Mon Nov 23 20:23:20 2026 [pid 7502] {line}\n" for line in said)
    log_path(site.root, new_id()).write_text("".join(lines))
    part = admin.get("/set-up?live=1").text
    assert "The log-in as “camera” was refused: wrong account or password." in part
    assert "from 100.64.1.7" in part
    assert "<html" not in part


@pytest.mark.parametrize("name", ["FTPTest.txt", "cam/Test-Snapshot.jpeg"])
def test_a_test_button_gets_its_green_answer(site: Site, admin: Person, name: str) -> None:
    said = (
        'FTP command: Client "100.64.1.7", "USER camera"',
        '[camera] OK LOGIN: Client "100.64.1.7"',
        f'[camera] OK UPLOAD: Client "100.64.1.7", "/{name}", 0.00Kbyte/sec',
    )
    lines = (f"Mon Nov 23 20:23:20 2026 [pid 7502] {line}\n" for line in said)
    log_path(site.root, new_id()).write_text("".join(lines))
    page = admin.get("/set-up?live=1").text
    assert "came through" in page
    assert f"<b>{name} is what a Test button sends: its connection works.</b>" in page


def test_a_refusal_and_the_tls_that_was_spoken_are_told_as_far_as_they_are_known(settled: Site) -> None:
    client = 'Client "100.64.1.7"'
    said = [
        f'DEBUG: {client}, "SSL version: SSLv3, SSL cipher: AES128-SHA, not reused, no cert"',
        f'FTP command: {client}, "USER oak"',
        f"[oak] OK LOGIN: {client}",
        f'[oak] FTP command: {client}, "PORT 100,64,1,7,3,4"',
        f'[oak] FTP response: {client}, "550 Permission denied."',
    ]
    front = "Mon Nov 23 20:23:20 2026 [pid 7502] "
    log_path(settled.root, new_id()).write_text("".join(f"{front}{line}\n" for line in said))
    for page in ("/set-up", "/set-up?live=1"):
        shown = settled.admin().get(page).text
        assert "Switch the camera to passive mode (PASV)." in shown
        assert "TLSv1.2 or older, implicit" in shown
        assert "failed</span>" in shown
