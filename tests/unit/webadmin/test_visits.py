"""Visits: what is urgent, what will be, and what a camera's own counter says against what came."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ingest.index.store import open_index, read_index
from ingest.spool.camera_records import write_camera_record
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected
from webadmin.cameras.attention import Attention, Refusal, urgency
from webadmin.cameras.health import never_seen
from webadmin.cameras.history import read_reports, sent_and_received
from webadmin.cameras.near_misses import near_misses
from webadmin.cameras.refusals import read_refusals
from webadmin.cameras.trend import Trend, read_trend
from webadmin.cameras.visits import visits
from webadmin.context import context


def _report(days_ago: float, **fields: Any) -> Sidecar:
    whole = accepted(timedelta(days=days_ago), kind="report", upload_path=f"{CAMERA}-dr.txt", captured_at=None)
    return replace(whole, captured_at_utc=None, fields={"camera_id": CAMERA, **fields})


def test_the_most_urgent_camera_comes_first() -> None:
    kinds = [("clock",), ("battery",), ("silent",), ("battery", "sd"), ("rejected",), ()]
    ordered = sorted(kinds, key=lambda names: urgency(tuple(Attention(name, "") for name in names)))
    assert ordered == [("silent",), ("rejected",), ("battery", "sd"), ("battery",), ("clock",), ()]


def test_a_camera_whose_last_photos_were_rejected_needs_attention(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(hours=3)), photo())
    site.put(rejected(timedelta(hours=2), upload_path="a.jpg"), photo())
    site.put(rejected(timedelta(hours=1), upload_path="b.jpg"), photo())
    assert "Its photos are rejected: missing location, 2 files in 7 days" in admin.get(f"/cameras/{CAMERA}").text
    site.put(accepted(timedelta(minutes=1), upload_path="c.jpg"), photo(2))
    assert "Its photos are rejected" not in admin.get(f"/cameras/{CAMERA}").text


def test_duplicates_tests_and_old_rejects_are_no_trouble(site: Site) -> None:
    site.put(rejected(reason="duplicate"), photo())
    site.put(rejected(reason="connection_test", upload_path="t.jpg"), photo())
    site.put(rejected(timedelta(days=9), upload_path="old.jpg"), photo())
    with closing(read_index(site.root)) as index:
        assert read_refusals(index, NOW) == {}


def test_the_reason_that_came_last_is_told(site: Site) -> None:
    site.put(rejected(timedelta(hours=5)), photo())
    newest = site.put(rejected(timedelta(hours=1), reason="bad_datetime", upload_path="b.jpg"), photo())
    with closing(read_index(site.root)) as index:
        assert read_refusals(index, NOW) == {CAMERA: Refusal("bad_datetime", 1, newest.received_at)}
        assert read_refusals(index, NOW, CAMERA) == read_refusals(index, NOW)


def test_what_ends_within_three_weeks_is_on_the_list() -> None:
    camera = replace(never_seen(CAMERA, {"name": "Oak"}), state="active")
    planned = visits([camera], lambda _: Trend(battery_days=12.2, sd_days=90))
    assert [one.words for one in planned[0].things] == ["Battery empty in about 12 days"]
    assert visits([camera], lambda _: Trend(battery_days=22)) == []
    assert visits([replace(camera, state="silent")], lambda _: Trend(battery_days=2)) == []


def test_the_trend_is_read_from_the_reports_of_four_weeks(site: Site) -> None:
    for days_ago, battery, sd in ((40, 100, 1.0), (20, 80, 10.0), (10, 70, 12.0), (0.1, 60.1, 30.0)):
        site.put(_report(days_ago, battery_percent=battery, sd_used_percent=sd))
    with site.app.app_context(), closing(read_index(site.root)) as index:
        camera = context().fleet(NOW)[0]
        trend = read_trend(index, camera, NOW)
        assert trend.battery_days == pytest.approx(60, abs=1)
        assert trend.sd_days == pytest.approx(70, abs=1)
        assert read_trend(index, never_seen(CAMERA, {}), NOW) == Trend()


def test_the_visit_list_tells_where_and_what(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak <b>ride</b>", "notes": "Key 14", "registered": True})
    site.put(accepted(timedelta(days=12)), photo())
    page = admin.get("/visits").text
    assert "1 of 1 cameras need somebody" in page
    assert "Oak &lt;b&gt;ride&lt;/b&gt;" in page
    for words in ("Silent for 12 days", "Key 14", "geo:52.098767,5.125342", "Find out why nothing comes"):
        assert words in page


def test_a_spool_without_trouble_has_no_visits(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    assert "No camera needs a visit" in admin.get("/visits").text


def test_only_steps_of_the_counter_count(site: Site) -> None:
    for days_ago, sent in ((3, 500), (2, 503), (1, 2), (0.5, 4)):
        site.put(_report(days_ago, images_sent=sent))
    site.put(accepted(timedelta(days=2.5), upload_path="a.jpg"), photo())
    site.put(rejected(timedelta(days=1.5), upload_path="b.jpg"), photo())
    site.put(accepted(timedelta(days=0.1), upload_path="after.jpg"), photo())
    with closing(open_index(site.root)) as index:
        index.row_factory = sqlite3.Row
        reports = read_reports(index, CAMERA, NOW - timedelta(days=9), NOW)
        assert sent_and_received(index, CAMERA, reports) == (5, 2)
        assert sent_and_received(index, CAMERA, reports[:1]) is None


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("861943070068072", True),
        ("86194307006802", True),
        ("8619430700680277", True),
        ("861943070068127", True),
        ("861943070068035", False),
        ("861943070068027", False),
        ("861943070068", False),
    ],
)
def test_one_typing_mistake_is_a_near_miss(other: str, near: bool) -> None:
    assert (near_misses(CAMERA, [other]) == [other]) == near


def test_an_unregistered_camera_names_the_registered_one_that_it_resembles(site: Site, admin: Person) -> None:
    write_camera_record(site.root, "861943070068072", {"name": "Oak ride", "registered": True})
    site.put(rejected(reason="unknown_camera"), photo())
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "One typing mistake away from" in page
    assert "Oak ride" in page


def test_registering_needs_one_click(site: Site, admin: Person) -> None:
    waiting = site.put(rejected(reason="unknown_camera"), photo())
    assert "Register it and try its files again" in admin.get(f"/cameras/{CAMERA}").text
    admin.send(f"/cameras/{CAMERA}/register", {})
    asked = site.requests()
    assert [request["action"] for request in asked] == ["edit_camera", "requeue"]
    assert asked[0]["record"] == {"registered": True}
    assert asked[1]["ids"] == [waiting.id]
    assert admin.send("/cameras/..%2Fx/register", {}).status_code == 404
