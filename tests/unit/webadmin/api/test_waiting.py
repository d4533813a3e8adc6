"""Files without a verdict are told, those that wait for their rest too."""

from datetime import UTC, datetime, timedelta

from ingest.spool.names import incoming_name
from ingest.spool.stamp import new_id
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.files.partial import put_partial
from tests.unit.webadmin.site import Site

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_what_waits_is_told_page_by_page(site: Site, program: Program) -> None:
    ids = [new_id(NOW + timedelta(minutes=number)) for number in range(3)]
    for one in ids:
        (site.root / "incoming" / incoming_name(one, "local", b"a.jpg")).write_bytes(b"12345")
    first = program.read("/waiting?limit=2")
    second = program.read(f"/waiting?limit=2&after={first['next']}")
    told = first["waiting"] + second["waiting"]
    assert [one["id"] for one in told] == ids[::-1] and second["next"] is None
    assert (told[0]["upload_path"], told[0]["size_bytes"], told[0]["until"]) == ("a.jpg", 5, None)
    assert told[0]["received_at"].startswith("2026-06-01T12:02")


def test_the_beginning_of_a_file_says_until_when_it_waits(site: Site, program: Program) -> None:
    item_id = put_partial(site.root, b"cut.jpg")
    (told,) = program.read("/waiting")["waiting"]
    assert (told["id"], told["upload_path"]) == (item_id, "cut.jpg") and told["until"] > told["received_at"]
