"""The tables in the README beside this: made from figures.toml and the goals, so that they cannot go stale."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.bench.figures import Section, Table, shown
from tests.bench.goals import GOALS, outcome

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- made from figures.toml by ./dev bench --write -->", "<!-- end -->"


def write_tables(page: str, sections: Mapping[str, Section]) -> str:
    """Return the page with the tables of these figures between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables_text(sections)}\n{END}{after}"


def tables_text(sections: Mapping[str, Section]) -> str:
    """Return all figures and the goals as Markdown."""
    return "\n".join(line for part, section in sections.items() for line in _part(part, section, sections))


def _part(part: str, section: Section, sections: Mapping[str, Section]) -> Iterator[str]:
    yield f"### {part}\n\n{section.day}, {section.machine}, load average before: {section.load:.1f}.\n"
    for table in section.tables:
        yield from _table(table)
    if goals := [outcome(goal, sections) for goal in GOALS if goal.part == part]:
        yield "\n".join(["Goals:", *goals, ""])


def _table(table: Table) -> Iterator[str]:
    columns = list(dict.fromkeys(column for figures in table.rows.values() for column in figures))
    yield _row([table.title, *columns])
    yield _row(["---", *("---:" for _ in columns)])
    for name, figures in table.rows.items():
        yield _row([name, *(shown(figures[column]) if column in figures else "" for column in columns)])
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
