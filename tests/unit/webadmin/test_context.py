"""What pages share: the index, also missing, half made or damaged; the fleet and the profiles, never out of date."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from ingest.index.schema import TABLES, VERSION
from ingest.index.store import FILE, delete_index
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, make_site, photo
from webadmin import context as context_module
from webadmin.context import TooBroadError, context

PAGES = ("/overview", "/files", "/files?sort=largest", "/cameras", "/visits", "/system")


def _missing(_file: Path) -> None:
    """Leave no index."""


def _empty(file: Path) -> None:
    file.touch()


def _half_made(file: Path) -> None:
    """As a reader may find it while the watcher makes it: tables, but not all of its own indexes."""
    with closing(sqlite3.connect(file)) as index:
        index.executescript(TABLES)


def _of_another_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as index:
        index.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize("make", [_missing, _empty, _half_made, _of_another_version])
def test_pages_stand_in_for_an_index_that_is_not_there_yet(
    site: Site, admin: Person, make: Callable[[Path], None]
) -> None:
    site.put(accepted(), photo())
    delete_index(site.root)
    make(site.root / FILE)
    assert {page: admin.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_damaged_index_is_said_and_never_shown_as_an_empty_spool(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    content = bytearray((site.root / FILE).read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    delete_index(site.root)
    (site.root / FILE).write_bytes(content)
    answer = admin.get("/files")
    assert answer.status_code == 503
    assert "camspool reindex" in answer.text


def test_a_search_that_would_keep_others_waiting_is_broken_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context_module, "SEARCH_PATIENCE_S", 0.0)
    endless = "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    site.put(accepted(), photo())
    with site.app.app_context(), pytest.raises(TooBroadError), context().index() as index:
        index.execute(endless).fetchone()


def test_a_fault_in_a_query_of_ours_is_not_taken_for_a_broad_search(site: Site) -> None:
    site.put(accepted(), photo())
    with (
        site.app.app_context(),
        pytest.raises(sqlite3.OperationalError, match="no such table: no_table"),
        context().index() as index,
    ):
        index.execute("SELECT * FROM no_table")


def test_pages_can_only_read_the_index(site: Site) -> None:
    site.put(accepted(), photo())
    with (
        site.app.app_context(),
        pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"),
        context().index() as index,
    ):
        index.execute("DELETE FROM items")


def test_the_fleet_is_read_again_when_a_record_has_changed_and_else_kept(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context_module, "FLEET_FRESH_S", 1e6)
    site.put(accepted(), photo())
    with site.app.app_context():
        here = context()
        before = here.fleet(NOW)
        site.put(accepted(camera_id="another", upload_path="b.jpg"), photo(2))
        assert here.fleet(NOW) is before
        write_camera_record(site.root, CAMERA, {"name": "Oak"})
        assert {camera.title for camera in here.fleet(NOW)} == {"Oak", "another"}
        monkeypatch.setattr(context_module, "FLEET_FRESH_S", -1.0)
        site.put(accepted(camera_id="a third", upload_path="c.jpg"), photo(3))
        assert {camera.title for camera in here.fleet(NOW)} == {"Oak", "another", "a third"}


def test_a_profile_that_was_added_is_known_without_a_restart(tmp_path: Path) -> None:
    own = tmp_path / "profiles"
    site = make_site(tmp_path, Settings(profiles=(own,)))
    with site.app.app_context():
        here = context()
        before = here.catalogue
        assert here.catalogue is before
        copytree(SHIPPED_PROFILES / "instar", own / "oak-ride")
        assert {one.id for one in here.catalogue.profiles} - {one.id for one in before.profiles} == {"oak-ride"}


def test_pages_work_without_an_index_and_without_folders(site: Site, admin: Person) -> None:
    for path in ("/overview", "/files", "/files?q=x", "/cameras", "/profiles", "/set-up", "/system"):
        assert admin.get(path).status_code == 200, path
    assert "Nothing has arrived yet" in admin.get("/files").text
    assert (
        "This could not be measured" in admin.get("/overview").text or "never run here" in admin.get("/overview").text
    )
