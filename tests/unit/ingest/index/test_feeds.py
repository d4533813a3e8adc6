"""What feeds an ID is known by make, model, profile and account, with its number and its span."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.index.feeds import (
    Feed,
    Sighting,
    count_feed,
    fed_by_several,
    feeds_of,
    looks_in,
    recount_feeds,
    sightings_of,
)
from ingest.index.rows import item_row
from ingest.index.store import enter, forget
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar

START = datetime(2026, 3, 1, tzinfo=UTC)


def taken(minutes: int, make: str = "Willfine", **changes: Any) -> Sidecar:
    at = START + timedelta(minutes=minutes)
    exif = {"Make": make, "Model": "X\n" + "y" * 99}
    values: dict[str, Any] = {"received_at": utc_text(at), "exif": exif, "profile": "p", "camera_id": "X", **changes}
    return make_sidecar(new_id(at), **values)


def put(index: sqlite3.Connection, *sidecars: Sidecar) -> None:
    enter(index, [(sidecar, place_of(sidecar)) for sidecar in sidecars])


def feed(make: str, items: int, first: int, last: int) -> Feed:
    first_at, last_at = (utc_text(START + timedelta(minutes=one)) for one in (first, last))
    return Feed("image", make, "X\N{REPLACEMENT CHARACTER}" + "y" * 57 + "…", "p", "camera", items, first_at, last_at)


def test_what_is_alike_is_one_feed_and_what_goes_leaves_it(index: sqlite3.Connection) -> None:
    items = [taken(0), taken(1), taken(2, " SY "), taken(3)]
    put(index, *items)
    assert feeds_of(index, "X")[1] == feed("Willfine", 3, 0, 3)
    assert [one.make for one in feeds_of(index, "X")] == ["SY", "Willfine"]
    assert looks_in(index, "X") == [(one.kind, one.make, one.model, one.profile) for one in feeds_of(index, "X")]
    forget(index, [items[2].id])
    assert feeds_of(index, "X") == (feed("Willfine", 3, 0, 3),)


def test_what_was_rejected_what_no_camera_sent_and_the_gateways_own_photos_feed_nobody(
    index: sqlite3.Connection,
) -> None:
    rejected = taken(0, verdict="rejected", reason="missing_location")
    put(index, rejected, taken(1, profile="canary", camera_id="canary"))
    count_feed(index, item_row(taken(2, camera_id=None), "x"), 1)
    assert index.execute("SELECT count(*) FROM feeds").fetchone() == (0,)


def test_ids_with_several_feeds_are_found(index: sqlite3.Connection) -> None:
    put(index, taken(0), taken(1, "SY"), taken(2, camera_id="Y"))
    put(index, taken(3, camera_id="Y", account="b"), taken(4, camera_id="Y", kind="report", profile="r", exif={}))
    assert list(fed_by_several(index)) == ["X"]
    assert fed_by_several(index)["X"] == feeds_of(index, "X")


def test_counted_anew_spans_are_those_of_what_is_there(index: sqlite3.Connection) -> None:
    items = [taken(0), taken(5), taken(9)]
    put(index, *items)
    forget(index, [items[0].id])
    recount_feeds(index, "X")
    assert feeds_of(index, "X") == (feed("Willfine", 2, 5, 9),)


def test_the_last_photos_tell_when_and_where_they_were_taken_of_their_own(index: sqlite3.Connection) -> None:
    own: dict[str, Any] = {"latitude": 52.1, "longitude": 5.1}
    first_s = int(START.timestamp())
    put(
        index,
        taken(0, **own, captured_at_utc=utc_text(START)),
        taken(1, **own, captured_at_utc=None, sources={"location": "record"}),
        taken(2, kind="report"),
    )
    assert sightings_of(index, "X") == (
        Sighting(first_s + 60, None, None),
        Sighting(first_s, first_s, (52.1, 5.1)),
    )
    assert sightings_of(index, "Y") == ()
