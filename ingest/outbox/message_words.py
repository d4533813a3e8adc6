"""What a message says to people: of one incident, of many at once, of a photo. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ingest.outbox.sightings import Sighting
from ingest.spool.letters import Letter
from ingest.spool.names import one_line
from ingest.spool.stamp import parse_utc

OLD = timedelta(hours=6)
"""Messages that could not go for so long are told as one: who gets them wants to know how it is now."""
LISTED_MAX = 30
TEXT_MAX = 3000


@dataclass(frozen=True)
class Said:
    """A message: `photo` is the place of a photo that goes with it, None for none."""

    title: str
    text: str
    photo: str | None = None


def said_of(letter: Letter, gateway: str) -> Said:
    """Return what a letter about an incident says."""
    message = _table(letter.content.get("message"))
    title, text = str(message.get("title", "")), str(message.get("text", ""))
    link = letter.content.get("link")
    lines = [text, f"{link}" if link else "", f"{gateway}, Camspool"]
    photo = letter.content.get("photo")
    body = "\n\n".join(_clean(line) for line in lines if line)
    return Said(one_line(title, 200), body[:TEXT_MAX], photo if isinstance(photo, str) else None)


def said_together(letters: Sequence[Letter], gateway: str) -> Said:
    """Return what many letters say at once: how each incident stands by the last of them, the newest first."""
    last = {letter.about: letter for letter in letters}
    lines = [f"- {_line(letter)}" for letter in reversed(list(last.values()))][:LISTED_MAX]
    if len(last) > LISTED_MAX:
        lines.append(f"- and {len(last) - LISTED_MAX} more")
    title = f"{len(letters)} messages could not be sent until now"
    return Said(title, "\n".join(["How it stands by the last of each:", *lines, "", f"{gateway}, Camspool"])[:TEXT_MAX])


def _line(letter: Letter) -> str:
    message = _table(letter.content.get("message"))
    return f"{letter.at[:16].replace('T', ' ')} UTC: {one_line(str(message.get('title', '')), 200)}"


def said_of_photo(sighting: Sighting, place: str, gateway: str) -> Said:
    """Return what a message says of a photo."""
    where = ""
    if sighting.location:
        latitude, longitude = sighting.location["latitude"], sighting.location["longitude"]
        where = f"\n{latitude:.5f}, {longitude:.5f}"
    text = f"{sighting.camera_name}, {sighting.at[:16].replace('T', ' ')} UTC{where}\n\n{gateway}, Camspool"
    return Said(f"A photo of {sighting.camera_name}", text, place)


def shall_go_together(letters: Sequence[Letter], now: datetime, more_than: int) -> bool:
    """Say whether letters go as one: they are many, or they are old."""
    if len(letters) > more_than:
        return True
    return len(letters) > 1 and any(now - parse_utc(letter.at) > OLD for letter in letters)


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _clean(text: str) -> str:
    return "\n".join(one_line(line, 1000) for line in text.splitlines())
