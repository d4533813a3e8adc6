"""Counters of guesses, shared by all workers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.unit.webadmin.site import Site
from webadmin.access.throttle import SqliteStorage
from webadmin.app import create_app
from webadmin.state import FILE, state_of


def test_guessing_is_stopped_by_all_workers_together(site: Site) -> None:
    workers = [site.app, create_app(site.settings)]
    answers = []
    for number in range(12):
        visitor = replace(site, app=workers[number % 2]).visitor()
        answers.append(visitor.log_in(password=f"guess {number}").status_code)
    assert answers == [401] * 10 + [429] * 2
    assert replace(site, app=workers[1]).visitor().log_in().status_code == 429


def test_guessing_at_the_same_moment_gains_nothing(site: Site) -> None:
    def guess(number: int) -> int:
        return site.visitor().log_in(password=f"guess {number}").status_code

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(guess, range(24)))
    # A limit is looked at before an attempt and counted after it: as many as work at once may slip through.
    assert answers.count(401) <= 10 + 8
    assert answers.count(429) >= 6


@pytest.fixture
def counters(tmp_path: Path) -> SqliteStorage:
    """Counters in a folder whose name needs quoting in an address."""
    (tmp_path / "the cache %20").mkdir()
    return SqliteStorage(f"camspool://{quote(str(tmp_path / 'the cache %20'))}")


def test_counters_are_kept_in_the_folder_that_the_address_names(counters: SqliteStorage, tmp_path: Path) -> None:
    assert [counters.incr("anna", 900), counters.incr("anna", 900, 2), counters.incr("bert", 900)] == [1, 3, 1]
    assert (tmp_path / "the cache %20" / FILE).exists()
    again = SqliteStorage(f"camspool://{quote(str(tmp_path / 'the cache %20'))}")
    assert (again.get("anna"), again.get("bert"), again.get("nobody")) == (3, 1, 0)


def test_a_counter_ends_and_begins_anew(counters: SqliteStorage, tmp_path: Path) -> None:
    counters.incr("anna", 900, 10)
    with state_of(tmp_path / "the cache %20") as state:
        state.execute("UPDATE throttle SET ends_at = ends_at - 901")
    assert counters.get("anna") == 0
    assert counters.incr("anna", 900) == 1


def test_guessing_on_does_not_put_off_the_end(counters: SqliteStorage) -> None:
    counters.incr("anna", 900)
    ends_at = counters.get_expiry("anna")
    counters.incr("anna", 90_000)
    assert counters.get_expiry("anna") == ends_at


def test_forgetting_one_counter_leaves_the_others(counters: SqliteStorage) -> None:
    counters.incr("anna", 900)
    counters.incr("bert", 900)
    counters.clear("anna")
    assert (counters.get("anna"), counters.get("bert")) == (0, 1)
    assert counters.reset() == 1
    assert counters.get("bert") == 0
