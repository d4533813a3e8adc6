"""What waits for a target, and what it refuses."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from ingest.spool.deliveries import Delivery, failed_ids, read_failed
from ingest.spool.outbox import marked_ids, targets_on_disk
from webadmin.api.operation import END, After, Limit, NothingThereError, cut
from webadmin.context import context

TargetName = Annotated[str, Meta(pattern=rf"^[a-z0-9][a-z0-9-]{{0,31}}{END}", description="A target's name.")]


@dataclass(frozen=True)
class DeliveriesQuestion:
    """What waits for a target, or what it has refused for good, in order of arrival."""

    name: TargetName
    state: Literal["waiting", "failed"] = "waiting"
    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class Pending:
    """An item or a letter that a target does not have; `answer` is what it said where it refused it, null else."""

    id: str
    answer: Delivery | None


@dataclass(frozen=True)
class Deliveries:
    """A page of what a target does not have. `next` is what to ask `after` for the next one; null: there is none."""

    deliveries: tuple[Pending, ...]
    next: str | None


def read_deliveries(asked: DeliveriesQuestion) -> Deliveries:
    """Return a page of what waits for a target or was refused by it."""
    here = context()
    if asked.name not in {*(target.name for target in here.settings.targets), *targets_on_disk(here.root)}:
        raise NothingThereError
    is_failed = asked.state == "failed"
    ids = (failed_ids if is_failed else marked_ids)(here.root, asked.name)
    found = (
        Pending(one, read_failed(here.root, asked.name, one) if is_failed else None)
        for one in ids
        if asked.after is UNSET or one > asked.after
    )
    return Deliveries(*cut(found, asked.limit))
