"""What every view needs: settings, surroundings, the index of this request, and the shared caches of this process."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from flask import current_app

from ingest.errors import CamspoolError
from ingest.fleet.camera_records import CameraRecords
from ingest.fleet.cameras import Judged, read_fleet
from ingest.fleet.health import Camera
from ingest.fleet.other_names import is_only_a_name
from ingest.fleet.texts import Texts, read_texts
from ingest.index.schema import INDEXES, VERSION
from ingest.index.store import create_tables, read_index
from ingest.outbox.results import Finding, findings
from ingest.outbox.standing import Standing, standings
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.settings.values import Settings
from ingest.spool.saved_profiles import FOLDER
from ingest.upkeep.status import read_status
from webadmin.cameras.mixing import Mixed, mark_all, read_mixed
from webadmin.files.queries import let_know_found
from webadmin.files.selection import Selection
from webadmin.outbox.found import ids_of
from webadmin.overview.lights import Lights
from webadmin.profiles.trying_out import Remembered
from webadmin.surroundings import Surroundings

SEARCH_PATIENCE_S = 1.5
FLEET_FRESH_S = 2.0
TARGETS_FRESH_S = 5.0
FINDINGS_FRESH_S = 30.0
_STEPS_BETWEEN_LOOKS = 20_000
_DAMAGED = (
    "The index is damaged or just being made. If that goes on: stop the watcher, camspool reindex, start it again."
)


class TooBroadError(Exception):
    """A search that would keep others waiting was broken off."""


@dataclass
class Context:
    """One per process. `camera_records` and the catalogue are read again only when their files have changed."""

    settings: Settings
    surroundings: Surroundings
    camera_records: CameraRecords = field(default_factory=CameraRecords)
    _catalogue: Catalogue | None = None
    _judged: Judged = field(default_factory=dict)
    _fleet: tuple[float, object, list[Camera]] = (-1e9, None, [])
    tried_out: Remembered = field(default_factory=Remembered)
    _texts: tuple[float, Texts] = (-1e9, {})
    _standings: tuple[float, list[Standing]] = (-1e9, [])
    _findings: tuple[float, Mapping[str, Finding]] = (-1e9, {})

    def __post_init__(self) -> None:
        self.lights = Lights(lambda: read_status(self.settings))

    @property
    def root(self) -> Path:
        """The spool root."""
        return self.settings.root

    @property
    def catalogue(self) -> Catalogue:
        """The profiles as they are now."""
        self._catalogue = load_catalogue(self.settings.profile_folders, self._catalogue)
        return self._catalogue

    @property
    def profile_ids(self) -> frozenset[str]:
        """The IDs of the profiles as they are now."""
        return frozenset(profile.id for profile in self.catalogue.profiles)

    def is_saved(self, profile_id: str | None) -> bool:
        """Say whether the profile in use is one that somebody saved here."""
        folders = (Path(profile.folder) for profile in self.catalogue.profiles if profile.id == profile_id)
        return any(folder.parent == self.root / FOLDER for folder in folders)

    @property
    def unconfirmed(self) -> frozenset[str]:
        """The IDs of the profiles that nobody has confirmed from the field."""
        return frozenset(profile.id for profile in self.catalogue.profiles if not profile.confirmed)

    def mixed(self) -> list[Mixed]:
        """Return the IDs that several cameras feed. What is only another name of a camera is settled."""
        records = self.camera_records.all(self.root)
        with self.index() as index:
            found = read_mixed(index, records, self.profile_ids)
        return [one for one in found if not is_only_a_name(one.camera_id, records)]

    def fleet(self, now: datetime) -> list[Camera]:
        """Return every camera as it was two seconds ago at most: reading thousands takes longer than a page may."""
        read_at, known, cameras = self._fleet
        records = self.camera_records.all(self.root)
        if monotonic() - read_at > FLEET_FRESH_S or known is not records:
            with self.index() as index:
                silent_days = self.settings.cameras.silent_after_days
                cameras = read_fleet(index, self.camera_records, self.root, now, silent_days, self._judged)
                cameras = mark_all(cameras, index, records, self.profile_ids)
            self._fleet = (monotonic(), records, cameras)
        return cameras

    def targets(self) -> list[Standing]:
        """Return how every target stood five seconds ago at most: what waits for them is counted, and may be much."""
        counted_at, found = self._standings
        if monotonic() - counted_at > TARGETS_FRESH_S:
            found = standings(self.root, self.settings.targets)
            self._standings = (monotonic(), found)
        return found

    def findings(self) -> Mapping[str, Finding]:
        """Return what an AI had found in photos half a minute ago at most: there may be a hundred thousand to read."""
        read_at, found = self._findings
        if monotonic() - read_at > FINDINGS_FRESH_S:
            found = findings(self.root, self.settings.targets)
            self._findings = (monotonic(), found)
        return found

    def know_found(self, index: sqlite3.Connection, selection: Selection) -> None:
        """Let an index know the items in which an AI has found what a selection asks for."""
        if selection.found:
            let_know_found(index, ids_of(self.findings(), selection.found))

    def camera_texts(self) -> Texts:
        """Return what files called their cameras two seconds ago at most."""
        read_at, texts = self._texts
        if monotonic() - read_at > FLEET_FRESH_S:
            with self.index() as index:
                texts = read_texts(index)
            self._texts = (monotonic(), texts)
        return texts

    @contextmanager
    def index(self) -> Iterator[sqlite3.Connection]:
        """Open the index for one page; an empty one stands in while there is none.

        Raise TooBroadError, or CamspoolError when the index is damaged.
        """
        try:
            index = open_or_empty(self.root)
        except sqlite3.DatabaseError as error:
            raise CamspoolError(_DAMAGED) from error
        deadline = monotonic() + SEARCH_PATIENCE_S
        index.set_progress_handler(lambda: monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
        try:
            yield index
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise TooBroadError from error
            raise
        except sqlite3.DatabaseError as error:
            raise CamspoolError(_DAMAGED) from error
        finally:
            index.close()


def open_or_empty(root: Path) -> sqlite3.Connection:
    """Return the index, or an empty one in memory while the watcher has not made it yet."""
    try:
        index = read_index(root)
        if index.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            index.execute("SELECT 1 FROM items LIMIT 1").fetchone()
            return index
        index.close()
    except sqlite3.OperationalError:
        pass
    empty = sqlite3.connect(":memory:")
    create_tables(empty)
    empty.executescript(INDEXES)
    empty.row_factory = sqlite3.Row
    return empty


def context() -> Context:
    """Return the context of the running application."""
    found: Context = current_app.extensions["camspool"]
    return found
