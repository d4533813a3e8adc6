"""Where a camera stood: chosen by the time of a photo, and never guessed."""

from datetime import datetime
from typing import Any

import pytest

from ingest.spool.sites import Site, present_site, site_at, sites_in, with_site, without_site

APRIL, MAY, JUNE = (datetime(2026, month, 1) for month in (4, 5, 6))  # noqa: DTZ001 - a camera's clock has no zone
FIRST, GATE, POND = Site(52.0, 5.0), Site(52.1, 5.1, "Gate", APRIL), Site(52.2, 5.2, "Pond", JUNE)


def record_of(*sites: Site) -> dict[str, Any]:
    record: dict[str, Any] = {"name": "Oak", "sim": "8931"}
    for site in sites:
        record = with_site(record, site)
    return record


def names_at(record: dict[str, Any], *moments: datetime | None) -> list[str | None]:
    sites = sites_in(record)
    return [site.name if (site := site_at(sites, when)) else None for when in moments]


@pytest.mark.parametrize("order", [(GATE, POND), (POND, GATE)])
def test_a_site_ends_where_the_next_begins_in_whatever_order_they_are_entered(order: tuple[Site, Site]) -> None:
    record = record_of(*order)
    assert names_at(record, MAY, JUNE, datetime(2026, 3, 31, 23, 59)) == ["Gate", "Pond", None]  # noqa: DTZ001 - as above
    assert [site.end for site in sites_in(record)] == [JUNE, None]
    assert (record["name"], record["sim"]) == ("Oak", "8931")


def test_a_position_of_before_there_were_sites_holds_for_all_time_and_until_the_first_site() -> None:
    old = {"name": "Oak", "latitude": 52.0, "longitude": 5, "registered": False}
    assert sites_in(old) == (FIRST,)
    record = with_site(old, GATE)
    assert "latitude" not in record and record["registered"] is False
    assert [site.position for site in sites_in(record)] == [(52.0, 5.0), (52.1, 5.1)]
    assert names_at(record, datetime(2020, 1, 1), MAY) == ["", "Gate"]  # noqa: DTZ001 - as above


def test_a_photo_without_a_time_has_a_site_only_where_there_was_never_another() -> None:
    assert names_at(record_of(FIRST), None) == [""]
    assert names_at(record_of(GATE), None) == [None]
    assert names_at(record_of(FIRST, GATE), None) == [None]
    assert names_at(record_of(), None, MAY) == [None, None]


def test_a_site_of_the_same_start_is_replaced_and_one_is_taken_away_without_a_guess() -> None:
    record = record_of(GATE, Site(52.3, 5.3, "North gate", APRIL), POND)
    assert names_at(record, MAY) == ["North gate"]
    assert names_at(without_site(record, APRIL), MAY, JUNE) == [None, "Pond"]
    assert names_at(without_site(record, JUNE), JUNE) == [None]
    assert sites_in(without_site(record_of(FIRST), None)) == ()


def test_a_site_with_an_end_of_its_own_leaves_a_time_without_a_site() -> None:
    record = record_of(Site(52.1, 5.1, "Gate", APRIL, MAY), POND)
    assert names_at(record, APRIL, MAY, JUNE) == ["Gate", None, "Pond"]
    assert present_site(sites_in(record)) == POND
    assert present_site(sites_in(record_of(Site(52.1, 5.1, "Gate", APRIL, MAY)))) is None
    between = with_site(record, Site(52.4, 5.4, "Ford", datetime(2026, 4, 15)))  # noqa: DTZ001 - as above
    assert names_at(between, APRIL, MAY, JUNE) == ["Gate", "Ford", "Pond"]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "52.1, 5.1",
        {},
        {"latitude": 52.1},
        {"latitude": "52.1", "longitude": 5.1},
        {"latitude": True, "longitude": 5.1},
        {"latitude": 91, "longitude": 5.1},
        {"latitude": 52.1, "longitude": 181},
        {"latitude": float("nan"), "longitude": 5},
        {"latitude": 52.1, "longitude": 5.1, "from": "last spring"},
        {"latitude": 52.1, "longitude": 5.1, "from": 2026},
        {"latitude": 52.1, "longitude": 5.1, "from": "2026-04-01T00:00:00Z"},
    ],
)
def test_what_cannot_be_a_site_is_passed_over_and_costs_the_others_nothing(entry: object) -> None:
    record = record_of(GATE)
    assert sites_in({"sites": [entry, *record["sites"]]}) == (GATE,)
    assert sites_in({"sites": entry, "name": "Oak"}) == ()
    assert sites_in(None) == ()
