"""The watcher's log lines: from the journal where this process may read it, else from the verdicts in the index."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from ingest.spool.stamp import parse_utc
from ingest.upkeep.journal_lines import journal_lines

LINES_MAX = 120
VERDICTS_MAX = 500
JOURNAL_MAX = 2000
UNIT = "camspool-watch.service"
LEVELS = {"": ("good", "attention", "bad"), "attention": ("attention", "bad"), "bad": ("bad",)}


@dataclass(frozen=True)
class LogLine:
    """One line: when, how bad (`good`, `attention`, `bad`), and its text."""

    at: datetime
    state: str
    text: str


def read_lines(
    index: sqlite3.Connection, words: str, level: str = "", most: int = LINES_MAX
) -> tuple[list[LogLine], str]:
    """Return the newest lines that hold all words and are as bad as `level` or worse, and where they come from."""
    lines = watcher_lines()
    source = "the journal" if lines else "the index: the journal is not readable here, so only verdicts are shown"
    lines = lines or verdict_lines(index)
    wanted = words.casefold().split()
    states = LEVELS.get(level, LEVELS[""])
    found = [line for line in lines if line.state in states and all(word in line.text.casefold() for word in wanted)]
    return found[:most], source


def watcher_lines() -> list[LogLine]:
    """Return the watcher's lines from the journal, newest first; none where there is no journal to read."""
    return [LogLine(line.at, _state(line.priority), line.text) for line in journal_lines(UNIT, JOURNAL_MAX)]


def _state(priority: int) -> str:
    return "bad" if priority <= 3 else "attention" if priority == 4 else "good"


def verdict_lines(index: sqlite3.Connection) -> list[LogLine]:
    """Return the newest verdicts as lines."""
    rows = index.execute(
        "SELECT id, verdict, reason, camera_id, client, upload_path, problem, decided_at FROM items "
        "ORDER BY number DESC LIMIT ?",
        (VERDICTS_MAX,),
    )
    return [_verdict_line(row) for row in rows]


def _verdict_line(row: sqlite3.Row) -> LogLine:
    known = {
        "id": row["id"],
        "camera": row["camera_id"],
        "reason": row["reason"],
        "client": row["client"],
        "path": row["upload_path"],
        "because": row["problem"],
    }
    text = " ".join(f"{key}={value}" for key, value in known.items() if value)
    state = "good" if row["verdict"] == "accepted" else "attention"
    return LogLine(parse_utc(row["decided_at"]), state, f"{row['verdict']} {text}")
