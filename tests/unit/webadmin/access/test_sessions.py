"""Sessions are ended on the server: by log-out, by time, and by a changed password."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.unit.webadmin.site import Site
from webadmin.access import sessions
from webadmin.state import FILE, state_of

HASH = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$bm8gcGFzc3dvcmQgaGFzIGl0"


def test_logging_out_ends_the_session_for_copies_of_the_cookie_too(site: Site) -> None:
    admin = site.admin()
    copy = site.visitor()
    cookie = admin.client.get_cookie("camspool")
    assert cookie
    copy.client.set_cookie(cookie.key, cookie.value)
    assert copy.get("/overview").status_code == 200
    admin.send("/log-out", {})
    assert copy.get("/overview").status_code == 302


def test_a_session_ends_when_nobody_uses_it_and_after_a_week(site: Site, tmp_path: Path) -> None:
    for column, seconds in (("seen_at", sessions.IDLE_S), ("began_at", sessions.LONGEST_S)):
        admin = site.admin()
        with state_of(tmp_path / "cache") as state:
            state.execute(f"UPDATE sessions SET {column} = {column} - {seconds + 1}")  # noqa: S608
        assert admin.get("/overview").status_code == 302


def test_a_changed_password_ends_the_sessions_that_the_old_one_opened(site: Site, tmp_path: Path) -> None:
    admin = site.admin()
    (tmp_path / "admins").write_text(f"anna:{PasswordHasher(time_cost=1, memory_cost=64).hash('new')}\n")
    assert admin.get("/overview").status_code == 302


def _row(cache: Path) -> tuple[str, str, str, float, float]:
    with state_of(cache) as state:
        ((session_id, name, mark, began_at, seen_at),) = state.execute("SELECT * FROM sessions").fetchall()
    return session_id, name, mark, began_at, seen_at


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The folder of the database, beside the password file of `anna`, whose hash needs no password here."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "admins").write_text(f"anna:{HASH}\n")
    return tmp_path / "cache"


def test_whoever_reads_the_database_can_open_no_session(cache: Path) -> None:
    admin = sessions.begin(cache, "anna", HASH)
    session_id, name, password_mark, _, _ = _row(cache)
    assert name == "anna"
    assert admin.get_id() not in (session_id, password_mark)
    assert sessions.find(cache, cache.parent / "admins", session_id) is None
    assert HASH not in (cache / FILE).read_bytes().decode("latin-1")


def test_a_session_that_is_used_lasts(cache: Path) -> None:
    admin = sessions.begin(cache, "anna", HASH)
    with state_of(cache) as state:
        state.execute("UPDATE sessions SET seen_at = seen_at - ?", (sessions.IDLE_S - 600,))
    before = _row(cache)
    found = sessions.find(cache, cache.parent / "admins", admin.get_id())
    assert found
    assert found.name == "anna"
    assert _row(cache)[:4] == before[:4]
    assert _row(cache)[4] > before[4] + 3600


def test_beginning_a_session_clears_away_those_that_have_ended(cache: Path) -> None:
    sessions.begin(cache, "anna", HASH)
    with state_of(cache) as state:
        state.execute("UPDATE sessions SET began_at = began_at - ?", (sessions.LONGEST_S + 1,))
    sessions.begin(cache, "bert", HASH)
    assert _row(cache)[1] == "bert"


@pytest.mark.parametrize("content", ["", "bert:$argon2id$another\n", None], ids=["empty", "somebody else", "no file"])
def test_a_session_ends_when_the_password_file_knows_its_admin_no_more(cache: Path, content: str | None) -> None:
    admin, file = sessions.begin(cache, "anna", HASH), cache.parent / "admins"
    assert sessions.find(cache, file, admin.get_id())
    file.unlink()
    if content is not None:
        file.write_text(content)
    assert sessions.find(cache, file, admin.get_id()) is None
