"""Log lines as journald and as a terminal get them, from a process of their own."""

import os
import re
import subprocess
import sys

SCRIPT = """
import logging
from ingest.commands.journal import start_logging
start_logging()
start_logging()
log = logging.getLogger("camspool")
for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL, 25):
    log.log(level, "level %d", level)
logging.getLogger("another").warning("not ours")
"""


def lines(**environment: str) -> list[str]:
    """Return what a process writes to standard error that logs a line of each level."""
    kept = {name: value for name, value in os.environ.items() if name != "JOURNAL_STREAM"}
    words = [sys.executable, "-c", SCRIPT.replace("camspool", "camspool")]
    ran = subprocess.run(words, env={**kept, **environment}, capture_output=True, text=True, check=True)
    assert ran.stdout == ""
    return [line for line in ran.stderr.splitlines() if "not ours" not in line]


def test_journald_gets_each_line_once_with_its_priority_and_no_time() -> None:
    assert lines(JOURNAL_STREAM="8:1") == ["<6>level 20", "<4>level 30", "<3>level 40", "<2>level 50", "<6>level 25"]


def test_a_terminal_gets_the_time_and_no_priority() -> None:
    said = lines()
    assert [line[-8:] for line in said] == ["level 20", "level 30", "level 40", "level 50", "level 25"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} level \d\d", line) for line in said)
