"""Streams items as a zip with their sidecars and a sha256 manifest, without ever holding it in memory or on disk."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from webadmin.files.originals import open_original
from webadmin.outlet import Outlet

_CHUNK = 256 * 1024


def name_inside(place: str, verdict: str, camera_id: str | None) -> str:
    """Return the name of an item inside a zip: its place, in the folder of the camera that it belongs to.

    >>> name_inside("accepted/X/2026-11-27/1-a.jpg", "accepted", "Y")
    'accepted/Y/2026-11-27/1-a.jpg'
    >>> name_inside("rejected/empty_file/2026-11-27/1-a.jpg", "rejected", "Y")
    'rejected/empty_file/2026-11-27/1-a.jpg'
    """
    first, _, rest = place.split("/", 2)
    return f"{first}/{camera_id}/{rest}" if verdict == "accepted" else place


def stream_archive(root: Path, items: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """Yield the zip of items, each with its place and its name inside; what has vanished is listed as such."""
    outlet = Outlet()
    manifest: list[tuple[str, str]] = []
    vanished: list[str] = []
    stream: Any = outlet
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for file, name in ((place + end, inside + end) for place, inside in items for end in ("", ".json")):
            try:
                original = open_original(root, file)
            except FileNotFoundError:
                vanished.append(name)
                continue
            with original:
                yield from _copy(archive, outlet, original, name, manifest)
        archive.writestr("sha256sums.txt", "".join(f"{digest}  {name}\n" for name, digest in manifest))
        if vanished:
            archive.writestr("vanished.txt", "".join(f"{name}\n" for name in vanished))
    yield from outlet.take()


def _copy(
    archive: zipfile.ZipFile, outlet: Outlet, original: IO[bytes], name: str, manifest: list[tuple[str, str]]
) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
        while chunk := original.read(_CHUNK):
            digest.update(chunk)
            entry.write(chunk)
            yield from outlet.take()
    manifest.append((name, digest.hexdigest()))
    yield from outlet.take()
