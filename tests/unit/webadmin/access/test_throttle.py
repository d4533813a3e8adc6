"""Counters of guesses, shared by all workers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.unit.webadmin.site import Site
from webadmin.app import create_app


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
