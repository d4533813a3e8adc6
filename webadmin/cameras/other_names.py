"""Under which other IDs the files of a camera come, and whose the files of an ID are: in words for its page. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.spool.assignments import Assignment, as_entry, assignments_in
from ingest.spool.sites import Record


@dataclass(frozen=True)
class OtherName:
    """An assignment with the ID in whose record it stands."""

    of: str
    assignment: Assignment

    @property
    def entry(self) -> str:
        """The assignment as a form carries it."""
        return json.dumps(as_entry(self.assignment))

    @property
    def conditions(self) -> str:
        """Which of the files of that ID, in words that follow `files`; empty for all.

        >>> from datetime import datetime
        >>> OtherName("x", Assignment("y", make="Bushnell", since=datetime(2026, 3, 1))).conditions
        'with the make Bushnell, from 2026-03-01 00:00 on'
        """
        one = self.assignment
        told = {"with the make": one.make, "with the profile": one.profile, "of the account": one.account}
        words = [f"{what} {value}" for what, value in told.items() if value]
        if one.since:
            words.append(f"from {one.since.isoformat(' ', 'minutes')} on")
        if one.until:
            words.append(f"until {one.until.isoformat(' ', 'minutes')}")
        return ", ".join(words)


def names_of(camera_id: str, records: Mapping[str, Record]) -> list[OtherName]:
    """Return the assignments that lead to a camera, in the order of their IDs."""
    with_some = sorted(one for one, record in records.items() if "assignments" in record and one != camera_id)
    return [one for other in with_some for one in given_away(other, records.get(other)) if leads_to(one, camera_id)]


def leads_to(one: OtherName, camera_id: str) -> bool:
    """Say whether an assignment makes files the camera's."""
    return one.assignment.camera_id == camera_id


def given_away(camera_id: str, record: Record | None) -> list[OtherName]:
    """Return the assignments by which files of this ID belong to another camera."""
    found = (OtherName(camera_id, one) for one in assignments_in(record))
    return [one for one in found if not leads_to(one, camera_id)]
