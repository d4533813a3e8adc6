"""Sessions are ended on the server: by log-out, by time, and by a changed password."""

from pathlib import Path

from argon2 import PasswordHasher

from tests.unit.webadmin.site import Site
from webadmin.access import sessions
from webadmin.state import state_of


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
