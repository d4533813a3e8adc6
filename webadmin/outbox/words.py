"""A target and how it stands, in words. Pure."""

from dataclasses import dataclass

from ingest.outbox.standing import Standing
from webadmin.display import count, plain
from webadmin.wording import headed

KINDS = {
    "archive": "archive",
    "webhook": "webhook",
    "command": "program on this machine",
    "earthranger": "EarthRanger",
    "folder": "folder",
    "message": "messages to people",
}
SAID_MAX = 500


@dataclass(frozen=True)
class Mood:
    """How a target stands in one look: `state` is good, wait, attention or bad; `sentence` says why."""

    state: str
    sentence: str

    @property
    def is_trouble(self) -> bool:
        """Say whether somebody should look."""
        return self.state in ("attention", "bad")


def kind_words(kind: str | None) -> str:
    """Return what kind of target it is.

    >>> kind_words("command"), kind_words(None)
    ('program on this machine', 'not in the settings any more')
    """
    return KINDS.get(kind, kind) if kind else "not in the settings any more"


def mood_of(standing: Standing) -> Mood:
    """Return how a target stands: what a person must act on comes first."""
    outlook, waits = standing.outlook, waiting_words(standing.waiting)
    if standing.kind is None:
        return Mood("attention", f"The settings do not name it any more. {headed(waits)} for it.")
    if standing.is_paused:
        return Mood("attention", f"Somebody lets it rest. {headed(waits)} meanwhile.")
    if outlook and outlook.trouble:
        return Mood("bad", plain(outlook.trouble, SAID_MAX))
    if standing.failed:
        return Mood("bad", f"It refuses {files(standing.failed)} for good; see what it answers.")
    if standing.waiting and outlook and outlook.item_trouble:
        return Mood("attention", f"{headed(waits)}. The last trouble: {plain(outlook.item_trouble, SAID_MAX)}")
    return Mood("wait", f"{headed(waits)}.") if standing.waiting else Mood("good", "Nothing waits.")


def waiting_words(number: int) -> str:
    """Return how much waits.

    >>> waiting_words(0), waiting_words(1), waiting_words(2)
    ('nothing waits', '1 file waits', '2 files wait')
    """
    return f"{files(number)} {'waits' if number == 1 else 'wait'}" if number else "nothing waits"


def files(number: int) -> str:
    """Return a number of files.

    >>> files(1), files(12)
    ('1 file', '12 files')
    """
    return "1 file" if number == 1 else f"{count(number)} files"
