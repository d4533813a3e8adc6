"""How the files of an ID fall into groups by make, profile, account or span, and where each group goes. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from ingest.spool.assignments import Assignment
from ingest.spool.stamp import parse_utc

By = Literal["make", "profile", "account", "span"]
BYS: tuple[By, ...] = get_args(By)
SAMPLES = 4
CUTS_MAX = 6
_ARTICLES = {"make": "a make", "profile": "a profile", "account": "an account"}


@dataclass(frozen=True)
class File:
    """What tells whose one file is."""

    id: str
    verdict: str
    kind: str
    make: str | None
    profile: str | None
    account: str | None
    captured_at: str | None
    received_at: str


@dataclass
class Group:
    """Files of one ID that are alike: `key` tells them apart, `title` is for people. Filled file by file."""

    key: str
    title: str
    items: int = 0
    rejected: int = 0
    first_at: str = ""
    last_at: str = ""
    samples: list[File] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """One group that goes to another camera; `lasting` is what the record gets for files to come, where it can."""

    group: Group
    camera_id: str
    lasting: Assignment | None


KeyOf = Callable[[File], str]


def read_by(text: str) -> By:
    """Return by what to split; by make unless something else is asked for.

    >>> read_by("span"), read_by("mood")
    ('span', 'make')
    """
    return next((one for one in BYS if one == text), "make")


def read_cuts(texts: Iterable[str]) -> tuple[datetime, ...]:
    """Return the moments at which one span ends and the next begins, in order; what is no moment is left out.

    >>> [f"{cut:%d %H:%M}" for cut in read_cuts(["2026-11-20T12:00", "", "2026-11-02T06:30", "soon"])]
    ['02 06:30', '20 12:00']
    """
    found = set()
    for text in list(texts)[:CUTS_MAX]:
        try:
            found.add(datetime.fromisoformat(text).replace(tzinfo=None))
        except ValueError:
            continue
    return tuple(sorted(found))


def key_by(by: By, cuts: tuple[datetime, ...], zone: ZoneInfo) -> KeyOf:
    """Return what tells the groups apart. Of a span it is the number of cuts before the file was made."""
    if by == "span":
        return lambda file: str(sum(cut <= _made_at(file, zone) for cut in cuts))
    if by == "make":
        return lambda file: (file.make or "").casefold()
    return lambda file: getattr(file, by) or ""


def _made_at(file: File, zone: ZoneInfo) -> datetime:
    """Return when a file was made, by the camera's clock; what does not say so, when it arrived."""
    if file.captured_at:
        return datetime.fromisoformat(file.captured_at).replace(tzinfo=None)
    return parse_utc(file.received_at).astimezone(zone).replace(tzinfo=None)


def groups_of(files: Iterable[File], by: By, cuts: tuple[datetime, ...], zone: ZoneInfo) -> list[Group]:
    """Return the groups of an ID's files, the largest first; spans in their order. Files come newest first."""
    key_of, found = key_by(by, cuts, zone), dict[str, Group]()
    for file in files:
        key = key_of(file)
        if key not in found:
            found[key] = Group(key, _title(by, key, file, cuts), first_at=file.received_at, last_at=file.received_at)
        _add(found[key], file)
    groups = list(found.values())
    return sorted(groups, key=lambda one: int(one.key)) if by == "span" else sorted(groups, key=lambda one: -one.items)


def _add(group: Group, file: File) -> None:
    group.items += 1
    group.rejected += file.verdict == "rejected"
    group.first_at = min(group.first_at, file.received_at)
    group.last_at = max(group.last_at, file.received_at)
    if len(group.samples) < SAMPLES and file.kind == "image":
        group.samples.append(file)


def _title(by: By, key: str, file: File, cuts: tuple[datetime, ...]) -> str:
    if by == "span":
        ends = dict(zip(("from", "until"), _span(key, cuts), strict=True))
        return " ".join(f"{word} {end.isoformat(' ', 'minutes')}" for word, end in ends.items() if end) or "all"
    return str(getattr(file, by)) if key else f"without {_ARTICLES[by]}"


def _span(key: str, cuts: tuple[datetime, ...]) -> tuple[datetime | None, datetime | None]:
    number = int(key)
    return cuts[number - 1] if number else None, cuts[number] if number < len(cuts) else None


def lasting(by: By, group: Group, camera_id: str, cuts: tuple[datetime, ...]) -> Assignment | None:
    """Return what lets further files of a group go to a camera too; None where nothing tells them apart."""
    if by == "span":
        since, until = _span(group.key, cuts)
        return Assignment(camera_id, since=since, until=until) if since or until else None
    if not group.key or group.title.endswith("…"):  # of a very long name the index has only the beginning
        return None
    return replace(Assignment(camera_id), **{by: group.title})  # type: ignore[arg-type]


def moves_of(
    groups: Sequence[Group], wanted: Mapping[str, str], camera_id: str, by: By, cuts: tuple[datetime, ...]
) -> list[Move]:
    """Return the groups that leave an ID: those for which another camera is wanted."""
    return [
        Move(group, to, lasting(by, group, to, cuts))
        for group in groups
        if (to := wanted.get(group.key, camera_id)) != camera_id
    ]
