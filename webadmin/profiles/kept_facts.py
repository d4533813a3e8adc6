"""What sidecars keep of thousands of items, read once in a process, so that typing reads no file again."""

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from ingest.reading.facts import Facts
from ingest.spool.sidecar import Problem
from ingest.verdict.candidate import Candidate
from ingest.vocabulary import Reason
from webadmin.files.item import SIDECAR_MAX_BYTES
from webadmin.files.originals import open_original
from webadmin.profiles.candidates import MOST, Row

PATIENCE_S = 4.0
"""How long sidecars are read for one answer. What was not read then is read for the next one."""

MOST_BYTES = 16_000_000
"""How much of sidecars is kept in memory, which takes some four times as much: a camera of ours writes 700 bytes."""

_MOST_KEPT = 2 * MOST
_SHORT = 20
_EXIF, _EXIF_END, _NO_EXIF = b'\n "exif": {\n', b"\n },\n", b'\n "exif": {},\n'


@dataclass
class KeptFacts:
    """The candidates as their sidecars tell of them. State of a process; its threads may use it at once."""

    _known: dict[str, tuple[int, int, Candidate]] = field(default_factory=dict)
    _bytes: int = 0
    _turn: Lock = field(default_factory=Lock)

    def candidates(self, root: Path, rows: Iterable[Row]) -> tuple[list[Candidate], int]:
        """Return these items, but for those that are gone, and how many there was no time for."""
        until, found, late = monotonic() + PATIENCE_S, [], 0
        with self._turn:
            for row in rows:
                mark = hash(row)
                known = self._known.get(row.id)
                if known and known[0] == mark:
                    found.append(known[2])
                elif monotonic() > until:
                    late += 1
                elif one := self._read(root, row, mark):
                    found.append(one)
            if len(self._known) > _MOST_KEPT:
                self._forget_all_but(found)
        return found, late

    def _read(self, root: Path, row: Row, mark: int) -> Candidate | None:
        text = b""
        if row.kind == "image":
            try:
                with open_original(root, f"{row.place}.json") as file:
                    text = exif_text(file.read(SIDECAR_MAX_BYTES + 1))
            except OSError:
                return None
        one = _candidate(row, text)
        before = self._known.pop(row.id, None)
        self._bytes -= before[1] if before else 0
        if self._bytes + len(text) <= MOST_BYTES:
            self._known[row.id] = (mark, len(text), one)
            self._bytes += len(text)
        return one

    def _forget_all_but(self, found: Iterable[Candidate]) -> None:
        ids = {one.id for one in found}
        self._known = {id_: entry for id_, entry in self._known.items() if id_ in ids}
        self._bytes = sum(size for _, size, _ in self._known.values())


def exif_text(sidecar: bytes) -> bytes:
    """Return the JSON of the EXIF in a sidecar's bytes; empty where it cannot be told.

    We write it in lines of its own, in which no text ends early: that takes a quarter of the time of reading all.

    >>> exif_text(b'{\\n "id": "x",\\n "exif": {\\n  "Make": "SY"\\n },\\n "reason": null\\n}\\n')
    b'{"Make": "SY"}'
    >>> exif_text(b'{"exif": {"Make": "SY"}}'), exif_text(b'{"exif'), exif_text(b"[]")
    (b'{"Make": "SY"}', b'', b'')
    """
    if _NO_EXIF in sidecar:
        return b"{}"
    begin = sidecar.find(_EXIF)
    end = sidecar.find(_EXIF_END, begin)
    if 0 < begin < end:
        return b"{" + sidecar[begin + len(_EXIF) : end].strip() + b"}"
    with suppress(ValueError, RecursionError):
        content = json.loads(sidecar) if len(sidecar) <= SIDECAR_MAX_BYTES else None
        if isinstance(content, dict) and isinstance(content.get("exif"), dict):
            return json.dumps(content["exif"]).encode()
    return b""


def _candidate(row: Row, text: bytes) -> Candidate:
    return Candidate(
        row.id,
        row.verdict == "accepted",
        "image" if row.kind == "image" else "report",
        row.upload_path,
        _shared(row.account),
        _facts(row, text) if text else None,
        _shared(row.profile),
        _shared(row.camera_id),
        row.sha256,
    )


def _facts(row: Row, text: bytes) -> Facts | None:
    exif = _exif(text)
    if exif is None:
        return None
    code: Reason = "unreadable_metadata" if row.reason == "unreadable_metadata" else "no_metadata"
    lacking = None if exif else Problem(code, "")
    return Facts("image", row.size_bytes, row.sha256, exif=exif, metadata_problem=lacking)


def _exif(text: bytes) -> dict[str, Any] | None:
    """Read the EXIF; its names, and short texts, which thousands of photos have in common, are in memory once."""
    try:
        exif = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return {sys.intern(tag): _shared(value) if isinstance(value, str) else value for tag, value in exif.items()}


def _shared(text: str | None) -> str | None:
    return sys.intern(text) if text is not None and len(text) < _SHORT else text
