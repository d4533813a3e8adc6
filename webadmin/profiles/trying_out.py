"""Tries the profile on the bench out on what is here: the sidecars of a process, the index and the records together."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ingest.index.spellings import spelling_in
from ingest.index.store import find_original
from ingest.profiles.catalogue import Catalogue, with_profile
from ingest.profiles.profile import Profile
from ingest.settings.values import Settings
from ingest.spool.camera_records import camera_record_file
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.saved_profiles import FOLDER
from ingest.verdict.belonging import Records
from ingest.verdict.candidate import Candidate, Here
from ingest.verdict.dry_run import DryRun, dry_run
from ingest.verdict.senders import Sender, sender_of
from webadmin.profiles.candidates import MOST, Listed
from webadmin.profiles.file_facts import FileFacts, FileReading
from webadmin.profiles.kept_facts import KeptFacts

_MOST_CLAIMS = 2 * MOST
_Claims = dict[tuple[str, bool], frozenset[str]]


@dataclass
class Remembered:
    """What a process remembers from one dry run to the next. State."""

    kept: KeptFacts = field(default_factory=KeptFacts)
    files: FileFacts = field(default_factory=FileFacts)
    claims: tuple[object, _Claims] = (None, {})

    def claims_in(self, catalogue: Catalogue, profile_id: str) -> _Claims:
        """Return what the other profiles of a catalogue claim, as far as it is known."""
        holds_for = (catalogue.signature, profile_id)
        if self.claims[0] != holds_for or len(self.claims[1]) > _MOST_CLAIMS:
            self.claims = (holds_for, {})
        return self.claims[1]


def try_out(
    profile: Profile,
    catalogue: Catalogue,
    settings: Settings,
    listed: Listed,
    remembered: Remembered,
    open_index: Callable[[Path], sqlite3.Connection],
    by_hand: Mapping[str, str],
) -> DryRun:
    """Return what a profile would do, if it were saved now, to the items that are listed.

    `by_hand` are the cameras that a person gives some of the items to, which name none.
    """
    profile = replace(profile, folder=str(settings.root / FOLDER / profile.id))
    candidates, late = remembered.kept.candidates(settings.root, listed.rows)
    beside = with_profile(catalogue, profile, settings.profile_folders)
    with (
        closing(open_index(settings.root)) as index,
        FileReading(settings.root, settings.limits, beside.profiles, remembered.files) as reading,
    ):
        claims = remembered.claims_in(catalogue, profile.id)
        here = _here(settings, index, listed, reading, claims, by_hand)
        found = dry_run(profile, beside, settings, candidates, here)
    return replace(found, left_out=listed.left_out + late)


def _here(
    settings: Settings,
    index: sqlite3.Connection,
    listed: Listed,
    reading: FileReading,
    claims: _Claims,
    by_hand: Mapping[str, str],
) -> Here:
    where = {row.id: (row.place, row.size_bytes) for row in listed.rows}
    return Here(
        _records(settings, by_hand),
        lambda item: reading.read(item, *where[item.id]),
        _spelling(settings.root, index),
        lambda camera_id, sha256: find_original(index, camera_id, sha256),
        claims,
    )


def _records(settings: Settings, by_hand: Mapping[str, str]) -> Callable[[Candidate], Records]:
    """Return what tells the records for a candidate; each is looked up once in a dry run."""
    cameras = KnownCameras(settings.root)
    record, spelling = cache(cameras.record), cache(cameras.spelling)

    @cache
    def sender(account: str | None, folder: str) -> Sender | None:
        path = f"{folder}/x" if folder else "x"
        return sender_of(cameras, Item("", path.encode("utf-8", "surrogateescape"), "ftps", account=account), settings)

    def records(item: Candidate) -> Records:
        if camera_id := by_hand.get(item.id):
            return Records(record, spelling, Sender(spelling(camera_id), "correction"))
        folder, below, _ = item.path.partition("/")
        return Records(record, spelling, sender(item.account, folder if below else ""))

    return records


def _spelling(root: Path, index: sqlite3.Connection) -> Callable[[str], str]:
    """Return what tells how a camera is spelled that files are here of, or come of now: see `index.spellings`."""
    coming: dict[str, str] = {}

    @cache
    def spelling(camera_id: str) -> str:
        known = spelling_in(index, camera_id) or coming.setdefault(camera_id.lower(), camera_id)
        stands_alone = camera_record_file(root, camera_id).exists() or (root / "accepted" / camera_id).is_dir()
        return camera_id if stands_alone else known

    return spelling
