"""Connections are told newest first, day by day, with how each went."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.connections.record import ConnectionRecord, Transfer, connection_record_line
from ingest.connections.store import day_path, log_path
from ingest.spool.stamp import id_time, new_id, utc_text
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import Site
from webadmin.api import connections

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


def record(
    ago: timedelta, account: str | None = "camera", *refused: str, outcome: str = "complete"
) -> ConnectionRecord:
    at = utc_text(NOW - ago)
    sent = () if refused else (Transfer("a.jpg", 3, outcome, at),)  # type: ignore[arg-type]
    client = "192.0.2.7"
    return ConnectionRecord(
        new_id(NOW - ago), client, account, "TLSv1.3", None, "explicit", refused, sent, (), at, at, "It came."
    )


def put(root: Path, *records: ConnectionRecord) -> list[str]:
    for one in records:
        with day_path(root, id_time(one.id).date()).open("a") as file:
            file.write(connection_record_line(one))
    return [one.id for one in records]


def test_connections_are_told_page_by_page_over_days(site: Site, program: Program) -> None:
    ids = put(site.root, *(record(timedelta(hours=15 * number)) for number in range(5)))
    seen, after = [], ""
    while True:
        page = program.read(f"/connections?limit=2{after}")
        seen += [one["record"]["id"] for one in page["connections"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == ids


def test_connections_are_filtered_and_looks_at_the_port_are_left_out(site: Site, program: Program) -> None:
    probe = replace(record(timedelta(hours=3), None), client="127.0.0.1", transfers=())
    good, bad, _ = put(site.root, record(timedelta(hours=1)), record(timedelta(hours=2), None, "camera"), probe)
    for query, found in (
        ("", [good, bad]),
        ("?state=good", [good]),
        ("?state=bad", [bad]),
        ("?account=camera", [good]),
        ("?client=192.0.2.7", [good, bad]),
        ("?client=192.0.2.8", []),
    ):
        assert [one["record"]["id"] for one in program.read(f"/connections{query}")["connections"]] == found, query


def test_a_connection_that_has_no_record_yet_is_told_too(site: Site, program: Program) -> None:
    folded, new = put(site.root, record(timedelta(hours=1)))[0], new_id(NOW)
    log_path(site.root, new).write_text('Wed Jun 03 12:00:00 2026 [pid 2] CONNECT: Client "192.0.2.9"\n')
    assert [one["record"]["id"] for one in program.read("/connections")["connections"]] == [new, folded]
    assert [one["record"]["id"] for one in program.read(f"/connections?after={new}")["connections"]] == [folded]


def test_a_search_for_what_is_rare_ends_and_says_where_it_goes_on(
    site: Site, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "LOOKED_AT_MAX", 2)
    ids = put(site.root, *(record(timedelta(hours=number)) for number in range(4)))
    page = program.read("/connections?account=nobody")
    assert page == {"connections": [], "next": ids[1]}
    assert program.read(f"/connections?account=nobody&after={page['next']}") == {"connections": [], "next": None}
