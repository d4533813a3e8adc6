"""Which accepted files a profile would take from other cameras, looked for before it is saved.

The newest files of every camera are asked, by what their sidecars keep. What only the file itself would tell, such as
a MakerNote, is not looked into: then nothing is found, and nobody is hindered.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.index.places import read_sidecar
from ingest.index.spellings import in_known_spelling
from ingest.profiles.catalogue import Catalogue, catalogue_of
from ingest.profiles.matching import failures
from ingest.profiles.profile import Profile
from ingest.profiles.sources import subject_of
from ingest.reading.facts import Facts, read_facts
from ingest.requests.result import Alive
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.names import one_line
from ingest.spool.origin import origin_of
from ingest.spool.sidecar import Sidecar
from ingest.verdict.belonging import Records
from ingest.verdict.decision import decide
from ingest.verdict.senders import sender_of

MOST_FILES, MOST_OF_A_CAMERA = 5000, 10
PATHS_SHOWN = 5

_CAMERAS = "SELECT camera_id FROM cameras ORDER BY last_received_at DESC"
_NEWEST = (
    "SELECT camera_id, place FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = 'accepted' "
    "ORDER BY number DESC LIMIT ?"
)
_LAST_REPORT = (
    "SELECT items.camera_id, place FROM cameras JOIN items ON items.id = last_report_id "
    "WHERE cameras.camera_id = ? AND verdict = 'accepted'"
)


@dataclass(frozen=True)
class Taken:
    """One accepted file that would get another verdict, and who it is of now."""

    item_id: str
    path: str
    camera_id: str
    profile: str


@dataclass(frozen=True)
class _Trial:
    """The profiles as they are now, and as they would be."""

    settings: Settings
    index: sqlite3.Connection
    cameras: KnownCameras
    profile: Profile
    former: Profile | None
    now: Catalogue
    then: Catalogue
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def taken_files(
    settings: Settings, index: sqlite3.Connection, profile: Profile, catalogue: Catalogue, alive: Alive
) -> list[Taken]:
    """Return the accepted files that would not be read as they are now, were this profile one of the catalogue.

    A newer version of a profile may read its own files differently: that is what it is for. It takes those that it
    would not claim any more.
    """
    others = [one for one in catalogue.profiles if one.id != profile.id]
    former = next((one for one in catalogue.profiles if one.id == profile.id), None)
    then = catalogue_of([*others, profile], settings.profile_folders)
    trial = _Trial(settings, index, KnownCameras(settings.root), profile, former, catalogue, then)
    found = (_taken(trial, camera_id, place) for camera_id, place in _newest(index, alive))
    return [one for one in found if one]


def taken_sentence(profile_id: str, taken: Sequence[Taken]) -> str:
    """Say which accepted files a profile would take, naming profiles, cameras and a few of the files.

    >>> taken_sentence("acme", [Taken("1", "a.jpg", "oak", "instar"), Taken("2", "b.jpg", "oak", "instar")])
    'acme would take files: of oak, which instar reads (a.jpg, b.jpg).'
    """
    told: dict[tuple[str, str], list[str]] = {}
    for one in taken[:PATHS_SHOWN]:
        told.setdefault((one.camera_id, one.profile), []).append(one_line(one.path, 120))
    parts = [_of_camera(*whose, paths, profile_id) for whose, paths in told.items()]
    more = {one.camera_id for one in taken} - {camera for camera, _ in told}
    rest = f"; and of {len(more)} more camera{'s' if len(more) > 1 else ''}" if more else ""
    loses = all(one.profile == profile_id for one in taken)
    return f"{profile_id} would {'no longer accept' if loses else 'take'} files: {'; '.join(parts)}{rest}."


def _of_camera(camera_id: str, profile: str, paths: Sequence[str], profile_id: str) -> str:
    read = "which it reads now" if profile == profile_id else f"which {profile} reads"
    return f"of {camera_id}, {read} ({', '.join(paths)})"


def _newest(index: sqlite3.Connection, alive: Alive) -> Iterator[tuple[str, str]]:
    """Yield camera and place of the newest accepted files of each camera, and of its last report."""
    cameras = [row[0] for row in index.execute(_CAMERAS)][:MOST_FILES]
    of_each = max(1, min(MOST_OF_A_CAMERA, MOST_FILES // max(1, len(cameras))))
    for camera_id in cameras:
        alive()
        rows = index.execute(_NEWEST, (camera_id, of_each)).fetchall()
        rows += index.execute(_LAST_REPORT, (camera_id,)).fetchall()
        yield from dict.fromkeys((row[0], row[1]) for row in rows)


def _taken(trial: _Trial, camera_id: str, place: str) -> Taken | None:
    sidecar = read_sidecar(trial.settings.root, place)
    facts = _facts(trial.settings, place, sidecar) if sidecar else None
    if sidecar is None or facts is None or facts.kind == "other":
        return None
    subject = subject_of(facts, facts.kind, sidecar.upload_path, sidecar.account)
    claims = not failures(subject, trial.profile)
    if not claims and (trial.former is None or failures(subject, trial.former)):
        return None
    item = _item(sidecar, place)
    before, after = (_decided(trial, item, facts, catalogue) for catalogue in (trial.now, trial.then))
    owner = _owner(trial, sidecar, before, after, claims=claims)
    return Taken(sidecar.id, sidecar.upload_path, camera_id, owner) if owner else None


def _owner(trial: _Trial, sidecar: Sidecar, before: Sidecar, after: Sidecar, *, claims: bool) -> str | None:
    """Return the profile that a file would be taken from; None when nobody loses it."""
    if not claims:
        is_lost = before.profile == trial.profile.id and before.verdict == "accepted" and not _is_alike(before, after)
        return before.profile if is_lost else None
    owner = before.profile or sidecar.profile
    if owner in (None, trial.profile.id) or all(one.id != owner for one in trial.now.profiles):
        return None
    return None if after.profile == owner or _is_alike(before, after) else owner


def _is_alike(one: Sidecar, other: Sidecar) -> bool:
    """Say whether two verdicts accept a file as the same photo of the same camera."""
    told = [(sidecar.verdict, sidecar.camera_id, sidecar.captured_at) for sidecar in (one, other)]
    return told[0] == told[1] and one.verdict == "accepted"


def _decided(trial: _Trial, item: Item, facts: Facts, catalogue: Catalogue) -> Sidecar:
    sender = sender_of(trial.cameras, item, trial.settings)
    records = Records(trial.cameras.record, trial.cameras.spelling, sender)
    sidecar = decide(item, facts, catalogue, trial.settings, decided_at=trial.at, records=records)
    return in_known_spelling(trial.settings.root, trial.index, sidecar)


def _item(sidecar: Sidecar, place: str) -> Item:
    path = origin_of(sidecar, place).upload_path
    return Item(sidecar.id, path, sidecar.source, sidecar.connection, sidecar.account, sidecar.client)


def _facts(settings: Settings, place: str, sidecar: Sidecar) -> Facts | None:
    """Return what is known of a file: of a photo by its sidecar, of a report by its lines. None when it has gone."""
    if sidecar.kind != "report":
        size = (sidecar.width, sidecar.height)
        return Facts(sidecar.kind, sidecar.size_bytes, sidecar.sha256, *size, exif=sidecar.exif)
    try:
        with Path(settings.root, place).open("rb") as file:
            content = file.read(settings.limits.report_bytes)
    except OSError:
        return None
    return read_facts(content, sidecar.size_bytes, sidecar.upload_path, settings.limits)
