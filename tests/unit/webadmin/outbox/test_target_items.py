"""The items of a target's page, and whether there were others before it was a target."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ingest.index.store import read_index
from ingest.settings.targets import Selection
from tests.unit.webadmin.outbox.answers import delivery
from tests.unit.webadmin.outbox.conftest import TARGETS
from tests.unit.webadmin.site import Site, accepted, rejected
from webadmin.outbox.target_items import has_older_items, item_lines, rows_of

NAS, HOOK = TARGETS


def test_items_come_with_what_the_index_knows_of_them(site: Site) -> None:
    item = site.put(accepted())
    with closing(read_index(site.root)) as index:
        rows = rows_of(index, [item.id], ["missing", item.id])
        lines = item_lines(rows, {"missing": None, item.id: delivery(item.id)})
    assert [(line.id, line.row["upload_path"] if line.row else None) for line in lines] == [
        ("missing", None), (item.id, "E1000159.JPG"),
    ]  # fmt: skip
    assert [line.answer and line.answer.outcome for line in lines] == [None, "delivered"]


def test_older_items_are_those_that_the_target_asks_for_and_that_came_before_it(site: Site) -> None:
    site.put(accepted(timedelta(days=3)))
    now = datetime.now(UTC)
    since = replace(NAS, selection=Selection(("accepted",), since=(now - timedelta(days=1)).date().isoformat()))
    with closing(read_index(site.root)) as index:
        assert has_older_items(index, NAS, now)
        assert not has_older_items(index, NAS, None)
        assert not has_older_items(index, NAS, now - timedelta(days=4))
        assert not has_older_items(index, HOOK, now)
        assert not has_older_items(index, since, now)
    site.put(rejected(timedelta(days=2)))
    with closing(read_index(site.root)) as index:
        assert has_older_items(index, HOOK, now)
