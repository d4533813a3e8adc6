"""What waits for a target and what it refuses is told, in order of arrival."""

from datetime import UTC, datetime, timedelta

from ingest.spool.deliveries import Delivery, note_failed
from ingest.spool.outbox import make_marks, prepare_target
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import Site

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_what_waits_is_told_page_by_page(site: Site, program: Program) -> None:
    ids = [new_id(NOW + timedelta(minutes=number)) for number in range(3)]
    prepare_target(site.root, "nas")
    make_marks(site.root, (("nas", one) for one in reversed(ids)))
    first = program.read("/targets/nas/deliveries?limit=2")
    second = program.read(f"/targets/nas/deliveries?limit=2&after={first['next']}")
    assert [one["id"] for one in first["deliveries"] + second["deliveries"]] == ids and second["next"] is None


def test_what_was_refused_is_told_with_the_answer(site: Site, program: Program) -> None:
    item_id = new_id(NOW)
    prepare_target(site.root, "nas")
    note_failed(site.root, "nas", Delivery(item_id, "k", None, utc_text(NOW), "failed", "403: no."))
    (told,) = program.read("/targets/nas/deliveries?state=failed")["deliveries"]
    assert (told["id"], told["answer"]["said"]) == (item_id, "403: no.")


def test_a_target_that_nobody_knows_is_not_there(program: Program) -> None:
    assert program.get("/targets/nobody/deliveries").status_code == 404
