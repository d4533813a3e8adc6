"""Log lines: with a priority that journald understands when systemd runs us, plain on a terminal."""

import logging
import os
import sys

_PRIORITY = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}


def start_logging() -> None:
    """Send the log lines of this process to standard error."""
    channel = logging.StreamHandler(sys.stderr)
    if "JOURNAL_STREAM" in os.environ:
        channel.setFormatter(logging.Formatter("<%(priority)d>%(message)s"))
    else:
        channel.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    root = logging.getLogger("camspool")
    root.handlers, root.propagate = [channel], False
    root.addFilter(_add_priority)
    root.setLevel(logging.INFO)


def _add_priority(line: logging.LogRecord) -> bool:
    line.priority = _PRIORITY.get(line.levelno, 6)
    return True
