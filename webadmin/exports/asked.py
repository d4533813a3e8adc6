"""What an address asks to have exported: cameras, a site, days. Pure."""

from datetime import date
from typing import Protocol

from ingest.exports.choosing import Choice
from ingest.spool.camera_ids import camera_id_from
from webadmin.display import plain

SITE_MAX = 200


class Query(Protocol):
    """What Flask has of an address."""

    def get(self, key: str, default: str, /) -> str:
        """Return the first value of a key."""

    def getlist(self, key: str, /) -> list[str]:
        """Return all values of a key."""


def read_choice(query: Query) -> Choice:
    """Return what is asked for. Raise ValueError, with a sentence, for what makes no sense: a wrong span or camera
    would be found out months later."""
    cameras = tuple(_camera(text) for text in query.getlist("camera") if text.strip())
    first, last = (_day(query.get(key, "")) for key in ("from", "until"))
    if first and last and first > last:
        raise ValueError(f"{first} is after {last}: name the first day first.")
    return Choice(cameras, query.get("site", "").strip()[:SITE_MAX], first, last)


def _camera(text: str) -> str:
    camera_id = camera_id_from(text.strip())
    if camera_id is None:
        raise ValueError(f"{plain(text, 60)} can be no camera's ID.")
    return camera_id


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{plain(text, 30)} is no day; expected one such as 2026-04-09.") from None


def as_words(choice: Choice) -> str:
    """Say what is chosen.

    >>> as_words(Choice(("oak",), "", date(2026, 4, 9)))
    'oak, from 2026-04-09'
    """
    parts = [*choice.cameras, *([f"site {choice.site}"] if choice.site else [])]
    parts += [f"from {choice.first}"] if choice.first else []
    parts += [f"until {choice.last}"] if choice.last else []
    return ", ".join(parts) or "everything"


def as_values(choice: Choice) -> dict[str, object]:
    """Return what an address has to ask for, to be asked again."""
    values = {"camera": list(choice.cameras), "site": choice.site, "from": choice.first, "until": choice.last}
    return {key: value for key, value in values.items() if value}
