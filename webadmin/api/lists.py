"""What is short enough to be told whole: the gateway's status, its targets, its profiles, why files are rejected."""

from dataclasses import dataclass

from ingest.fleet.causes import Cause, read_causes
from ingest.upkeep.part import Part, State, worst
from webadmin.context import context
from webadmin.display import page_time


@dataclass(frozen=True)
class Status:
    """How the gateway is, as `camspool status --json` tells it; `state` is that of the part that is worst."""

    state: State
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Target:
    """A target and what waits for it. `kind` is null where the settings do not name it any more. `trouble` is why it
    rests until `next_try_at`; null: it does not."""

    name: str
    kind: str | None
    waiting: int
    oldest_id: str | None
    failed: int
    is_paused: bool
    delivered_at: str | None
    trouble: str | None
    trouble_since: str | None
    next_try_at: str | None


@dataclass(frozen=True)
class Targets:
    """All targets."""

    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Causes:
    """Why files were rejected in the last seven days: a camera and a reason are one cause, the largest first."""

    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Profile:
    """A camera type that this gateway knows; `is_confirmed`: from the field, not from documents alone."""

    id: str
    name: str
    evidence: str
    notes: str
    is_confirmed: bool
    reads_photos: bool
    reads_reports: bool


@dataclass(frozen=True)
class Profiles:
    """All profiles."""

    profiles: tuple[Profile, ...]


def read_status(_asked: object) -> Status:
    """Return how the gateway was ten seconds ago at most."""
    parts = tuple(Part(**part) for part in context().lights.parts())
    return Status(worst(part.state for part in parts), parts)


def read_targets(_asked: object) -> Targets:
    """Return how every target stands."""
    return Targets(
        tuple(
            Target(
                name=one.name,
                kind=one.kind,
                waiting=one.waiting,
                oldest_id=one.oldest_id,
                failed=one.failed,
                is_paused=one.is_paused,
                delivered_at=one.outlook.delivered_at if one.outlook else None,
                trouble=one.outlook.trouble if one.outlook else None,
                trouble_since=one.outlook.trouble_since if one.outlook else None,
                next_try_at=one.outlook.next_try_at if one.outlook else None,
            )
            for one in context().targets()
        )
    )


def read_rejections(_asked: object) -> Causes:
    """Return why files are rejected."""
    with context().index() as index:
        return Causes(tuple(read_causes(index, page_time())))


def read_profiles(_asked: object) -> Profiles:
    """Return the profiles in use."""
    return Profiles(
        tuple(
            Profile(one.id, one.name, one.evidence, one.notes, one.confirmed, bool(one.image), bool(one.report))
            for one in context().catalogue.profiles
        )
    )
