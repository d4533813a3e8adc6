"""The faults that sweep through a run, from its first moment to its last: kills and errors, once or lasting."""

import errno
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from tests.faults.drawing import Moment
from tests.faults.interpose import NUMBERS, Action, Call

CHANGING = frozenset(NUMBERS)
"""All calls that change the disk; of openat only those that create."""

OPENS = frozenset({"openat"})
FAILING = CHANGING - {"fdatasync", "ftruncate", "rmdir"}
LASTING_S = 0.6
RECOVERY_CALLS = 97
"""Recovery, where it is killed as well, is killed before one of so many calls: it seldom makes more."""


Decide = Callable[[Call], Action]


@dataclass(frozen=True)
class Sweep:
    """A fault that strikes at one moment after the other. `each`: how many of every name of `names` a sample holds.

    Errors strike calls about files only; `lasting` ones go on until everything is killed. With `recovery_too` the run
    after the fault is killed as well, at a moment of its own.
    """

    action: str | int
    each: int
    names: frozenset[str] = CHANGING
    lasting: bool = False
    recovery_too: bool = False
    is_carrying: bool = False
    """Whether what is accepted goes on to a folder in the same run."""

    def counts(self, call: Call) -> bool:
        """Say whether the fault could strike this call."""
        return call.name in self.names and (isinstance(self.action, str) or call.is_on_disk)


SWEEPS = {
    "kill-all": Sweep("kill all", 16),
    "kill-one": Sweep("kill", 8),
    "kill-carrying": Sweep("kill all", 8, is_carrying=True),
    "kill-recovery": Sweep("kill all", 6, recovery_too=True),
    "EIO-once": Sweep(errno.EIO, 6),
    "ENOSPC-once": Sweep(errno.ENOSPC, 6),
    "EMFILE-once": Sweep(errno.EMFILE, 12, OPENS),
    "EIO-lasting": Sweep(errno.EIO, 3, FAILING, lasting=True),
    "ENOSPC-lasting": Sweep(errno.ENOSPC, 3, FAILING, lasting=True),
    "EMFILE-lasting": Sweep(errno.EMFILE, 3, OPENS, lasting=True),
}


def faults_at(sweep: Sweep, moment: Moment, seed: int) -> list[tuple[frozenset[str], Decide]]:
    """Return for each run that fails which calls are asked about, and what becomes of them."""
    names = frozenset({moment.name})
    if sweep.lasting:
        return [(names, _from_then_on(sweep, moment))]
    if not sweep.recovery_too:
        return [(names, _once(sweep, moment))]
    position = random.Random(f"{seed} {moment}").randrange(RECOVERY_CALLS)
    again: Decide = lambda call: sweep.action if call.position == position else None  # noqa: E731
    return [(names, _once(sweep, moment)), (CHANGING, again)]


def _once(sweep: Sweep, moment: Moment) -> Decide:
    seen = count()
    return lambda call: sweep.action if sweep.counts(call) and next(seen) == moment.number else None


def _from_then_on(sweep: Sweep, moment: Moment) -> Decide:
    """Fail every call of a name but the first ones; kill everything when that has lasted long enough."""
    seen = count()
    end_s: float | None = None

    def decide(call: Call) -> Action:
        nonlocal end_s
        if not sweep.counts(call) or next(seen) < moment.number:
            return None
        end_s = end_s or time.monotonic() + LASTING_S
        return "kill all" if time.monotonic() > end_s else sweep.action

    return decide
