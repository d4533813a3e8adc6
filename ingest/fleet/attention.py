"""What about a camera somebody should look at, the most urgent first. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ingest.fleet.clock import ClockError
from ingest.fleet.codes import code_words, files_words
from ingest.vocabulary import WHAT_TO_DO

BATTERY_LOW_PERCENT = 30
SD_FULL_PERCENT = 80

AttentionKind = Literal["silent", "rejected", "unregistered", "mixed", "moved", "battery", "sd", "clock"]
URGENCY: tuple[AttentionKind, ...] = get_args(AttentionKind)
"""The kinds of attention, the most urgent first: where photos are lost, then where they soon will be."""

_TASKS = {
    "silent": "Find out why nothing comes: batteries, SIM card, antenna. It may be gone.",
    "unregistered": "Register it on its page; its files are tried again then.",
    "moved": "See where it stands, or accept the new position on its page.",
    "battery": "Bring fresh batteries.",
    "sd": "Bring an empty SD card.",
    "clock": "Set its clock.",
}


@dataclass(frozen=True)
class Attention:
    """One thing that somebody should look at. `kind` is one of URGENCY; `task` is what to do on a visit."""

    kind: AttentionKind
    words: str
    task: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why files of a camera were rejected lately: the reason that came last, how often, and when it came last."""

    reason: str
    items: int
    last_at: str


def attention(
    row: Mapping[str, Any],
    silent_days: int | None,
    clock: ClockError | None,
    moved: float | None,
    refusal: Refusal | None,
) -> Iterator[Attention]:
    """Yield what needs attention, in the order of URGENCY. `moved`: by how many metres, when it has."""
    if silent_days is not None:
        yield Attention("silent", f"Silent for {silent_days} {'day' if silent_days == 1 else 'days'}", _TASKS["silent"])
    if refusal and refusal.last_at > (row["last_image_at"] or ""):
        yield _refused(refusal)
    if moved is not None:
        words = f"Moved {moved:.0f} m" if moved < 2000 else f"Moved {moved / 1000:.1f} km"
        yield Attention("moved", words, _TASKS["moved"])
    battery, sd_used = row["battery_percent"], row["sd_used_percent"]
    if battery is not None and battery < BATTERY_LOW_PERCENT:
        yield Attention("battery", f"Battery at {battery} %", _TASKS["battery"])
    if sd_used is not None and sd_used > SD_FULL_PERCENT:
        yield Attention("sd", f"SD card {sd_used:.0f} % full", _TASKS["sd"])
    if clock and clock.is_wrong:
        yield Attention("clock", f"Clock {clock.words}", _TASKS["clock"])


def _refused(refusal: Refusal) -> Attention:
    files = files_words(refusal.items)
    if refusal.reason == "unknown_camera":
        return Attention("unregistered", f"Not registered: {files} rejected in 7 days", _TASKS["unregistered"])
    task = next((words for reason, words in WHAT_TO_DO.items() if reason == refusal.reason), "")
    return Attention("rejected", f"Its photos are rejected: {code_words(refusal.reason)}, {files} in 7 days", task)


def urgency(found: tuple[Attention, ...]) -> tuple[int, int]:
    """Return how early a camera stands among others: by its most urgent kind, then by how many there are.

    >>> urgency((Attention("silent", ""),)) < urgency((Attention("battery", ""), Attention("clock", ""))) < urgency(())
    True
    """
    return min((URGENCY.index(one.kind) for one in found), default=len(URGENCY)), -len(found)
