"""The progress bar of work that takes longer than two seconds, for a person at a terminal; elsewhere nothing shows."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from tqdm import tqdm

# tqdm's own lock is shared with every process that is forked later: one that is killed while it holds the lock would
# stop the others for ever. And its thread, which looks after bars that stand still, makes forking unsafe.
tqdm.set_lock(RLock())
tqdm.monitor_interval = 0


def progress_bar(steps: Iterable[Any] | None = None, **words: Any) -> "tqdm[Any]":
    """Return tqdm's bar over `steps`, or one to update by hand; `words` are tqdm's, such as total and unit."""
    return tqdm(steps, delay=2, disable=None, **words)


@contextmanager
def waiting_bar(total_s: float, words: str) -> Iterator[Callable[[float], None]]:
    """Show how much of a wait is over; yield what has to be told for how many seconds it has lasted."""
    with progress_bar(total=round(total_s), unit="s", desc=words) as bar:

        def show(passed_s: float) -> None:
            bar.update(int(passed_s) - bar.n)

        yield show
