"""The forecast of the disk: what arrives a day, and for how long there is room."""

from contextlib import closing
from datetime import timedelta

import pytest

from ingest.index.store import read_index
from tests.unit.webadmin.site import NOW, Site, accepted, photo, rejected
from webadmin.overview.forecast import bytes_a_day, days_left


def test_what_arrives_a_day_is_the_mean_of_a_week_rejects_too(site: Site) -> None:
    site.put(accepted(timedelta(days=2), size_bytes=700_000), photo())
    site.put(rejected(timedelta(days=1), size_bytes=300_000, upload_path="b.jpg"), photo(2))
    site.put(accepted(timedelta(days=20), size_bytes=9_000_000, upload_path="old.jpg"), photo(3))
    with closing(read_index(site.root)) as index:
        assert bytes_a_day(index, NOW) == pytest.approx(1_000_000 / 7)


def test_a_spool_that_nothing_comes_to_has_no_forecast(site: Site) -> None:
    site.put(accepted(timedelta(days=20)), photo())
    with closing(read_index(site.root)) as index:
        assert bytes_a_day(index, NOW) is None


def test_the_reserve_is_no_room_and_a_full_disk_has_no_days_below_none() -> None:
    assert days_left(11e9, 1e9, 2e9) == 5.0
    assert days_left(0.5e9, 1e9, 2e9) == 0.0
    assert days_left(11e9, 1e9, None) is None
