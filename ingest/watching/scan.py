"""One look into the folders: what is finished is taken, the folders met are watched, and what waits is listed."""

import logging
import os
from collections.abc import Container
from itertools import chain
from pathlib import Path
from time import monotonic

from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.settings.values import Settings
from ingest.spool.names import parse_incoming_name
from ingest.spool.patience import Patience
from ingest.taking.arrived import adopt, take_finished
from ingest.watching.wakeup import Wakeups

log = logging.getLogger("camspool")

TAKE_MAX, TAKE_BUDGET_S = 2000, 1.0
"""What one scan takes at most: on a slow disk a thousand files would be half a minute without a sign of life."""


def take(root: Path, known: Container[str], patience: Patience, wakeups: Wakeups) -> tuple[int, bool]:
    """Take what is finished, and watch the folders met; return how many files that were, and whether that was all."""
    folders: set[Path] = set()

    def see(folder: Path) -> None:
        folders.add(folder)
        wakeups.watch(folder)

    see(root / "requests")
    patience.begin_scan()
    by_hand = adopt(root, known, patience, see)
    taken, deadline, is_complete = 0, monotonic() + TAKE_BUDGET_S, True
    for taken, _ in enumerate(chain(by_hand, take_finished(root, patience, see, deadline)), 1):
        if taken >= TAKE_MAX or monotonic() > deadline:
            is_complete = False
            break
    if is_complete := is_complete and not patience.stopped_at:
        wakeups.keep_only(folders)
    return taken, is_complete


def waiting_names(root: Path, known: Container[str]) -> list[str]:
    """Return the names of the items in incoming/ that are not known yet, oldest first."""
    with os.scandir(root / "incoming") as entries:
        files = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    return sorted(name for name in files if name not in known and parse_incoming_name(name))


def profiles_now(settings: Settings, before: Catalogue) -> Catalogue:
    """Return the profiles as they are now; what has broken since `before` is said."""
    catalogue = load_catalogue(settings.profile_folders, before)
    said = before.complaints
    for folder, sentence in catalogue.complaints.items():
        if said.get(folder) != sentence:
            log.error("%s", sentence)
    return catalogue
