"""Figures of the bench: the tables that parts yield, the file that keeps the last ones, and the difference to it."""

import json
import os
import platform
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tabulate import tabulate

FILE = Path(__file__).with_name("figures.toml")

Rows = Mapping[str, Mapping[str, float]]
"""Figures by what was measured (the row) and by what the figure is (the column, with its unit)."""


@dataclass(frozen=True)
class Table:
    """Figures that belong together."""

    title: str
    rows: Rows


@dataclass(frozen=True)
class Section:
    """What the file keeps of one part: where and when it was measured, and its tables."""

    machine: str
    day: str
    load: float
    tables: tuple[Table, ...]


def machine() -> str:
    """Return what the figures depend on: processor, cores, kernel, Python."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")
    return f"{os.cpu_count()} cores of {processor}, Linux {platform.release()}, Python {platform.python_version()}"


def section(tables: Iterable[Table], load: float) -> Section:
    """Return the section of a part that was measured now; `load` is the machine's load average when it began."""
    return Section(machine(), datetime.now(UTC).strftime("%Y-%m-%d"), load, tuple(tables))


def read_figures(text: str) -> dict[str, Section]:
    """Read the file's text: the sections by part."""
    return {
        part: Section(
            found["machine"],
            found["day"],
            found["load"],
            tuple(Table(title, rows) for title, rows in found["tables"].items()),
        )
        for part, found in tomllib.loads(text).items()
    }


def figures_text(sections: Mapping[str, Section]) -> str:
    """Return the file's text: TOML, a line for each row of a table.

    >>> text = figures_text({"one": Section("here", "2026-01-01", 0.1, (Table("Rates", {"a": {"b/s": 1.2345}}),))})
    >>> read_figures(text)["one"].tables
    (Table(title='Rates', rows={'a': {'b/s': 1.23}}),)
    """
    return "\n".join(line for part, one in sections.items() for line in _section_lines(part, one))


def _section_lines(part: str, one: Section) -> Iterable[str]:
    yield f"[{part}]"
    yield f"machine = {_quoted(one.machine)}"
    yield f"day = {_quoted(one.day)}"
    yield f"load = {one.load:.2f}"
    for table in one.tables:
        yield f"\n[{part}.tables.{_quoted(table.title)}]"
        for row, figures in table.rows.items():
            cells = ", ".join(f"{_quoted(column)} = {_rounded(figure)}" for column, figure in figures.items())
            yield f"{_quoted(row)} = {{ {cells} }}"
    yield ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def shown(figure: float) -> str:
    """Return a figure with as many digits as it deserves.

    >>> shown(1234.56), shown(56.78), shown(1.2345)
    ('1235', '56.8', '1.23')
    """
    return f"{figure:.{0 if figure >= 100 else 1 if figure >= 10 else 2}f}"


def _rounded(figure: float) -> str:
    text = shown(figure)
    return text if "." in text else f"{text}.0"


def printed(table: Table, before: Section | None) -> str:
    """Return a table for a terminal, each figure with its difference to the one in the file, where there is one."""
    columns = list(dict.fromkeys(column for figures in table.rows.values() for column in figures))
    known = {old.title: old.rows for old in before.tables}.get(table.title, {}) if before else {}
    rows = [
        [name, *(_cell(figures.get(column), known.get(name, {}).get(column)) for column in columns)]
        for name, figures in table.rows.items()
    ]
    return f"\n{table.title}\n" + tabulate(rows, ["", *columns], stralign="right", disable_numparse=True)


def _cell(figure: float | None, before: float | None) -> str:
    if figure is None:
        return ""
    return f"{shown(figure)} ({figure / before - 1:+.0%})" if before else shown(figure)
