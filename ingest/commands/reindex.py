"""`camspool reindex`: rebuild the index from the sidecars."""

import argparse

from ingest.commands.privileges import become_owner
from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError
from ingest.index.reindex import rebuild
from ingest.settings.values import Settings
from ingest.spool.lock import SpoolLockedError, spool_lock
from ingest.spool.root import prepare_spool

HELP = "rebuild the index from the sidecars"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Rebuild the index while nobody else works on the spool."""
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    try:
        with spool_lock(settings.root):
            items = rebuild(settings.root, lambda counts, total: progress_bar(counts, total=total))
    except SpoolLockedError as error:
        sentence = f"{error} Stop the watcher first (systemctl stop camspool-watch); uploads wait meanwhile."
        raise CamspoolError(sentence) from error
    print(f"The index holds {items} items.")
    return 0
