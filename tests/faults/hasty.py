"""Camspool with hardly a pause after trouble with the disk, so that a test waits for its work and not for the pause.

`python -m tests.faults.hasty` takes the words of `camspool`.
"""

import sys

from ingest.commands.main import main
from ingest.watching import queue, watcher

PAUSE_S = 0.02
HASTY = (sys.executable, "-m", "tests.faults.hasty")


def make_haste() -> None:
    """Let a watcher in this process try again at once."""
    queue.PAUSE_S = watcher.RETRY_S = PAUSE_S


if __name__ == "__main__":
    make_haste()
    sys.exit(main(sys.argv[1:]))
