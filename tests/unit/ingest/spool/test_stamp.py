"""Ids and times of our own clock."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ingest.spool.stamp import earlier_id, id_time, is_id, new_id, parse_utc, utc_text

NOON = datetime(2026, 5, 1, 12, 0, 0, 7, tzinfo=UTC)


def test_ids_sort_in_order_of_arrival_and_keep_their_time() -> None:
    ids = [new_id(NOON + timedelta(microseconds=number)) for number in range(50)]
    assert ids == sorted(ids)
    assert all(is_id(one) for one in ids)
    assert id_time(ids[0]) == NOON


def test_ids_sort_before_the_year_1000_too() -> None:
    assert new_id(datetime(999, 12, 31, tzinfo=UTC)) < new_id(NOON)


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id(NOON) for _ in range(100)}) == 100


def test_ids_are_utc_whatever_zone_the_time_came_in() -> None:
    assert new_id(NOON.astimezone(timezone(timedelta(hours=9)))).startswith("20260501T120000.000007Z-")


@pytest.mark.parametrize("text", ["", "x", "20260501T120000.000007Z-", "20260501T250000.000007Z-4f2a", "a/../b"])
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


def test_times_come_back() -> None:
    assert utc_text(NOON) == "2026-05-01T12:00:00.000007Z"
    assert parse_utc(utc_text(NOON)) == NOON
    assert parse_utc("2026-05-01T12:00:00Z") == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-05-01T12:00:00"])
def test_what_is_no_time_of_ours(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_utc(text)


@pytest.mark.parametrize("randomness", ["4f2a9c01", "4f2a", "ffffffff", "00000000", "0000"])
def test_the_earlier_reports_of_a_file_have_ids_of_its_moment_each_another_than_its_own(randomness: str) -> None:
    whole = f"20251205T154647.120034Z-{randomness}"
    ids = [earlier_id(whole, number) for number in range(500, 0, -1)]
    assert len({*ids, whole}) == 501
    assert {id_time(one) for one in ids} == {id_time(whole)}
    assert ids == [earlier_id(whole, number) for number in range(500, 0, -1)]
    if int(randomness, 16) > 500:
        assert [*ids, whole] == sorted([*ids, whole])
