"""One part of a drafted profile, `[image]` or `[report]`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.profiles.drafts import Decision, Given
from ingest.profiles.sources import Subject


@dataclass(frozen=True)
class DraftedPart:
    """Its lines, what was decided, how it knows its files, and the zone of its clocks."""

    block: str
    decisions: tuple[Decision, ...] = ()
    known_by: tuple[str, ...] = ()
    zone: str = ""


def of_own_accounts(given: Sequence[Given], subjects: Sequence[Subject]) -> list[Subject]:
    """Return the files without accounts that are no camera's own: these name none."""
    pairs = zip(given, subjects, strict=True)
    return [subject if one.is_own else replace(subject, account=None) for one, subject in pairs]
