"""What has been committed, and whether the index knows it yet: no verdict is told twice, and none is forgotten."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from time import time

from ingest.pipeline import (
    Originals,
    Spellings,
    mark_recovered,
    remember,
    settle_duplicates,
    settle_spellings,
    settle_targets,
)
from ingest.settings.targets import Target
from ingest.spool.moves import Decided
from ingest.spool.sidecar import Sidecar
from ingest.watching.earlier import settle_earlier
from ingest.watching.mixing import Company, warn_of_mixing
from ingest.watching.tally import Tally, counted, lengths, verdict_name


class IndexWriter:
    """State that lives with the queue: verdicts that the index could not be told, those whose marks in the outbox a
    commit that broke off may not have made, and the content and the cameras that the index does not know yet."""

    def __init__(self, root: Path, index: sqlite3.Connection, targets: tuple[Target, ...] = ()) -> None:
        self._root, self._index, self._targets = root, index, targets
        self.tally = Tally()
        self._unmarked: list[tuple[Sidecar, str]] = []
        self._untold: list[tuple[Sidecar, str]] = []
        self._originals: Originals = {}
        self._company = Company()
        self._spellings: Spellings = {}

    @property
    def decided_count(self) -> int:
        """How many verdicts the index was told."""
        return self.tally.decided

    @property
    def is_behind(self) -> bool:
        """Say whether the index still has to be told something."""
        return bool(self._untold)

    def use(self, index: sqlite3.Connection) -> None:
        """Go on with another index that knows every item on disk."""
        self._index = index

    def settle(self, decided: list[Decided]) -> list[Decided]:
        """Let every spelling of an ID be one camera, turn what that has sent before into duplicates, find the earlier
        reports that are to be items, and warn where an ID is fed by several cameras; what is just being committed
        counts."""
        decided = settle_spellings(self._root, decided, self._index, self._spellings)
        decided = settle_duplicates(self._root, decided, self._index, self._originals)
        decided = settle_earlier(self._root, decided, self._index, self._originals)
        decided = warn_of_mixing(self._root, decided, self._index, self._company)
        return settle_targets(decided, self._targets)

    def enter_recovered(self, committed: list[tuple[Sidecar, str]]) -> None:
        """Tell the index of what a commit that broke off has left whole, once its marks are made. Raise as `enter`."""
        self._unmarked += committed
        self.enter(committed)

    def enter(self, committed: list[tuple[Sidecar, str]]) -> None:
        """Tell the index. Raise sqlite3.OperationalError when it cannot be told now, OSError when marks cannot be made:
        then the next call does all.

        Until then the sidecars aside keep the verdicts, should we crash.
        """
        self._untold += committed
        mark_recovered(self._root, self._unmarked, self._targets)
        self._unmarked = []
        remember(self._root, self._index, self._untold)
        verdicts = map(verdict_name, (sidecar for sidecar, _ in self._untold))
        self.tally = counted(self.tally, verdicts, lengths(self._root, self._untold, time()))
        self.forget(sidecar.id for sidecar, _ in self._untold)
        self._untold = []

    def forget(self, ids: Iterable[str]) -> None:
        """Forget the content and the cameras of items that the index knows, or that were not committed after all."""
        gone = set(ids)
        self._originals = {content: id_ for content, id_ in self._originals.items() if id_ not in gone}
        self._company.forget(gone)
        self._spellings = {id_: camera_id for id_, camera_id in self._spellings.items() if id_ not in gone}
