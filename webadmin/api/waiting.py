"""Files that have no verdict yet."""

import sys
from dataclasses import dataclass

from msgspec import UNSET, UnsetType

from ingest.spool.stamp import utc_text
from webadmin.api.operation import After, Limit, cut
from webadmin.context import context
from webadmin.files.waiting import Waiting, waiting_items, waiting_partials

ALL = sys.maxsize


@dataclass(frozen=True)
class WaitingQuestion:
    """Which files that wait, the newest first."""

    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class WaitingFile:
    """A file without a verdict. `until` is when the beginning of a file gets one if its rest has not come; null for
    what waits for nothing but its turn."""

    id: str
    upload_path: str
    received_at: str
    size_bytes: int | None
    until: str | None


@dataclass(frozen=True)
class WaitingFiles:
    """A page of files that wait. `next` is what to ask `after` for the next one; null: there is none."""

    waiting: tuple[WaitingFile, ...]
    next: str | None


def read_waiting(asked: WaitingQuestion) -> WaitingFiles:
    """Return a page of what waits for its verdict, and for its rest."""
    here = context()
    beginnings, _ = waiting_partials(here.root, here.settings.limits.partial_hours, ALL)
    every = sorted([*waiting_items(here.root, ALL)[0], *beginnings], key=lambda one: one.id, reverse=True)
    found = (_told(one) for one in every if asked.after is UNSET or one.id < asked.after)
    return WaitingFiles(*cut(found, asked.limit))


def _told(one: Waiting) -> WaitingFile:
    until = utc_text(one.until) if one.until else None
    return WaitingFile(one.id, one.upload_path, utc_text(one.received_at), one.size_bytes, until)
