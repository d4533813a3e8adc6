"""Which files of an ID belong to another camera, as the record of that ID says. Pure: camera_records reads records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.spool.names import is_camera_id
from ingest.spool.sites import Record, local_moment

STEPS_MAX = 8
"""An ID that was given away more often than this keeps the camera that it has come to."""
_TEXTS = ("make", "profile", "account")
_MOMENTS = ("from", "until")


@dataclass(frozen=True)
class Assignment:
    """Files with all that is said here (None: whatever it is) belong to the camera `camera_id`.

    `since` (inclusive) and `until` are of the time at which they were made, in the camera's local time.
    """

    camera_id: str
    make: str | None = None
    profile: str | None = None
    account: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether it holds for every file: then the ID is only another name of the camera."""
        return self == Assignment(self.camera_id)

    def fits(self, make: str | None, profile: str | None, account: str | None, at: datetime | None) -> bool:
        """Say whether a file has all that is asked for. A span holds no file whose time (`at`) nobody knows."""
        return (
            (self.make is None or _folded(self.make) == _folded(make))
            and self.profile in (None, profile)
            and self.account in (None, account)
            and (self.since is None or (at is not None and self.since <= at))
            and (self.until is None or (at is not None and at < self.until))
        )


def assignments_in(record: Record | None) -> tuple[Assignment, ...]:
    """Return the assignments of a camera record in their order: the first that fits counts.

    What cannot be one is passed over, and so is one with a condition that is not understood: without it, it would take
    more files than it was meant to.

    >>> assignments_in({"assignments": [{"camera_id": "Y"}, {"camera_id": "Z", "make": 5}, {"camera_id": "../z"}]})
    (Assignment(camera_id='Y', make=None, profile=None, account=None, since=None, until=None),)
    """
    listed = (record or {}).get("assignments")
    found = [_assignment(one) for one in listed] if isinstance(listed, list) else []
    return tuple(one for one in found if one)


def assigned_id(
    assignments: tuple[Assignment, ...],
    camera_id: str,
    *,
    make: str | None,
    profile: str | None,
    account: str | None,
    at: datetime | None,
) -> str:
    """Return the camera of a file with the ID `camera_id`, whose assignments these are: its own where none fits."""
    return next((one.camera_id for one in assignments if one.fits(make, profile, account, at)), camera_id)


def followed_id(camera_id: str, step: Callable[[str], str]) -> str:
    """Return where an ID leads to when `step` is taken again and again.

    Nobody is met twice: in a circle the camera before the first meeting keeps the file, so that two cameras whose IDs
    were exchanged can each be assigned to the other.

    >>> followed_id("a", {"a": "b", "b": "c", "c": "c"}.__getitem__)
    'c'
    >>> followed_id("a", {"a": "b", "b": "a"}.__getitem__), followed_id("b", {"a": "b", "b": "a"}.__getitem__)
    ('b', 'a')
    """
    met = [camera_id]
    while len(met) <= STEPS_MAX and (following := step(met[-1])) not in met:
        met.append(following)
    return met[-1]


def with_assignment(record: Record, assignment: Assignment) -> dict[str, Any]:
    """Return the record with one assignment more, behind those with conditions when it has none itself.

    The same conditions lead to one camera only: what led elsewhere is replaced. One for every file comes last, as
    nothing behind it would count.
    """
    others = [one for one in assignments_in(record) if _conditions(one) != _conditions(assignment)]
    partly = [one for one in (*others, assignment) if not one.is_whole]
    return _with(record, [*partly, *(one for one in (*others, assignment) if one.is_whole)])


def without_assignment(record: Record, assignment: Assignment) -> dict[str, Any]:
    """Return the record without an assignment."""
    return _with(record, [one for one in assignments_in(record) if one != assignment])


def _with(record: Record, assignments: list[Assignment]) -> dict[str, Any]:
    rest = {key: value for key, value in record.items() if key != "assignments"}
    return rest | {"assignments": [as_entry(one) for one in assignments]} if assignments else rest


def _conditions(assignment: Assignment) -> tuple[object, ...]:
    make = None if assignment.make is None else _folded(assignment.make)
    return make, assignment.profile, assignment.account, assignment.since, assignment.until


def as_entry(assignment: Assignment) -> dict[str, str]:
    """Return an assignment as it stands in a record.

    >>> as_entry(Assignment("Y", make="Bushnell"))
    {'camera_id': 'Y', 'make': 'Bushnell'}
    """
    moments = {"from": assignment.since, "until": assignment.until}
    said = {"camera_id": assignment.camera_id, **{key: getattr(assignment, key) for key in _TEXTS}}
    said |= {key: moment.isoformat() for key, moment in moments.items() if moment}
    return {key: value for key, value in said.items() if value is not None}


def _assignment(entry: Any) -> Assignment | None:
    """Read one entry of a record, which people may have written by hand."""
    if not isinstance(entry, Mapping) or not entry.keys() <= {"camera_id", *_TEXTS, *_MOMENTS}:
        return None
    camera_id = entry.get("camera_id")
    if not isinstance(camera_id, str) or not is_camera_id(camera_id):
        return None
    try:
        make, profile, account = (_text(entry.get(key)) for key in _TEXTS)
        since, until = (local_moment(entry.get(key)) for key in _MOMENTS)
    except (TypeError, ValueError):
        return None
    return Assignment(camera_id, make, profile, account, since, until)


def _text(value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise ValueError(value)
    return value


def _folded(text: str | None) -> str | None:
    return None if text is None else text.strip().casefold()
