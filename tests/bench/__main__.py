"""Runs the parts that are named, or all; prints their tables with the difference to figures.toml, or writes it."""

import importlib
import os
import sys
from collections.abc import Iterator

from tests.bench.figures import FILE, Section, Table, figures_text, machine, printed, read_figures, section
from tests.bench.page import README, write_tables

PARTS = (
    "verdicts",
    "profiles",
    "flushes",
    "latency",
    "ftps",
    "contest",
    "backlog",
    "growth",
    "memory",
    "admin",
    "dry_run",
    "outbox",
)
WRITE = "--write"


def main(words: list[str]) -> int:
    """Measure; return 2 for a part that does not exist."""
    named = [word for word in words if word != WRITE]
    if unknown := set(named) - set(PARTS):
        print(f"bench: there is no part {sorted(unknown)[0]}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"Machine: {machine()}")
    for part in named or PARTS:
        found = measured(part, _kept().get(part))
        if WRITE in words:
            keep({**_kept(), part: found})
    return 0


def _kept() -> dict[str, Section]:
    return read_figures(FILE.read_text()) if FILE.exists() else {}


def measured(part: str, before: Section | None) -> Section:
    """Measure one part and print its tables as they come."""
    load = os.getloadavg()[0]
    print(f"\n== {part} (load average {load:.1f})")
    return section(_printing(importlib.import_module(f"tests.bench.{part}").measure(), before), load)


def _printing(tables: Iterator[Table], before: Section | None) -> Iterator[Table]:
    for table in tables:
        print(printed(table, before), flush=True)
        yield table


def keep(sections: dict[str, Section]) -> None:
    """Write the figures, and the tables of the README that are made from them."""
    ordered = {part: sections[part] for part in PARTS if part in sections}
    FILE.write_text(figures_text(ordered))
    README.write_text(write_tables(README.read_text(), read_figures(FILE.read_text())))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
