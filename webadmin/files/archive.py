"""Streams items as a zip with their sidecars and a sha256 manifest, without ever holding it in memory or on disk."""

import hashlib
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from ingest.spool.names import item_of_name
from webadmin.files.originals import open_original
from webadmin.outlet import Outlet

_CHUNK = 256 * 1024
_HARMLESS, _NAME_MAX_BYTES = frozenset("._- ()"), 150


@dataclass(frozen=True)
class Packed:
    """One item in a zip: its place in the spool, its name inside, and when it was taken or else came (local time)."""

    place: str
    name: str
    at: datetime


def name_inside(place: str, verdict: str, camera_id: str | None, upload_path: str) -> str:
    """Return the name of an item inside a zip: its place, in the folder of the camera that it belongs to, and named as
    its camera named it, in whatever script.

    >>> name_inside("accepted/X/2026-11-27/20261127T000000.000000Z-00aa-H_hle.jpg", "accepted", "Y", "a/Höhle.jpg")
    'accepted/Y/2026-11-27/20261127T000000.000000Z-00aa-Höhle.jpg'
    >>> name_inside("rejected/empty_file/2026-11-27/1-a.jpg", "rejected", "Y", "a.jpg")
    'rejected/empty_file/2026-11-27/1-a.jpg'
    """
    first, _, rest = place.split("/", 2)
    folder, _, name = (f"{first}/{camera_id}/{rest}" if verdict == "accepted" else place).rpartition("/")
    item_id, _ = item_of_name(name)
    return f"{folder}/{item_id}-{spoken_name(upload_path)}" if item_id else f"{folder}/{name}"


def spoken_name(upload_path: str) -> str:
    """Return the last part of an upload path as a harmless file name that keeps the letters of every script.

    It never ends in `.json`, so that every `.json` beside items is a sidecar.

    >>> spoken_name("虎/老虎 1.jpg"), spoken_name('..<a>\\u202e.json'), spoken_name("я" * 90 + ".jpg").encode()[-6:]
    ('老虎 1.jpg', '_a__.json_', b'\\xd1\\x8f.jpg')
    """
    text = unicodedata.normalize("NFC", upload_path.rpartition("/")[2])
    name = "".join(one if unicodedata.category(one)[0] in "LMN" or one in _HARMLESS else "_" for one in text)
    name = name.strip(" .") or "_"
    stem, dot, suffix = name.rpartition(".") if "." in name[-9:] else (name, "", "")
    stem = stem.encode()[: _NAME_MAX_BYTES - len(f"{dot}{suffix}".encode())].decode(errors="ignore")
    return f"{stem}{dot}{suffix}" + ("_" if suffix.lower() == "json" else "")


def stream_archive(
    root: Path, items: Iterable[Packed], tables: Mapping[str, str] = MappingProxyType({})
) -> Iterator[bytes]:
    """Yield the zip of items, with texts of some names beside them; what has vanished is listed as such."""
    outlet = Outlet()
    manifest: list[tuple[str, str]] = []
    vanished: list[str] = []
    stream: Any = outlet
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, text in tables.items():
            manifest.append((name, hashlib.sha256(text.encode()).hexdigest()))
            archive.writestr(name, text)
        for item, end in ((item, end) for item in items for end in ("", ".json")):
            try:
                original = open_original(root, item.place + end)
            except FileNotFoundError:
                vanished.append(item.name + end)
                continue
            with original:
                yield from _copy(archive, outlet, original, _entry(item, end), manifest)
        archive.writestr("sha256sums.txt", "".join(f"{digest}  {name}\n" for name, digest in manifest))
        if vanished:
            archive.writestr("vanished.txt", "".join(f"{name}\n" for name in vanished))
    yield from outlet.take()


def _entry(item: Packed, end: str) -> zipfile.ZipInfo:
    """Return the head of an entry with the photo's time: a zip counts from 1980 to 2107, in local time."""
    at = min(max(item.at, datetime(1980, 1, 1)), datetime(2107, 12, 31))  # noqa: DTZ001 - a zip has no zones
    return zipfile.ZipInfo(item.name + end, at.timetuple()[:6])


def _copy(
    archive: zipfile.ZipFile,
    outlet: Outlet,
    original: IO[bytes],
    info: zipfile.ZipInfo,
    manifest: list[tuple[str, str]],
) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as entry:
        while chunk := original.read(_CHUNK):
            digest.update(chunk)
            entry.write(chunk)
            yield from outlet.take()
    manifest.append((info.filename, digest.hexdigest()))
    yield from outlet.take()
