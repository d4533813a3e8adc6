"""When the folders are looked at again: at once where little arrives, now and then where much does.

A scan costs about the same whether it finds one file or twenty, and so does putting verdicts on disk. Each upload wakes
us about five times: by its folder, its creation, its end, and by what we make of it.
"""

from collections import deque
from time import monotonic

RESCAN_S = 60.0
ARRIVING_RESCAN_S = 2.0
SCAN_SHARE, BUSY_SCAN_SHARE = 2.0, 20.0
"""A scan is followed by at least this many times its own length without one: load must not go into looking.

While items wait, what arrives would only join them; and the workers' own files in incoming/ wake us all the time.
"""

CROWD, CROWD_PAUSE_S = 10, 0.2
"""Where more than so many files arrived within a second, those of the next fifth of a second are taken together."""


class Schedule:
    """State that lives with the watcher: when it last looked, how long that took, and what has arrived since when."""

    def __init__(self) -> None:
        self.scanned_at = self._length_s = 0.0
        self._arrivals: deque[tuple[float, int]] = deque()

    def note_scan(self, began: float, taken: int, now: float | None = None) -> None:
        """Note that a scan, which began then and took so many files, has just ended."""
        self.scanned_at = monotonic() if now is None else now
        self._length_s = self.scanned_at - began
        self._arrivals.append((self.scanned_at, taken))
        while self._arrivals[0][0] < self.scanned_at - 1.0:
            self._arrivals.popleft()

    def is_due(self, now: float, *, woken: bool, arriving: bool, busy: bool) -> bool:
        """Say whether to look now. `woken`: something has changed; `arriving`: an upload is under way; `busy`: items
        wait for a verdict."""
        patience_s = ARRIVING_RESCAN_S if arriving else RESCAN_S
        return (woken and self.pause_left_s(now, busy=busy) <= 0) or now - self.scanned_at >= patience_s

    def pause_left_s(self, now: float, *, busy: bool) -> float:
        """Return how long the folders are still left alone, whatever changes in them; negative when that is over."""
        share = self._length_s * (BUSY_SCAN_SHARE if busy else SCAN_SHARE)
        crowded = sum(taken for _, taken in self._arrivals) > CROWD
        return self.scanned_at + (max(share, CROWD_PAUSE_S) if crowded else share) - now
