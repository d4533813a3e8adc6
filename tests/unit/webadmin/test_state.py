"""The admin's own database: made by whichever worker comes first."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

from tests.unit.webadmin.site import Site
from webadmin.state import FILE, make_state, state_of

WORKERS, STARTS = 4, 20


def test_workers_that_start_at_the_same_moment_all_get_the_database(tmp_path: Path) -> None:
    together = Barrier(WORKERS)

    def start(cache: Path) -> None:
        together.wait(10)
        make_state(cache)

    with ThreadPoolExecutor(WORKERS) as workers:
        for number in range(STARTS):
            cache = tmp_path / str(number)
            cache.mkdir()
            list(workers.map(start, [cache] * WORKERS))
            with state_of(cache) as state:
                assert state.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


def test_the_database_of_an_older_admin_is_taken_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as older:
        older.execute("PRAGMA journal_mode = WAL")
        older.executescript("CREATE TABLE throttle (key TEXT PRIMARY KEY, hits INTEGER, ends_at REAL) WITHOUT ROWID")
        older.execute("INSERT INTO throttle VALUES ('guessed', 9, 9e9)")
        older.commit()
    make_state(tmp_path)
    with state_of(tmp_path) as state:
        assert state.execute("SELECT key, hits FROM throttle").fetchall() == [("guessed", 9)]
        assert state.execute("PRAGMA journal_mode").fetchone() == ("persist",)


def test_deleting_the_admins_database_only_logs_everybody_out(site: Site, tmp_path: Path) -> None:
    admin = site.admin()
    for file in (tmp_path / "cache").glob(f"{FILE}*"):
        file.unlink()
    answer = admin.get("/overview")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/log-in?next=%2Foverview")
    assert admin.log_in().status_code == 302
    assert admin.get("/overview").status_code == 200
    (tmp_path / "cache" / FILE).unlink()
    assert site.visitor().log_in().status_code == 302


def test_a_database_that_cannot_be_used_is_a_sentence_on_every_page(site: Site, tmp_path: Path) -> None:
    admin = site.admin()
    (tmp_path / "cache" / FILE).unlink()
    (tmp_path / "cache" / FILE).mkdir()
    for answer in (admin.get("/overview"), admin.get("/nowhere"), admin.get("/check/x")):
        assert answer.status_code == 503
        assert "The admin cannot keep who is logged in" in answer.text
