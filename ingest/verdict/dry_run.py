"""What a profile would do to the files that are here, if it were saved now. Pure: it asks the spool through `Here`.

It says what the verdict would say (`decision`). What nobody keeps of a file somebody reads for it; otherwise it is
unsure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile import Profile
from ingest.settings.values import Settings
from ingest.verdict.candidate import Candidate, Fate, Here, Outcome, Said
from ingest.verdict.trying import Trying

Ids = tuple[str, ...]
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Owner:
    """Whose an accepted file is now."""

    camera_id: str
    profile: str


@dataclass(frozen=True)
class DryRun:
    """What a profile would accept of the files that wait rejected, and what it would do to those of other cameras.

    Of files like those that were accepted it would read `taken` instead of their profile; `contested` would be claimed
    by both, so that such files would be rejected; `lost` it has read until now. Of what is `unsure` only the files
    themselves tell. At `missed` nobody looked, because of the `trouble`; `left_out` were not handed in. `paths` are the
    names of all of them.
    """

    accepted: Mapping[str, Said] = field(default_factory=dict)
    refused: Mapping[str, Ids] = field(default_factory=dict)
    taken: Mapping[Owner, Ids] = field(default_factory=dict)
    contested: Mapping[Owner, Ids] = field(default_factory=dict)
    lost: Mapping[Owner, Ids] = field(default_factory=dict)
    cameras: Mapping[str, int] = field(default_factory=dict)
    unsure: Ids = ()
    looked_at: int = 0
    missed: int = 0
    trouble: str = ""
    left_out: int = 0
    paths: Mapping[str, str] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """How many rejected files the profile claims."""
        return len(self.accepted) + sum(len(ids) for ids in self.refused.values())

    @property
    def times(self) -> tuple[str, str] | None:
        """The first and the last time of what it would accept, as the cameras' clocks have it."""
        times = [said.captured_at for said in self.accepted.values() if said.captured_at]
        return (min(times), max(times)) if times else None

    @property
    def places(self) -> int:
        """How many places, each about a hundred metres wide, what it would accept is from."""
        found = (said.position for said in self.accepted.values() if said.position)
        return len({(round(latitude, 3), round(longitude, 3)) for latitude, longitude in found})


def dry_run(
    profile: Profile, catalogue: Catalogue, settings: Settings, candidates: Sequence[Candidate], here: Here
) -> DryRun:
    """Return what a profile would do to these candidates; those that come first are read first where files must be.

    `catalogue` is that in which the profile is, see `catalogue.with_profile`.
    """
    trying = Trying(profile, catalogue, settings, here)
    outcomes = [outcome for one in candidates if (outcome := trying.outcome(one))]
    outcomes = [*_without_duplicates(outcomes, here)]
    missed = sum(outcome.fate == "missed" for outcome in outcomes)
    return _told(outcomes, len(candidates) - missed, missed, trying.trouble)


def _without_duplicates(outcomes: list[Outcome], here: Here) -> Iterator[Outcome]:
    """Yield outcomes, newest first, in which of the same content of one camera only the oldest is accepted."""
    oldest: dict[tuple[str, str], str] = {}
    for one in sorted((one for one in outcomes if one.fate == "accepted"), key=lambda one: one.item.id):
        if (content := _content(one)) and content not in oldest:
            oldest[content] = here.original(*content) or one.item.id
    for one in outcomes:
        content = _content(one) if one.fate == "accepted" else None
        is_first = content is None or oldest[content] == one.item.id
        yield one if is_first else Outcome(one.item, "refused", one.said, "duplicate")


def _content(one: Outcome) -> tuple[str, str] | None:
    return (one.said.camera_id, one.item.sha256) if one.said and one.item.sha256 else None


def _told(outcomes: list[Outcome], looked_at: int, missed: int, trouble: str) -> DryRun:
    found: dict[Fate, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(one.fate, []).append(one)
    accepted = {one.item.id: one.said for one in found.get("accepted", ()) if one.said}
    return DryRun(
        accepted=accepted,
        refused=_grouped((one.reason, one) for one in found.get("refused", ())),
        taken=_owned(found.get("taken", ())),
        contested=_owned(found.get("contested", ())),
        lost=_owned(found.get("lost", ())),
        cameras=dict(Counter(said.camera_id for said in accepted.values()).most_common()),
        unsure=tuple(one.item.id for one in found.get("unsure", ())),
        looked_at=looked_at,
        missed=missed,
        trouble=trouble,
        paths={one.item.id: one.item.path for one in outcomes if one.fate != "missed"},
    )


def _owned(outcomes: Iterable[Outcome]) -> dict[Owner, Ids]:
    return _grouped((Owner(one.item.camera_id or "", one.item.profile or ""), one) for one in outcomes)


def _grouped(entries: Iterable[tuple[_Key, Outcome]]) -> dict[_Key, Ids]:
    """Return the ids by what they have in common, the most first."""
    groups: dict[_Key, list[str]] = {}
    for key, one in entries:
        groups.setdefault(key, []).append(one.item.id)
    return {key: tuple(ids) for key, ids in sorted(groups.items(), key=lambda entry: -len(entry[1]))}
