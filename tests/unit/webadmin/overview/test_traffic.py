"""Photos per hour today, against the last days, in the cameras' zone."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ingest.index.store import read_index
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.site import Site, accepted, photo, rejected
from webadmin.overview.traffic import DAYS, day_totals, read_hours, today_chart

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 6, 10, 12, 30, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def _put(site: Site, local: datetime, name: str, **changes: Any) -> None:
    at = utc_text(local)
    make = rejected if changes.get("verdict") == "rejected" else accepted
    site.put(make(id=new_id(local), received_at=at, decided_at=at, upload_path=name, **changes), photo())


def _words(hours: dict[datetime, dict[str, int]]) -> list[str]:
    return re.findall(r"<title>([^<]+)</title>", today_chart(hours, NOW, ZONE))


def test_photos_are_counted_by_the_local_hour_and_reports_are_not(site: Site) -> None:
    _put(site, datetime(2026, 6, 10, 0, 10, tzinfo=ZONE), "a.jpg")
    _put(site, datetime(2026, 6, 10, 0, 50, tzinfo=ZONE), "b.jpg")
    _put(site, datetime(2026, 6, 10, 0, 55, tzinfo=ZONE), "c.jpg", verdict="rejected")
    _put(site, datetime(2026, 6, 9, 23, 59, tzinfo=ZONE), "d.jpg")
    _put(site, datetime(2026, 6, 10, 1, 0, tzinfo=ZONE), "dr.txt", kind="report")
    _put(site, datetime(2026, 6, 2, 23, 59, tzinfo=ZONE), "too-old.jpg")
    with closing(read_index(site.root)) as index:
        assert read_hours(index, NOW, ZONE) == {
            datetime(2026, 6, 10, 0, tzinfo=ZONE): {"accepted": 2, "rejected": 1},
            datetime(2026, 6, 9, 23, tzinfo=ZONE): {"accepted": 1},
        }


def test_each_hour_of_today_is_told_with_what_is_usual() -> None:
    eight = datetime(2026, 6, 10, 8, tzinfo=ZONE)
    hours = {eight: {"accepted": 5, "rejected": 2}}
    hours |= {eight - timedelta(days=day): {"accepted": 10} for day in range(1, DAYS + 1)}
    words = _words(hours)
    assert len(words) == 24
    assert words[8] == "8:00: 5 accepted, 2 rejected; usually 10"
    assert words[9] == "9:00: 0 accepted, 0 rejected; usually 0"


def test_the_usual_rest_stands_on_what_came_and_only_where_less_came() -> None:
    eight = datetime(2026, 6, 10, 8, tzinfo=ZONE)
    before = {eight - timedelta(days=day): {"accepted": 4} for day in range(1, DAYS + 1)}
    few = today_chart({**before, eight: {"accepted": 1}}, NOW, ZONE)
    many = today_chart({**before, eight: {"accepted": 9}}, NOW, ZONE)
    assert re.findall(r'class="bar (\w+)"', few) == ["accepted", "usual"]
    assert re.findall(r'class="bar (\w+)"', many) == ["accepted"]


def test_today_is_compared_with_the_other_days_until_this_hour() -> None:
    today = NOW.replace(hour=9, minute=0)
    hours = {
        today: {"accepted": 3, "rejected": 1},
        today - timedelta(days=1): {"accepted": 7},
        today - timedelta(days=2) + 3 * HOUR: {"rejected": 7},
        today - timedelta(days=2) + 4 * HOUR: {"accepted": 700},
    }
    assert day_totals(hours, NOW, ZONE) == (4, 2.0)


def test_today_begins_at_midnight_of_the_cameras_and_not_of_utc() -> None:
    midnight = datetime(2026, 6, 10, tzinfo=ZONE)
    hours = {
        midnight: {"accepted": 1},
        midnight - HOUR: {"accepted": 70},
        midnight - timedelta(days=2): {"accepted": 14},
    }
    now = (midnight + HOUR / 2).astimezone(UTC)
    assert now.day == 9
    assert day_totals(hours, now, ZONE) == (1, 2.0)
