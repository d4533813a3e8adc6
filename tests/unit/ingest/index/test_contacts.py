"""The days on which a camera was heard of are known, with the first and the last contact of each."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.index.contacts import Contacts, contacts_since
from ingest.index.recount import recount_cameras
from ingest.index.store import enter, forget
from ingest.index.totals import CONTACTS_OF
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar

START = datetime(2026, 3, 1, 22, tzinfo=UTC)


def heard(hours: float, camera_id: str = "oak", **changes: Any) -> Sidecar:
    at = START + timedelta(hours=hours)
    return make_sidecar(new_id(at), received_at=utc_text(at), camera_id=camera_id, profile="p", **changes)


def put(index: sqlite3.Connection, *sidecars: Sidecar) -> None:
    enter(index, [(sidecar, place_of(sidecar)) for sidecar in sidecars])


def rows(index: sqlite3.Connection) -> list[Any]:
    return [tuple(row) for row in index.execute("SELECT * FROM contact_days ORDER BY camera_id, day")]


def span(*hours: float) -> tuple[datetime, datetime]:
    return START + timedelta(hours=min(hours)), START + timedelta(hours=max(hours))


def test_of_each_day_the_first_and_the_last_contact_are_known_and_the_last_account(index: sqlite3.Connection) -> None:
    put(index, heard(1, account="old"), heard(0, account="older"), heard(3, account="new"), heard(2, account="north"))
    put(index, heard(4, "elm", account=None))
    assert list(contacts_since(index, "2026-03-01")) == [
        Contacts("elm", None, (span(4),)),
        Contacts("oak", "new", (span(0, 1), span(2, 3))),
    ]
    assert [one.days for one in contacts_since(index, "2026-03-02")] == [(span(4),), (span(2, 3),)]


def test_only_signs_of_life_count_also_of_what_is_rejected(index: sqlite3.Connection) -> None:
    put(index, heard(0, source="upload"), heard(1, verdict="rejected", reason="missing_location", captured_at=None))
    assert [one.days for one in contacts_since(index, "2026-03-01")] == [(span(1),)]


def test_a_day_of_which_nothing_is_left_tells_nothing(index: sqlite3.Connection) -> None:
    item = heard(0)
    put(index, item)
    forget(index, [item.id])
    assert list(contacts_since(index, "2026-03-01")) == []


def test_counting_one_by_one_all_at_once_and_anew_gives_the_same(index: sqlite3.Connection) -> None:
    put(index, *(heard(hour, camera, account=f"a{hour % 3}") for hour in range(9) for camera in ("oak", "elm")))
    one_by_one = rows(index)
    recount_cameras(index, ["oak", "elm"])
    assert rows(index) == one_by_one and len(one_by_one) == 4
    index.execute("DELETE FROM contact_days")
    index.execute(CONTACTS_OF.format(items="items", condition="camera_id IS NOT NULL"))
    assert rows(index) == one_by_one
