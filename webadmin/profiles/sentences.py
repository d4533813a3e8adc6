"""The choices of a profile as a person reads them: under headings, with what they give for the files. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.profiles.drafts import Choice, Decision
from ingest.profiles.profile import PartName
from webadmin.wording import field_title, headed

_HEADINGS = {
    "camera_id": "Camera",
    "captured_at": "Time",
    "reported_at": "Time",
    "zone": "Time",
    "location": "Place",
    "latitude": "Place",
    "longitude": "Place",
    "like": "Known by",
    "encoding": "Known by",
    "known": "Known by",
    "require": "Must have",
}
_ORDER = ("Known by", "Camera", "Time", "Place", "Must have", "Also")
_TITLES = {
    "camera_id": "Camera",
    "captured_at": "Time",
    "reported_at": "Time",
    "zone": "Zone",
    "location": "Place",
    "like": "Read",
    "encoding": "Letters",
}
_TIMES = ("captured_at", "reported_at")
_CONDITIONS = ("known.", "require.")
_MOST_READS = 3
_IGNORED = "ignored"


@dataclass(frozen=True)
class Heading:
    """The decisions about one thing, of photos or of reports. `is_open` says that one of them is to be made."""

    part: PartName
    title: str
    decisions: tuple[Decision, ...]

    @property
    def telling(self) -> tuple[Decision, ...]:
        """Those that say something."""
        return tuple(one for one in self.decisions if one not in self.silent)

    @property
    def silent(self) -> tuple[Decision, ...]:
        """The values that do not matter, as far as nothing is to be asked."""
        return tuple(one for one in self.decisions if one.chosen and one.chosen.key == _IGNORED and not one.question)

    @property
    def is_open(self) -> bool:
        """Whether one of them is to be made."""
        return any(one.question for one in self.decisions)


def headings(decisions: Sequence[Decision]) -> list[Heading]:
    """Return all decisions under their headings, photos first; what is to be decided stands before the rest."""
    found: dict[tuple[PartName, str], list[Decision]] = {}
    for one in decisions:
        found.setdefault((one.part, _HEADINGS.get(one.field.partition(".")[0], "Also")), []).append(one)
    made = [Heading(part, title, tuple(one)) for (part, title), one in found.items()]
    return sorted(made, key=lambda one: (one.part != "image", not one.is_open, _ORDER.index(one.title)))


def decision_title(field: str) -> str:
    """Return what a decision is about.

    >>> decision_title("captured_at"), decision_title("known.exif.Make"), decision_title("require.location")
    ('Time', 'Make', 'Place')
    """
    kind, _, rest = field.partition(".")
    if kind == "known" and rest:
        return " or ".join(_source_title(source.strip()) for source in rest.split("|"))
    return _TITLES.get(rest or field) or field_title(rest or field)


def _source_title(source: str) -> str:
    return source.partition(".")[2] or {"path": "Upload path", "account": "Account"}.get(source, headed(source))


def gives(field: str, choice: Choice) -> list[str]:
    """Return the different values that a choice gives, the first few of them; more are `…`.

    What a file is known by and what it must have are no values of it.
    """
    if field.startswith(_CONDITIONS):
        return []
    read = [spoken_time(text) if field in _TIMES else text for text in choice.reads if text]
    different = list(dict.fromkeys(read))
    return [*different[:_MOST_READS], *(["…"] if len(different) > _MOST_READS else [])]


def spoken_time(text: str) -> str:
    """Return a camera's time as people say it; what is no time stays.

    >>> spoken_time("2023-06-20T13:09:00"), spoken_time("soon")
    ('20 June 2023, 13:09', 'soon')
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{moment.day} {moment:%B %Y, %H:%M}"
