"""The upload tool: a file is tried, or processed, or sent through FTPS; each way tells its verdict, or why not."""

import io
import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from ingest.index.store import enter, open_index
from ingest.pipeline import give_verdict, item_in
from ingest.profiles.catalogue import load_catalogue
from ingest.reading.exiftool import Exiftool
from ingest.settings.values import SHIPPED_PROFILES, Ftps, Settings
from ingest.simulation.photos import plain_photo
from ingest.spool.moves import commit
from ingest.spool.sidecar import parse_sidecar
from tests.unit.webadmin.site import CAMERA, Person, Site, make_site, photo, rejected
from webadmin.app import create_app
from webadmin.upload import views


def _send(admin: Person, *files: tuple[bytes, str], **form: str) -> str:
    streams = [(io.BytesIO(content), name) for content, name in files]
    return admin.send("/upload", {**form, "files": streams}, content_type="multipart/form-data").text


@contextmanager
def _a_gateway_for_one_upload(site: Site) -> Iterator[None]:
    """Take the request and give the file its verdict, as the watcher does."""

    def watch() -> None:
        while not site.requests():
            time.sleep(0.01)
        site.watch()
        (file,) = (site.root / "incoming").glob("*~local~*")
        item = item_in(site.root, file.name, lambda _: (None, None))
        decided = give_verdict(
            site.root, file.name, item, load_catalogue([SHIPPED_PROFILES]), site.settings, Exiftool()
        )
        with closing(open_index(site.root)) as index:
            enter(index, [(decided.sidecar, commit(site.root, [decided])[0])])

    watcher = Thread(target=watch)
    watcher.start()
    yield
    watcher.join()


def test_the_upload_tool_tries_without_storing(site: Site, admin: Person) -> None:
    form = {"files": (io.BytesIO(photo()), "../../evil/E1000001.JPG"), "way": "try", "folder": "../x/./y"}
    page = admin.send("/upload", form, content_type="multipart/form-data").text
    assert "x/y/E1000001.JPG" in page
    assert "Tried only" in page
    assert not any((site.root / "incoming").iterdir())
    assert site.requests() == []


def test_an_item_that_was_downloaded_is_tried_under_the_path_and_account_it_came_by(site: Site, admin: Person) -> None:
    path = "INSTAR/lat52.02368_lon12.98290/A_2026-04-30_15-46-07.jpeg"
    item = site.put(rejected(upload_path=path, account="ridge"), photo())
    name = f"{item.id}-A_2026-04-30_15-46-07.jpeg"
    assert path in _send(admin, (plain_photo(seed=1), name), way="try")
    assert "north/A_2026-04-30_15-46-07.jpeg" in _send(admin, (photo(), name), way="try", folder="north")
    unknown = _send(admin, (photo(), "20251205T154647.120034Z-4f2a-E1.JPG"), way="try")
    assert ("E1.JPG" in unknown, "4f2a-E1.JPG" in unknown) == (True, False)


def test_sending_through_ftps_without_a_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    admin = make_site(tmp_path, Settings(ftps=Ftps(bind="127.0.0.1", port=port))).admin()
    page = _send(admin, (photo(), "E1.JPG"), way="ftps")
    assert '<span class="badge wait">no verdict</span>' in page
    assert re.search(rf"127\.0\.0\.1:{port} \(explicit TLS\): .*refused", page)


def test_a_processed_file_becomes_an_item_and_shows_its_verdict(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "VERDICT_PATIENCE_S", 60.0)
    with _a_gateway_for_one_upload(site):
        page = _send(admin, (photo(), "E1.JPG"), way="process", account="oak", folder="north")
    assert "Photo accepted" in page
    assert f"Camera {CAMERA}, captured 30 Apr 2026, 15:46:07" in page
    (sidecar_file,) = (site.root / "accepted").rglob("*.json")
    sidecar = parse_sidecar(sidecar_file.read_text())
    assert (sidecar.source, sidecar.account, sidecar.upload_path) == ("upload", "oak", "north/E1.JPG")
    assert f'<a href="/files/{sidecar.id}">Open the file\'s page</a>' in page


def test_a_file_that_the_watcher_has_not_taken_is_said_and_stays_asked_for(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "VERDICT_PATIENCE_S", 0.1)
    page = _send(admin, (photo(), "E1.JPG"), way="process")
    assert "The watcher has not taken the file yet. It lies in requests/ and will be taken." in page
    (request,) = site.requests()
    assert (request["action"], request["by"], request["upload_path"]) == ("process_upload", "anna", "E1.JPG")
    assert (site.root / "requests" / request["file"]).read_bytes() == photo()


def test_each_of_several_files_gets_its_verdict(admin: Person) -> None:
    page = _send(admin, (photo(), "good.JPG"), (b"", "empty.JPG"), (b"text", "clip.mp4"), way="try")
    assert re.findall(r'<b class="wrap">([^<]+)</b><span class="badge (\w+)">', page) == [
        ("good.JPG", "accepted"), ("empty.JPG", "rejected"), ("clip.mp4", "rejected"),
    ]  # fmt: skip


def test_without_a_file_the_page_asks_for_one_and_keeps_what_was_typed(admin: Person) -> None:
    page = _send(admin, way="process", folder="INSTAR/lat1_lon2")
    assert "Choose at least one file." in page
    assert 'value="process" checked' in page
    assert 'value="INSTAR/lat1_lon2"' in page


def test_what_the_page_fetches_is_the_verdicts_alone(admin: Person) -> None:
    page = admin.get("/upload").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    form = {"files": (io.BytesIO(photo()), "E1.JPG"), "csrf_token": token[1] if token else ""}
    answer = admin.client.post("/upload", data=form, headers={"X-Requested-With": "fetch"})
    assert answer.text.lstrip().startswith('<div class="outcome">')
    assert "Photo accepted" in answer.text


def test_the_accounts_of_the_machine_are_offered_and_its_own_first(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "ftps.passwd"
    file.write_text("".join(f"{name}:$6$salt$hash\n" for name in ("zoo", "camera", "oak")))
    settings = replace(site.settings, ftps=replace(site.settings.ftps, password_file=file))
    page = replace(site, app=create_app(settings)).admin().get("/upload").text
    assert re.findall(r"<option>([^<]+)</option>", page) == ["camera", "zoo", "oak"]
    file.unlink()
    page = replace(site, app=create_app(settings)).admin().get("/upload").text
    assert re.findall(r"<option>([^<]+)</option>", page) == ["camera"]
