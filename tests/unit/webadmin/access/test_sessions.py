"""Sessions are ended on the server: by log-out, by time, by a changed password, and by who sees them in a list."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from ingest.spool.people import Person
from tests.unit.webadmin.site import Site
from webadmin.access import sessions
from webadmin.state import FILE, state_of

HASH = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$bm8gcGFzc3dvcmQgaGFzIGl0"
ANNA, BERT = Person("anna", "admin", password_hash=HASH), Person("bert", "viewer", password_hash=HASH)


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


def _find(cache: Path, session_id: str) -> sessions.LoggedIn | None:
    return sessions.find(cache, cache.parent, cache.parent / "admins", session_id)


def test_whoever_reads_the_database_can_open_no_session(cache: Path) -> None:
    admin = sessions.begin(cache, ANNA)
    session_id, name, password_mark, _, _ = _row(cache)
    assert name == "anna"
    assert admin.get_id() not in (session_id, password_mark)
    assert _find(cache, session_id) is None
    assert HASH not in (cache / FILE).read_bytes().decode("latin-1")


def test_a_session_that_is_used_lasts(cache: Path) -> None:
    admin = sessions.begin(cache, ANNA)
    with state_of(cache) as state:
        state.execute("UPDATE sessions SET seen_at = seen_at - ?", (sessions.IDLE_S - 600,))
    before = _row(cache)
    found = _find(cache, admin.get_id())
    assert found
    assert (found.name, found.role) == ("anna", "admin")
    assert _row(cache)[:4] == before[:4]
    assert _row(cache)[4] > before[4] + 3600


def test_beginning_a_session_clears_away_those_that_have_ended(cache: Path) -> None:
    sessions.begin(cache, ANNA)
    with state_of(cache) as state:
        state.execute("UPDATE sessions SET began_at = began_at - ?", (sessions.LONGEST_S + 1,))
    sessions.begin(cache, BERT)
    assert _row(cache)[1] == "bert"
    with state_of(cache) as state:
        assert state.execute("SELECT count(*) FROM session_origins").fetchone()[0] == 1


@pytest.mark.parametrize("content", ["", "bert:$argon2id$another\n", None], ids=["empty", "somebody else", "no file"])
def test_a_session_ends_when_the_password_file_knows_its_admin_no_more(cache: Path, content: str | None) -> None:
    admin, file = sessions.begin(cache, ANNA), cache.parent / "admins"
    assert _find(cache, admin.get_id())
    file.unlink()
    if content is not None:
        file.write_text(content)
    assert _find(cache, admin.get_id()) is None


def test_the_sessions_of_people_tell_whence_and_end_by_their_mark(cache: Path) -> None:
    people = {"anna": ANNA, "bert": BERT}
    anna = sessions.begin(cache, ANNA, "192.0.2.7", "Firefox/140.0")
    sessions.begin(cache, BERT, "2001:db8::1", "x" * 1000)
    found = {one.person: one for one in sessions.sessions_of(cache, people)}
    assert (found["anna"].address, found["anna"].agent) == ("192.0.2.7", "Firefox/140.0")
    assert len(found["bert"].agent) == 300
    assert sessions.is_session(found["anna"], anna.get_id()) and not sessions.is_session(found["bert"], anna.get_id())
    ended = sessions.end_marked(cache, found["anna"].mark)
    assert ended == found["anna"] and _find(cache, anna.get_id()) is None
    assert sessions.end_marked(cache, found["anna"].mark) is None
    assert [one.person for one in sessions.sessions_of(cache, people)] == ["bert"]


def test_a_session_that_a_former_password_opened_is_in_no_list(cache: Path) -> None:
    sessions.begin(cache, ANNA)
    assert sessions.sessions_of(cache, {"anna": Person("anna", "admin", password_hash="another")}) == []


def test_a_session_of_the_release_before_has_no_origin_and_is_in_the_list(cache: Path) -> None:
    sessions.begin(cache, ANNA)
    with state_of(cache) as state:
        state.execute("DELETE FROM session_origins")
    ((address, agent),) = ((one.address, one.agent) for one in sessions.sessions_of(cache, {"anna": ANNA}))
    assert (address, agent) == ("", "")
