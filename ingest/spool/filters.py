"""Filters of lists that people gave names: `filters/<id>.json`, the id made from the name. All who look see them."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from ingest.spool.durable import remove_file, replace_file
from ingest.spool.json_text import parse_json

FOLDER = "filters"
NAME_MAX, QUERY_MAX = 40, 2000
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class SavedFilter:
    """A filter: how people call it, and what stands behind the `?` of its list."""

    id: str
    name: str
    query: str
    made_by: str


def filter_id(name: str) -> str:
    """Return the id of the filter of a name: one name is one filter."""
    return sha256(name.casefold().encode()).hexdigest()[:16]


def write_filter(root: Path, saved: SavedFilter) -> None:
    """Let a filter be there, in place of an earlier one of its name. Raise OSError."""
    replace_file(root / FOLDER / f"{saved.id}.json", json.dumps(asdict(saved), ensure_ascii=False).encode())


def forget_filter(root: Path, id_: str) -> bool:
    """Let a filter be there no more; say whether it was. Raise OSError."""
    return bool(_ID.fullmatch(id_)) and remove_file(root / FOLDER / f"{id_}.json")


def filters_in(root: Path) -> Iterator[SavedFilter]:
    """Yield all filters by name; a file that cannot be read is left out."""
    found = (_read(file) for file in (root / FOLDER).glob("*.json") if _ID.fullmatch(file.stem))
    yield from sorted((one for one in found if one), key=lambda one: (one.name.casefold(), one.id))


def _read(file: Path) -> SavedFilter | None:
    with suppress(OSError, ValueError, TypeError):
        saved = SavedFilter(**parse_json(file.read_bytes()))
        return saved if saved.id == file.stem and all(isinstance(one, str) for one in vars(saved).values()) else None
    return None
