"""What one sidecar contributes to the index."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.index.rows import REPORT_FIELDS, first_number, is_contact, item_row, number_of, report_row
from ingest.spool.sidecar import Problem, Warn
from ingest.spool.stamp import new_id
from tests.spools import make_sidecar

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def test_numbers_follow_arrival() -> None:
    ids = [new_id(MOMENT + timedelta(microseconds=n)) for n in range(50)]
    numbers = [number_of(one) for one in ids]
    assert numbers == sorted(set(numbers))


def test_no_item_of_a_moment_has_a_smaller_number_than_its_first() -> None:
    before, after = (first_number(MOMENT + timedelta(microseconds=n)) for n in (0, 1))
    assert all(before <= number_of(new_id(MOMENT)) < after for _ in range(50))


def test_numbers_fit_into_a_row_id_of_sqlite_until_the_year_2091() -> None:
    assert number_of(new_id(datetime(2090, 12, 31, tzinfo=UTC))) < 2**63


def test_a_row_names_every_warning_and_the_first_problem() -> None:
    warnings = (Warn("truncated", "Cut."), Warn("clock_ahead", "Ahead."))
    problems = (Problem("no_metadata", "None."), Problem("no_matching_profile", "Nobody."))
    row = item_row(make_sidecar(warnings=warnings, problems=problems), "rejected/x/y")
    assert (row.place, row.warnings, row.problem) == ("rejected/x/y", "truncated clock_ahead", "None.")
    plain = item_row(make_sidecar(), "accepted/x/y")
    assert (plain.warnings, plain.problem) == ("", None)


def test_an_accepted_report_gives_its_values_in_the_order_of_the_columns() -> None:
    sidecar = make_sidecar(kind="report", fields={"longitude": 5.1, "battery_percent": 60, "reported_at": "2026-01-01"})
    row = report_row(sidecar)
    assert row
    assert row[:4] == (sidecar.id, sidecar.camera_id, sidecar.received_at, "2026-01-01")
    values = dict(zip(REPORT_FIELDS, row[4:], strict=True))
    assert {name: value for name, value in values.items() if value is not None} == {
        "battery_percent": 60,
        "longitude": 5.1,
    }


@pytest.mark.parametrize("changes", [{"kind": "image"}, {"verdict": "rejected"}, {"camera_id": None}])
def test_only_an_accepted_report_of_a_known_camera_is_charted(changes: dict[str, Any]) -> None:
    assert report_row(make_sidecar(kind="report"))
    assert report_row(make_sidecar(**{"kind": "report", **changes})) is None


@pytest.mark.parametrize(
    "changes", [{"source": "upload"}, {"source": "local"}, {"profile": "canary"}, {"camera_id": None}]
)
def test_only_what_a_camera_sent_is_its_sign_of_life(changes: dict[str, Any]) -> None:
    assert is_contact(item_row(make_sidecar(), "place"))
    assert not is_contact(item_row(make_sidecar(**changes), "place"))
