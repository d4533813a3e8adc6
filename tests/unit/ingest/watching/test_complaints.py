import sqlite3
from collections.abc import Callable

import pytest

from ingest.watching.complaints import SHOWN_MAX, Complaints


def failing(error: Exception) -> Callable[[], None]:
    def step() -> None:
        raise error

    return step


def test_a_trouble_is_said_once_for_as_long_as_it_lasts(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints()
    full = failing(OSError(28, "No space left on device", "/srv"))
    for _ in range(3):
        assert not complaints.attempt("scan", full)
        assert complaints.attempt("closing", lambda: None)
    told = [complaints.trouble]
    assert len(caplog.messages) == 1
    assert complaints.attempt("scan", lambda: None)
    assert [*told, complaints.trouble] == ["No space left on device (/srv)", None]
    assert not complaints.attempt("scan", full)
    assert len(caplog.messages) == 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (sqlite3.OperationalError("database is locked"), "the index: database is locked"),
        (RecursionError("too deep"), "something nobody foresaw: RecursionError: too deep"),
        (KeyError("x"), "something nobody foresaw: KeyError: 'x'"),
    ],
)
def test_whatever_a_step_meets_becomes_a_sentence(error: Exception, sentence: str) -> None:
    complaints = Complaints()
    assert not complaints.attempt("scan", failing(error))
    assert complaints.trouble == sentence


def test_what_is_out_of_reach_is_named_once_until_it_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints()
    complaints.name_out_of_reach("scan", {"a cannot be taken": ""})
    complaints.name_out_of_reach("closing", {"b is set aside": "Traceback"})
    complaints.name_out_of_reach("scan", {}, is_all=False)
    complaints.name_out_of_reach("scan", {"a cannot be taken": ""})
    assert caplog.messages == ["a cannot be taken.", "b is set aside.\nTraceback"]
    assert complaints.out_of_reach == ["a cannot be taken", "b is set aside"]
    complaints.name_out_of_reach("scan", {})
    assert complaints.out_of_reach == ["b is set aside"]


def test_only_as_many_are_shown_as_fit_a_page() -> None:
    complaints = Complaints()
    complaints.name_out_of_reach("scan", {f"{number} cannot be taken": "" for number in range(1000)})
    assert len(complaints.out_of_reach) == SHOWN_MAX
