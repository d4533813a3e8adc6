"""`camspool watch`: the watcher service."""

import argparse
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager

from ingest.commands.journal import start_logging
from ingest.commands.privileges import become_owner
from ingest.settings.values import Settings
from ingest.spool.lock import spool_lock
from ingest.spool.root import prepare_spool
from ingest.watching.watcher import Watcher, log

HELP = "give every file a verdict as it arrives, until stopped"
LOCK_PATIENCE_S = 15.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Watch until SIGTERM or SIGINT."""
    with watcher_of(settings, LOCK_PATIENCE_S) as watcher:
        log.info("Watching %s with %d profiles.", settings.root, len(watcher.catalogue.profiles))
        watcher.run()
    log.info("Stopped.")
    return 0


@contextmanager
def watcher_of(settings: Settings, lock_patience_s: float) -> Iterator[Watcher]:
    """Yield a watcher that holds its spool's lock. Raise CamspoolError when another keeps it, or the spool is wrong."""
    start_logging()
    os.umask(0o007)
    # The kernel's word to who holds a lease that somebody opens the file: it would end us (see is_left_alone).
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    with spool_lock(settings.root, lock_patience_s), closing(Watcher(settings)) as watcher:
        yield watcher
