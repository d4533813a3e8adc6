"""What an archive is to hold, and what it holds: a copy is proved when the store's hash of it is that of our bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.outbox.answers import Answer, Parcel

HASHES = ("sha256", "sha1", "md5")
"""The hashes that both sides can tell, the strongest first, as rclone and Python call them."""
_CHUNK_BYTES = 1024 * 1024

Found = Literal["proved", "missing", "other"]


@dataclass(frozen=True)
class Copy:
    """A file that is to lie in the archive: its object below the gateway's folder, and the hashes of its bytes."""

    object: str
    sha256: str
    hash: str


def read_copy(file: Path, name: str, hash_name: str) -> Copy:
    """Return what is to lie in the archive as `name`, from a file's bytes. Raise OSError."""
    ours, theirs = hashlib.sha256(), hashlib.new(hash_name, usedforsecurity=False)
    digests = [ours] if hash_name == ours.name else [ours, theirs]
    with file.open("rb", buffering=0) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            for digest in digests:
                digest.update(chunk)
    return Copy(name, ours.hexdigest(), digests[-1].hexdigest())


def look_up(copy: Copy, hashes: Mapping[str, str]) -> Found:
    """Say what the archive has of a copy, from the hashes of its objects."""
    found = hashes.get(copy.object)
    if found is None:
        return "missing"
    return "proved" if found == copy.hash else "other"


def hashes_in(printed: str) -> dict[str, str]:
    """Return the hash of each object, as `rclone hashsum` prints them: `<hash>  <object>`.

    >>> hashes_in("b1946ac9  accepted/a.jpg\\n          accepted/b.jpg\\nERROR     accepted/c.jpg\\n")
    {'accepted/a.jpg': 'b1946ac9'}
    """
    pairs = (line.split("  ", 1) for line in printed.splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and pair[0].isalnum() and pair[0].islower()}


def later_object(parcel: Parcel) -> str | None:
    """Return the object for a later state of an item's sidecar, where an earlier one lies in the archive already.

    None for the first state of all, which has no number.
    """
    number = parcel.key.removeprefix(parcel.id)
    return f"{parcel.place}{number}.json" if number else None


def delivered(parcel: Parcel, photo: Copy, sidecar: Copy, folder: str, hash_name: str) -> Answer:
    """Return the answer that an item is in the archive, with its photo and its sidecar."""
    proof = {
        "object": f"{folder}/{photo.object}",
        "hash": f"{hash_name}:{photo.hash}",
        "sidecar": f"{folder}/{sidecar.object}",
        "sidecar_sha256": sidecar.sha256,
    }
    return Answer(parcel.id, "delivered", f"{folder}/{photo.object} has the same {hash_name}.", proof)


def clashes(parcel: Parcel, copy: Copy, folder: str) -> Answer:
    """Return the answer that the archive holds something else under an item's name."""
    said = f"{folder}/{copy.object} is there already with other bytes. Nothing was overwritten; a person has to look."
    return Answer(parcel.id, "failed", said)


def damaged(parcel: Parcel) -> Answer:
    """Return the answer that an item is not what it was when it got its verdict."""
    said = f"{parcel.place} is not what was accepted: its SHA-256 is another. The disk may fail; nothing was sent."
    return Answer(parcel.id, "failed", said)
