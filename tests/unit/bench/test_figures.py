import doctest

import pytest

from tests.bench import figures, goals
from tests.bench.figures import FILE, Section, Table, figures_text, printed, read_figures
from tests.bench.goals import GOALS, Goal, anchor, is_met, worst
from tests.bench.page import README, write_tables

SECTION = Section(
    "a machine", "2026-11-24", 0.25, (Table("Rates", {"small": {"files/s": 250.4}, "large": {"files/s": 9.87}}),)
)


@pytest.mark.parametrize("module", [figures, goals])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_file_keeps_what_was_measured() -> None:
    kept = read_figures(figures_text({"verdicts": SECTION}))
    assert kept["verdicts"].machine == "a machine"
    assert kept["verdicts"].tables[0].rows == {"small": {"files/s": 250}, "large": {"files/s": 9.87}}


def test_a_run_prints_the_difference_to_the_file() -> None:
    text = printed(Table("Rates", {"small": {"files/s": 275.44}, "new": {"files/s": 1.0}}), SECTION)
    assert "275 (+10%)" in text
    assert "1.00" in text


def test_a_goal_without_a_row_is_about_the_worst_of_its_column() -> None:
    goal = Goal("verdicts", "Rates", "", "files/s", "at least", 10)
    assert worst(goal, SECTION) == 9.87
    assert not is_met(goal, SECTION)


def test_the_readme_holds_the_figures_of_the_file() -> None:
    page = README.read_text()
    assert write_tables(page, read_figures(FILE.read_text())) == page


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: f"{goal.part}: {goal.row or goal.table} {goal.column}")
def test_each_goal_is_measured_and_what_was_tried_for_a_missed_one_is_told(goal: Goal) -> None:
    section = read_figures(FILE.read_text())[goal.part]
    headings = [
        line[4:].lower().replace(" ", "-").replace("/", "")
        for line in README.read_text().splitlines()
        if line.startswith("### ")
    ]
    assert is_met(goal, section) or anchor(goal) in headings
