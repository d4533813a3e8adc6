"""`camspool drain`: give everything that waits a verdict, then end."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm.contrib.logging import logging_redirect_tqdm

from ingest.commands.progress import progress_bar
from ingest.commands.watch import watcher_of
from ingest.settings.values import Settings
from ingest.watching.watcher import Watcher, log

HELP = "give everything that waits a verdict, then exit"
INTERRUPTED = 130
"""The exit status of what a signal ended, as shells have it: not everything has its verdict."""

LOCK_PATIENCE_S = 15.0
"""The workers of a watcher that was killed hold the lock longer than the watcher itself: until their flush is over."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the watcher until nothing waits. Raise CamspoolError when the watcher runs already: then it does this."""
    with watcher_of(settings, LOCK_PATIENCE_S) as watcher, _progress(watcher) as show:
        watcher.run(until_idle=True, after_turn=show)
        return INTERRUPTED if watcher.stopping else 0


@contextmanager
def _progress(watcher: Watcher) -> Iterator[Callable[[], None]]:
    """Yield what draws the bar below the log lines; more may arrive while it runs, so its length is counted anew."""
    with progress_bar(unit="file") as bar, logging_redirect_tqdm([log]):

        def show() -> None:
            bar.total = watcher.queue.index_writer.decided_count + len(watcher.queue.known)
            bar.update(watcher.queue.index_writer.decided_count - bar.n)

        yield show
