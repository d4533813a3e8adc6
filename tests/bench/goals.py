"""What is asked of the figures: each goal names part, table, row and column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tests.bench.figures import Section, shown


@dataclass(frozen=True)
class Goal:
    """A bound on one figure, or on all of a column where the row is empty."""

    part: str
    table: str
    row: str
    column: str
    bound: Literal["at least", "at most"]
    limit: float


MIDDLE = "2.5 MB, 12 MP"
SMALL = "0.15 MB, 1280x960"
CONTEST, SHIPPED = "Side by side, 8 clients, TLS 1.2, no watcher", "the gateway, as shipped"
FTPS = "Photos of 0.15 MB from 8 clients on the same cores"
IDLE = "On an idle machine"
FLUSHES = "Flushes of the real watcher, photos of 0.15 MB, 1280x960"
FLEET = "10,000 cameras with a year of daily reports"

MANY, NOTES = "Verdicts on photos of 0.15 MB, processor time", "Photos with a MakerNote, in batches, by the clock"

IN_MEMORY = "The same, photos only in memory"

GOALS: tuple[Goal, ...] = (
    Goal("verdicts", "Verdicts per second", MIDDLE, "of floor", "at least", 0.7),
    Goal("verdicts", "Verdicts per second", MIDDLE, "times 1 worker", "at least", 1.6),
    Goal("verdicts", IN_MEMORY, MIDDLE, "of floor", "at least", 0.7),
    Goal("verdicts", "The nearest systems", MIDDLE, "times the sleeping watcher", "at least", 100),
    Goal("profiles", MANY, "60 profiles, by make and model", "verdicts/s of 4", "at least", 0.9),
    Goal("profiles", NOTES, "read", "ms a photo", "at most", 15),
    Goal("flushes", FLUSHES, "one file at a time", "flushes per file", "at most", 3),
    Goal("flushes", FLUSHES, "a backlog", "flushes per file", "at most", 0.5),
    Goal("flushes", "The same, each flush delayed by 15 ms", "a backlog", "verdicts/s", "at least", 50),
    Goal("latency", IDLE, "", "median ms", "at most", 50),
    Goal("latency", IDLE, "", "p99 ms", "at most", 250),
    Goal("ftps", FTPS, "one vsftpd per connection, no watcher", "of standing", "at least", 0.85),
    Goal("ftps", FTPS, "the whole gateway, to the last verdict", "of per connection", "at least", 0.95),
    Goal("contest", f"{CONTEST}: {SMALL}", SHIPPED, "of not flushed", "at least", 0.9),
    Goal("contest", f"{CONTEST}: {MIDDLE}", SHIPPED, "of not flushed", "at least", 0.9),
    Goal("contest", f"{CONTEST}: {MIDDLE}", SHIPPED, "of Pure-FTPd", "at least", 1),
    Goal("contest", "One photo alone, each flush delayed by 15 ms", MIDDLE, "ms longer", "at most", 60),
    Goal("growth", "The spool grows", "1,000,000 items", "reindex s", "at most", 60),
    Goal("growth", "The spool grows", "100,000 items", "export s", "at most", 60),
    Goal("growth", "Pages with 1,000,000 items on disk", "", "p95 ms", "at most", 100),
    Goal("memory", "Resident memory", "", "watcher MB", "at most", 120),
    Goal("admin", "1,000,000 items of 12 cameras", "", "p95 ms", "at most", 100),
    Goal("admin", "1,000,000 items of 12 cameras: workers", "", "largest worker MB", "at most", 120),
    *(Goal("admin", FLEET, page, "median ms", "at most", 150) for page in ("files", "overview", "cameras")),
    Goal("admin", f"{FLEET}: workers", "", "largest worker MB", "at most", 120),
    Goal("dry_run", "A dry run over 10,000 items, processor time", "", "ms", "at most", 1000),
    Goal("dry_run", "Kept in memory for it", "", "MB", "at most", 40),
    *(Goal("outbox", "From mark to proof", size, "of rclone copy", "at least", 0.8) for size in (SMALL, MIDDLE)),
    Goal("outbox", "Verdicts on photos of 0.15 MB, one worker", "with one target", "% more", "at most", 3),
)


def worst(goal: Goal, section: Section) -> float:
    """Return the figure that a goal is about: of several the one that is furthest from it. Raise ValueError if none."""
    rows = next((table.rows for table in section.tables if table.title == goal.table), {})
    figures = [cells[goal.column] for row, cells in rows.items() if goal.row in ("", row) and goal.column in cells]
    return min(figures) if goal.bound == "at least" else max(figures)


def is_met(goal: Goal, section: Section) -> bool:
    """Say whether the figures meet a goal."""
    figure = worst(goal, section)
    return figure >= goal.limit if goal.bound == "at least" else figure <= goal.limit


def outcome(goal: Goal, sections: Mapping[str, Section]) -> str:
    """Return a goal and what became of it, as one line of Markdown."""
    section = sections[goal.part]
    what = f"{goal.table}, {goal.row or 'the worst'}: {goal.column} {goal.bound} {goal.limit:g}"
    missed = "" if is_met(goal, section) else f", **missed**: see [{goal.column}](#{anchor(goal)})"
    return f"- {what}: {shown(worst(goal, section))}{missed}"


def anchor(goal: Goal) -> str:
    """Return the link to the heading under which the README says what was tried for a missed goal.

    >>> anchor(GOALS[1])
    'times-1-worker'
    """
    return goal.column.lower().replace(" ", "-").replace("/", "")
