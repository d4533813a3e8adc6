"""Lists against the plain truth: every filter, order and page gives what a look at each item would."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.index.store import enter, open_index, read_index
from ingest.settings.values import Retention
from ingest.spool.moves import place_of
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, parse_utc, utc_text
from ingest.vocabulary import Reason
from tests.unit.webadmin.site import accepted, rejected
from webadmin.files import queries
from webadmin.files.listing import all_ids, count_going, count_items, find_rows, neighbours, read_page
from webadmin.files.queries import let_know_found
from webadmin.files.selection import SORTS, Selection

ZONE = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 3, 28, 20, tzinfo=UTC)
CAMERAS = ("861943070068027", "lat52.1_lon5.1", None)
REASONS: tuple[Reason, ...] = ("missing_location", "duplicate")
PROFILES = ("willfine-4.0t-cg", "instar", None)
SIZE = 7


def _items() -> Iterator[Sidecar]:
    dice = random.Random(4)
    for number in range(160):
        at = START + timedelta(minutes=number * 11)
        taken = START + timedelta(days=dice.randrange(3), minutes=dice.randrange(30)) if number % 9 else None
        camera, reason = dice.choice(CAMERAS), dice.choice((None, None, *REASONS))
        base = rejected() if reason or camera is None else accepted()
        yield replace(
            base,
            id=new_id(at),
            received_at=utc_text(at),
            camera_id=camera,
            camera_text="Höhle 2" if camera and number % 5 == 0 else None,
            profile=dice.choice(PROFILES),
            reason=reason or ("missing_location" if camera is None else None),
            upload_path=f"IMG_{number % 40:04d}-{dice.choice(('fox', 'badger'))}.JPG",
            size_bytes=dice.randrange(1, 40),
            captured_at=taken.astimezone(ZONE).replace(tzinfo=None).isoformat() if taken else None,
            captured_at_utc=utc_text(taken) if taken else None,
        )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Sidecar]]:
    """An index, and what it was made from."""
    root = tmp_path_factory.mktemp("listing")
    prepare_spool(root)
    items = list(_items())
    with closing(open_index(root)) as index:
        enter(index, [(item, place_of(item)) for item in items])
    return root, items


def _truth(items: list[Sidecar], wanted: Selection) -> list[str]:
    def fits(item: Sidecar) -> bool:
        text = f"{item.upload_path} {item.camera_id} {item.camera_text} {item.client} {item.account}".lower()
        parts = "".join(one if one.isalnum() else " " for one in text).split()
        return (
            wanted.verdict in ("", item.verdict)
            and wanted.reason in ("", item.reason)
            and wanted.camera in ("", item.camera_id or "-")
            and wanted.profile in ("", item.profile)
            and _is_of_days(item, wanted)
            and (not wanted.found or item.id in _found(items))
            and all(any(part.startswith(word.lower()) for part in parts) for word in wanted.words)
        )

    found = sorted((item for item in items if fits(item)), key=lambda item: item.id)
    if wanted.sort in ("largest", "smallest"):
        found = sorted(found, key=lambda item: (item.size_bytes, item.id))
    if wanted.sort.startswith("captured") or (wanted.is_by_capture and wanted.sort in ("newest", "oldest")):
        found = sorted(found, key=lambda item: (item.captured_at_utc or "", item.id))
    if wanted.sort in ("newest", "captured last", "largest"):
        found = found[::-1]
    if wanted.sort.startswith("captured"):
        found = sorted(found, key=lambda item: item.captured_at_utc is None)
    return [item.id for item in found]


def _is_of_days(item: Sidecar, wanted: Selection) -> bool:
    day = parse_utc(item.received_at).astimezone(ZONE).date().isoformat()
    if wanted.is_by_capture:
        day = item.captured_at[:10] if item.captured_at else "0"
    return not wanted.has_days or (wanted.since or "1") <= day <= (wanted.until or "3")


def _found(items: list[Sidecar]) -> set[str]:
    """Return the items in which an AI has found what is asked for: a third."""
    return {item.id for item in items[::3]}


def _walk(index: sqlite3.Connection, wanted: Selection) -> list[str]:
    found: list[str] = []
    while True:
        page = read_page(index, wanted, ZONE, SIZE)
        found += [row["id"] for row in page.rows]
        if not page.next:
            return found
        wanted = replace(wanted, after=page.next)


selections = st.builds(
    Selection,
    verdict=st.sampled_from(["", "accepted", "rejected"]),
    reason=st.sampled_from(["", *REASONS]),
    camera=st.sampled_from(["", "861943070068027", "lat52.1_lon5.1", "nobody", "-"]),
    profile=st.sampled_from(["", "willfine-4.0t-cg", "instar"]),
    since=st.sampled_from(["", "2026-03-28", "2026-03-29", "2026-03-31"]),
    until=st.sampled_from(["", "2026-03-28", "2026-03-29", "2026-03-31"]),
    by=st.sampled_from(["", "capture"]),
    q=st.sampled_from(["", "fox", "img 0007", "IMG_00", "100.64", "8619", "nothing", "höhle", 'f*x" OR']),
    sort=st.sampled_from(SORTS),
    found=st.sampled_from(["", "", "animal"]),
)


@pytest.mark.parametrize("common", [1, 10_000], ids=["walked", "looked up"])
@settings(max_examples=150)
@given(wanted=selections)
def test_pages_counts_and_ids_agree_with_the_items(
    filled: tuple[Path, list[Sidecar]], common: int, wanted: Selection
) -> None:
    root, items = filled
    truth = _truth(items, wanted)
    before, queries.COMMON_AMONG_PROBED = queries.COMMON_AMONG_PROBED, common
    try:
        with closing(read_index(root)) as index:
            let_know_found(index, [*_found(items), "deleted since"])
            assert _walk(index, wanted) == truth
            assert sorted(all_ids(index, wanted, ZONE, 2**62, 1000)) == sorted(truth)
            counts = count_items(index, wanted, ZONE)
            everything = _truth(items, replace(wanted, verdict="", reason=""))
            assert counts.total == len(everything)
            assert sum(counts.by_reason.values()) == counts.by_verdict.get("rejected", 0)
    finally:
        queries.COMMON_AMONG_PROBED = before


def test_the_day_that_loses_an_hour_is_whole(filled: tuple[Path, list[Sidecar]]) -> None:
    root, items = filled
    wanted = Selection(since="2026-03-29", until="2026-03-29")
    with closing(read_index(root)) as index:
        found = _walk(index, wanted)
    assert found == _truth(items, wanted)
    assert len(found) == pytest.approx(23 * 60 / 11, abs=1)


def test_what_arrives_after_the_page_was_made_is_not_selected(filled: tuple[Path, list[Sidecar]]) -> None:
    root, items = filled
    with closing(read_index(root)) as index:
        middle = index.execute("SELECT number FROM items ORDER BY number LIMIT 1 OFFSET 50").fetchone()[0]
        assert len(list(all_ids(index, Selection(), ZONE, middle, 1000))) == 51
    assert len(items) == 160


def test_a_cursor_of_another_order_is_an_empty_page_and_no_error(filled: tuple[Path, list[Sidecar]]) -> None:
    with closing(read_index(filled[0])) as index:
        for after in ("1~2", "5"):
            for sort in SORTS:
                read_page(index, Selection(sort=sort, after=after), ZONE)


def test_what_retention_deletes_soon_is_what_is_rejected_and_old_enough(filled: tuple[Path, list[Sidecar]]) -> None:
    root, items = filled
    rejects = [item for item in items if item.verdict == "rejected"]
    until = parse_utc(rejects[20].received_at) + timedelta(days=30)
    with closing(read_index(root)) as index:
        assert count_going(index, Retention(rejected_days=30), until) == 20
        assert count_going(index, Retention(rejected_days=0), until) == 0


def test_the_files_before_and_after_are_those_of_the_same_camera(filled: tuple[Path, list[Sidecar]]) -> None:
    root, items = filled
    own = [item.id for item in items if item.camera_id == CAMERAS[0]]
    with closing(read_index(root)) as index:
        rows = find_rows(index, own)
        found = [neighbours(index, CAMERAS[0], rows[item_id]["number"]) for item_id in own]
        assert neighbours(index, None, rows[own[1]]["number"]) == (None, None)
    assert found == list(zip([None, *own], [*own[1:], None], strict=False))
