"""How long batteries and cards last, from the reports of the last weeks."""

from contextlib import closing
from datetime import timedelta

import pytest

from ingest.fleet.health import never_seen
from ingest.fleet.trend import Trend, days_until, read_trend
from ingest.index.store import read_index
from tests.unit.webadmin.cameras.examples import report
from tests.unit.webadmin.site import CAMERA, NOW, Site
from webadmin.context import context


def test_the_trend_is_read_from_the_reports_of_four_weeks(site: Site) -> None:
    for days_ago, battery, sd in ((40, 100, 1.0), (20, 80, 10.0), (10, 70, 12.0), (0.1, 60.1, 30.0)):
        site.put(report(timedelta(days=days_ago), battery_percent=battery, sd_used_percent=sd))
    with site.app.app_context(), closing(read_index(site.root)) as index:
        camera = context().fleet(NOW)[0]
        trend = read_trend(index, camera, NOW)
        assert trend.battery_days == pytest.approx(60, abs=1)
        assert trend.sd_days == pytest.approx(70, abs=1)
        assert read_trend(index, never_seen(CAMERA, {}), NOW) == Trend()


def test_reports_of_a_few_days_tell_no_trend(site: Site) -> None:
    for days_ago, battery in ((4, 90), (0.1, 60)):
        site.put(report(timedelta(days=days_ago), battery_percent=battery))
    with site.app.app_context(), closing(read_index(site.root)) as index:
        assert read_trend(index, context().fleet(NOW)[0], NOW) == Trend()


def test_new_batteries_and_an_empty_card_end_nothing() -> None:
    assert days_until(0, 30, 96, 10) is None
    assert days_until(100, 80, 2, 10) is None
    assert days_until(0, 60, 60, 10) is None
    assert days_until(0, None, 60, 10) is None
    assert days_until(0, 60, 50, 5) == 25
    assert days_until(0, 60, 50, 4.9) is None
