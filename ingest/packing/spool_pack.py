"""Makes the sample pack of a profile from what its cameras have sent here."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError, in_words
from ingest.index.places import read_sidecar
from ingest.packing.chosen import chosen_places
from ingest.packing.sample_pack import Original, SamplePack, make_pack
from ingest.profiles.catalogue import mark_of
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE
from ingest.settings.values import MEGABYTE, Settings
from ingest.spool.saved_profiles import is_profile_id, profile_folder, read_confirmation
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import parse_utc
from ingest.verdict.senders import is_own

_MOST_BYTES = 48 * MEGABYTE
"""How much of the spool is in memory at once."""


def pack_from_spool(settings: Settings, index: sqlite3.Connection, profile: Profile) -> SamplePack:
    """Make a sample pack of files that are here.

    Raise CamspoolError when there is none that can be a sample, or the profile cannot be read.
    """
    file = Path(profile.folder) / FILE
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CamspoolError(f"{file} cannot be read: {in_words(error)}.") from error
    originals = list(_originals(settings, chosen_places(index, profile.id)))
    if not originals:
        raise CamspoolError(f"No file that {profile.id} knows is here yet, so there is nothing to make samples of.")
    return make_pack(profile, text, originals, confirmation_of(settings.root, profile))


def confirmation_of(root: Path, profile: Profile) -> dict[str, Any]:
    """Return what a pack tells of the confirmation of a profile: when, not by whom; empty where there is none."""
    told = read_confirmation(profile_folder(root, profile.id)) if is_profile_id(profile.id) else None
    if told is None or told.sha256 != mark_of(profile):
        return {}
    seen = "ID, time and place that were read are those of the camera"
    return {"profile": profile.id, "confirmed_at": told.at, "seen": seen}


def _originals(settings: Settings, places: Iterable[str]) -> Iterator[Original]:
    left_bytes = _MOST_BYTES
    for place in places:
        sidecar = read_sidecar(settings.root, place)
        most_bytes = min(left_bytes, settings.limits.image_bytes)
        content = _content(settings.root / place, most_bytes) if sidecar else None
        if sidecar and content is not None:
            left_bytes -= len(content)
            yield _original(settings, sidecar, content)


def _original(settings: Settings, sidecar: Sidecar, content: bytes) -> Original:
    own = is_own(sidecar.account, settings)
    return Original(content, sidecar.upload_path, sidecar.account, own, parse_utc(sidecar.received_at))


def _content(file: Path, most_bytes: int) -> bytes | None:
    """Return a file's bytes; None for one that has gone, is a link, or is larger than a photo may be."""
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            content = stream.read(most_bytes + 1)
    except OSError:
        return None
    return content if len(content) <= most_bytes else None
