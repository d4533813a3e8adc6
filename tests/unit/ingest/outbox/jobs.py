"""Items that wait for a target, and kinds of targets that do as a test says."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.outbox.answers import Answer, Job, Parcel, Tell
from ingest.outbox.kinds import Kind
from ingest.settings.targets import OPTIONS, Selection, Target
from ingest.spool.outbox import mark_again
from tests.spools import put_item


def job_for(root: Path, kind: Any, name: str = "", **options: Any) -> Job:
    """Return a job for a target of a kind, which goes by the kind's name unless it is given another."""
    return Job(root, "north", Target(name or kind, kind, Selection(sends=("accepted",)), OPTIONS[kind](**options)))


def put_waiting(root: Path, target: str, content: bytes = b"photo", **changes: Any) -> tuple[str, str]:
    """Put an accepted item into the spool that still has to go to a target; return its id and its place."""
    sidecar, place = put_item(root, content, sha256=hashlib.sha256(content).hexdigest(), **changes)
    mark_again(root, [(target, sidecar.id)])
    return sidecar.id, place


@dataclass
class Shelf:
    """A target that remembers what it got; `act` may answer otherwise, or raise."""

    act: Callable[[Parcel], Answer] = lambda parcel: Answer(parcel.id, "delivered", "On the shelf.", {"slot": "7"})
    got: list[str] = field(default_factory=list)

    def deliver(self, _job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
        """Take one after the other."""
        for parcel in parcels:
            answer = self.act(parcel)
            self.got.append(parcel.key)
            tell([answer])

    @property
    def kind(self) -> Kind:
        """The kind of this target."""
        return Kind(self.deliver, lambda _: "It is there.", 10)
