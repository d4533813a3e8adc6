"""A camera is added on one page, and its card says what to type."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ingest.requests import answers
from ingest.spool.camera_accounts import account_of
from ingest.spool.camera_records import read_camera_record
from ingest.spool.sites import sites_in
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from tests.unit.webadmin.watching import answering

GATE = {"name": "Gate North", "make": "Bushnell", "position": "52.09877, 5.12534", "site": "North gate"}


@pytest.fixture
def _watched(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(answers, "PATIENCE_S", 60.0)
    with answering(site):
        yield


def password_on(page: str) -> str:
    found = re.search(r'<code class="password">(.*?)</code>', page)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1])


@pytest.mark.usefixtures("_watched")
def test_a_camera_is_added_with_its_account_and_its_site(site: Site, admin: Person) -> None:
    page = admin.send("/add-camera", GATE).text
    assert re.fullmatch(r"\d{12}", password_on(page))
    assert "<dd><b>gate-north</b></dd>" in page and page.count('class="qr"') == 2
    record = read_camera_record(site.root, "Gate_North")
    assert record is not None and (record["name"], record["make"]) == ("Gate North", "Bushnell")
    assert sites_in(read_camera_record(site.root, "Gate_North"))[0].position == (52.09877, 5.12534)
    assert "never seen" in admin.get("/cameras/Gate_North").text


@pytest.mark.usefixtures("_watched")
def test_a_password_is_shown_once_and_kept_nowhere(site: Site, admin: Person) -> None:
    password = password_on(admin.send("/add-camera", GATE).text)
    for page in ("/cameras/Gate_North", "/set-up", "/system"):
        assert password not in admin.get(page).text
    assert password not in admin.send("/set-up/card", {"camera": "Gate_North", "with_password": "1"}).text
    for file in site.root.rglob("*"):
        assert not file.is_file() or password.encode() not in file.read_bytes()


@pytest.mark.usefixtures("_watched")
def test_a_camera_with_a_folder_is_told_its_folder(site: Site, admin: Person) -> None:
    page = admin.send("/add-camera", GATE | {"way": "folder"}).text
    assert "<dd><code>/Gate_North</code></dd>" in page and "<dd><b>camera</b></dd>" in page
    assert account_of(site.root, "Gate_North") is None
    card = admin.send("/set-up/card", {"camera": "Gate_North"}).text
    assert "<code>/Gate_North</code>" in card
    assert "known by its folder" in admin.get("/cameras/Gate_North").text


def test_a_card_is_shown_even_while_the_watcher_rests(site: Site, admin: Person) -> None:
    page = admin.send("/add-camera", GATE).text
    assert "The watcher has not answered yet" in page and password_on(page)
    site.watch()
    assert account_of(site.root, "Gate_North") is not None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "../x"}, "cannot be a camera&#39;s name"),
        ({"name": CAMERA}, "There is a camera 861943070068027 already."),
        ({"position": "north of the oak"}, "The position is `north of the oak`"),
        ({"from": "spring"}, "start was not understood"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_the_form_keeps_what_was_typed(
    site: Site, admin: Person, typed: dict[str, str], said: str
) -> None:
    site.put(accepted(), photo())
    answer = admin.send("/add-camera", GATE | typed)
    assert answer.status_code == 422 and said in answer.text
    assert 'value="Bushnell"' in answer.text
    assert site.requests() == []


@pytest.mark.usefixtures("_watched")
def test_two_admins_who_add_one_camera_at_once_get_one_account(site: Site, admin: Person) -> None:
    first = admin.send("/add-camera", GATE)
    second = site.admin().send("/add-camera", GATE)
    assert first.status_code == 200
    assert second.status_code == 422 and "There is a camera Gate_North already." in second.text


@pytest.mark.usefixtures("_watched")
def test_a_camera_that_is_here_gets_an_account_once(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    assert "It has no account of its own" in admin.get(f"/cameras/{CAMERA}").text
    assert "<dd><b>861943070068027</b></dd>" in admin.send(f"/cameras/{CAMERA}/account", {}).text
    again = admin.send(f"/cameras/{CAMERA}/account", {}, follow_redirects=True).text
    assert "has the account 861943070068027 already" in again
    assert admin.send("/cameras/..%2Fx/account", {}).status_code == 404


def test_photos_without_an_id_lead_to_the_form(site: Site, admin: Person) -> None:
    sidecar = rejected(reason="missing_camera_id", camera_id=None)
    item = site.put(replace(sidecar, exif={"Make": "BUSHNELL"}), photo())
    assert 'href="/add-camera?make=BUSHNELL"' in admin.get(f"/files/{item.id}").text
    assert 'href="/add-camera"' in admin.get("/overview").text
    assert 'value="BUSHNELL"' in admin.get("/add-camera?make=BUSHNELL").text


def test_hostile_text_stays_text(admin: Person) -> None:
    page = admin.send("/add-camera", {"name": '"><script>alert(1)</script>/', "make": "<b>"}).text
    assert "<script>alert" not in page and "<b>&lt;" not in page.replace("&lt;b&gt;", "")
