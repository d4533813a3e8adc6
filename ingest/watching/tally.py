"""What the watcher has decided since it was started: how often what, and how long each took from the end of its upload.

Counts begin at 0 with every start; who reads them expects that of counters (Prometheus does).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.spool.sidecar import Sidecar

BOUNDS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 21600.0)
"""Upper bounds, in seconds, of all slots of `Tally.slots` but the last one, which has none."""


@dataclass(frozen=True)
class Tally:
    """`verdicts` counts by "verdict" or "verdict/reason"; `slots` uploads by how long their verdicts took; `sum_s` is
    how long all of those took together."""

    verdicts: Mapping[str, int] = field(default_factory=dict)
    slots: tuple[int, ...] = (0,) * (len(BOUNDS_S) + 1)
    sum_s: float = 0.0

    @property
    def decided(self) -> int:
        """How many verdicts there were."""
        return sum(self.verdicts.values())


def counted(tally: Tally, verdicts: Iterable[str], lengths_s: Iterable[float]) -> Tally:
    """Return a tally with more verdicts, and with how long those took of which that is known. Pure."""
    sums, slots, sum_s = dict(tally.verdicts), list(tally.slots), tally.sum_s
    for verdict in verdicts:
        sums[verdict] = sums.get(verdict, 0) + 1
    for length_s in lengths_s:
        slots[bisect_left(BOUNDS_S, length_s)] += 1
        sum_s += length_s
    return Tally(sums, tuple(slots), sum_s)


def verdict_name(sidecar: Sidecar) -> str:
    """Return what a tally calls the verdict of an item."""
    return f"{sidecar.verdict}/{sidecar.reason}" if sidecar.reason else sidecar.verdict


def lengths(root: Path, committed: Iterable[tuple[Sidecar, str]], now_s: float) -> list[float]:
    """Return how long the first verdict took, in seconds since the last byte, for each upload that has just got it.

    A file keeps the time at which it was written last on its way through the spool, and vsftpd lets no camera set it
    (`mdtm_write=NO`). What was handed in otherwise, or is tried again, has no such beginning.
    """
    found = []
    for sidecar, place in committed:
        if sidecar.source == "ftps" and sidecar.attempts == 1 and not sidecar.part_of:
            with suppress(OSError):
                found.append(max(0.0, now_s - (root / place).stat().st_mtime))
    return found
