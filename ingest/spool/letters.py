"""Letters: what goes to targets and is no item. `outbox/.letters/<day>/<id>.json` holds one; its mark is as an item's.

A letter never changes: it says how something stood when it was written. So one that was sent tells what was sent.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from ingest.spool.durable import flush_folder, replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.outbox import OUTBOX
from ingest.spool.stamp import id_time

LETTERS = ".letters"

LetterKind = Literal["camera_record", "connection_records", "incident"]
"""What a letter is about: a camera record, the connection records of one day, an incident that people are told of."""

LETTER_KINDS: tuple[str, ...] = get_args(LetterKind)


@dataclass(frozen=True)
class Letter:
    """One letter. `about` is a camera ID, a day such as 2026-04-09, or an incident's id; `at` UTC text.

    `content` is what it says, as JSON; for connection records `place` names their file in the spool instead. For an
    incident it has `incident` and `message` (see `ingest.spool.incidents`).
    """

    id: str
    kind: LetterKind
    about: str
    at: str
    content: Mapping[str, Any] = field(default_factory=dict)
    place: str | None = None

    @property
    def key(self) -> str:
        """What a receiver tells repetitions by: the id, as a letter has one state only."""
        return self.id

    @property
    def sha256(self) -> str:
        """The SHA-256 of what it says."""
        return sha256(letter_text(self)).hexdigest()


_KEYS = frozenset(entry.name for entry in fields(Letter))


def letter_text(letter: Letter) -> bytes:
    """Return a letter as its file has it."""
    return json.dumps(asdict(letter), ensure_ascii=False, sort_keys=True).encode()


def letter_object(root: Path, letter: Letter) -> dict[str, Any]:
    """Return a letter as JSON for a receiver: with the lines of the file that it names, as `lines`; none where that is
    gone."""
    told = asdict(letter)
    if letter.place:
        lines: list[Any] = []
        with suppress(OSError):
            for line in (root / letter.place).read_bytes().splitlines():
                with suppress(ValueError):
                    lines.append(parse_json(line))
        told["content"] = {"lines": lines}
    return told


def write_letter(root: Path, letter: Letter) -> None:
    """Put a letter on the disk; its marks come afterwards. Raise OSError."""
    file = letter_file(root, letter.id)
    folder = file.parent
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(file, letter_text(letter))
    if is_new:
        flush_folder(folder.parent)


def read_letter(root: Path, letter_id: str) -> Letter | None:
    """Return a letter; None when there is none. Raise OSError or ValueError when it cannot be read."""
    try:
        content: Any = parse_json(letter_file(root, letter_id).read_bytes())
    except FileNotFoundError:
        return None
    try:
        letter = Letter(**{key: value for key, value in content.items() if key in _KEYS})
    except (AttributeError, TypeError) as error:
        raise ValueError(f"the letter {letter_id} is not whole") from error
    if letter.kind not in LETTER_KINDS:
        raise ValueError(f"the letter {letter_id} is of an unknown kind")
    return letter


def letter_days(root: Path) -> Iterator[Path]:
    """Yield the folders of letters, the oldest first; the name of each is a day."""
    with suppress(FileNotFoundError):
        yield from sorted(Path(entry) for entry in os.scandir(root / OUTBOX / LETTERS) if entry.is_dir())


def delete_old_letters(root: Path, days: int, now: datetime) -> int:
    """Delete letters older than `days` that no target waits for or has refused; return how many. 0 days keeps all."""
    if days <= 0:
        return 0
    limit, needed, deleted = f"{now - timedelta(days=days):%Y-%m-%d}", None, 0
    for folder in letter_days(root):
        if folder.name >= limit:
            break
        needed = _needed(root) if needed is None else needed
        for file in [file for file in folder.glob("*.json") if file.stem not in needed]:
            file.unlink()
            deleted += 1
        with suppress(OSError):
            folder.rmdir()
    return deleted


def _needed(root: Path) -> frozenset[str]:
    """Return what some target still has to get, or has refused."""
    marks = (file.name.removesuffix(".json") for file in (root / OUTBOX).glob("[!.]*/*"))
    failed = (file.stem for file in (root / OUTBOX).glob("[!.]*/failed/*.json"))
    return frozenset(marks).union(failed)


def letter_file(root: Path, letter_id: str) -> Path:
    """Return the file of a letter."""
    return root / OUTBOX / LETTERS / id_time(letter_id).strftime("%Y-%m-%d") / f"{letter_id}.json"
