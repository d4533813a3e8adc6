"""What people asked for, and how it ended."""

from dataclasses import dataclass

from msgspec import UNSET, UnsetType

from ingest.requests.answers import Summary, recent_summaries
from webadmin.api.operation import After, Limit, cut
from webadmin.context import context


@dataclass(frozen=True)
class RequestsQuestion:
    """Which requests, the newest first."""

    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class Request:
    """What somebody asked for: how much of it was done and how much refused; `done_at` is null while it waits."""

    id: str
    action: str | None
    by: str | None
    camera_id: str | None
    target: str | None
    done: int
    refused: int
    done_at: str | None


@dataclass(frozen=True)
class Requests:
    """A page of requests. `next` is what to ask `after` for the next one; null: there is none."""

    requests: tuple[Request, ...]
    next: str | None


def read_requests(asked: RequestsQuestion) -> Requests:
    """Return a page of requests."""
    summaries = recent_summaries(context().root, None, before="" if asked.after is UNSET else asked.after)
    return Requests(*cut(map(request_of, summaries), asked.limit))


def request_of(summary: Summary) -> Request:
    """Return a request as it is told to programs. Pure."""
    words = {name: _text(summary.request.get(name)) for name in ("action", "by", "camera_id", "target")}
    return Request(summary.id, done=summary.done, refused=summary.refused, done_at=summary.done_at, **words)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
