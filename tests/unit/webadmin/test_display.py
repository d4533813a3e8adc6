"""How values look: times in the cameras' zone with their age, sizes with units, strangers' text without tricks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.site import CAMERA, Site, accepted
from webadmin.display import (
    age,
    ago,
    as_moment,
    camera_time,
    count,
    days,
    duration,
    label,
    page_time,
    plain,
    position,
    size,
    when,
)

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("trick", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x07", "\ud800", "\ue000", "\u2028"])
def test_no_character_that_tricks_the_eye_is_shown(trick: str) -> None:
    assert plain(f"a{trick}b") == "a�b"


def test_umlauts_and_other_scripts_stay_as_they_are() -> None:
    assert plain("Große Eiche 大きな樫") == "Große Eiche 大きな樫"


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (124_901, "125 kB"), (2_500_000, "2.5 MB"), (3.2e9, "3.2 GB"),
        (4e12, "4.0 TB"), (None, "–"),
    ],
)  # fmt: skip
def test_a_size_has_its_unit(size_bytes: float | None, words: str) -> None:
    assert size(size_bytes) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (89, "89 s"), (90, "2 min"), (5399, "90 min"), (5400, "2 h"),
        (129_600, "36 h"), (172_799, "48 h"), (172_800, "2 days"),
        (86_400 * 800, "2.2 years"), (-14, "14 s"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_its_largest_sensible_unit(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.9, "less than a day"), (44.9, "about 45 days"), (45, "about 6 weeks"), (100, "about 3 months")],
)
def test_a_forecast_is_no_finer_than_it_can_be_known(number: float, words: str) -> None:
    assert days(number) == words


def test_an_age_looks_back_and_ahead() -> None:
    assert age(NOW - timedelta(minutes=5), NOW) == "5 min ago"
    assert age(NOW, NOW) == "0 s ago"
    assert age(NOW + timedelta(days=3), NOW) == "in 3 days"


def test_a_time_is_shown_in_the_cameras_zone_with_utc_behind_it() -> None:
    shown = when("2026-05-31T23:00:00.120034Z", ZONE, NOW)
    assert "<span class=nowrap>1 Jun 2026, 01:00</span> <small>13 h ago</small>" in shown
    assert 'datetime="2026-05-31T23:00:00+00:00" title="2026-05-31 23:00:00 UTC"' in shown


def test_an_age_has_its_time_behind_it() -> None:
    shown = ago(NOW - timedelta(hours=2), ZONE, NOW)
    assert 'title="2026-06-01 12:00:00 CEST">2 h ago</time>' in shown


@pytest.mark.parametrize("value", [None, "", "yesterday", "2026-06-01T12:00:00"])
def test_what_is_no_time_in_utc_was_never(value: str | None) -> None:
    assert when(value, ZONE, NOW) == ago(value, ZONE, NOW) == "<span class=none>never</span>"


def test_an_id_is_a_time_as_well() -> None:
    assert as_moment("20260601T120000.000000Z-4f2a9c01") == NOW
    assert as_moment("2026-06-01T12:00:00Z") == as_moment(NOW) == NOW


def test_numbers_positions_and_camera_times_are_told_plainly() -> None:
    assert (count(1234567), count(0), count(None)) == ("1\u202f234\u202f567", "0", "–")
    assert (position(52.0987674, -5.1), position(0.0, 0.0)) == ("52.09877, -5.10000", "0.00000, 0.00000")
    assert position(None, 5.1) == "–"
    assert (camera_time("2026-06-01T14:00:00"), camera_time(None)) == ("1 Jun 2026, 14:00", "–")


def test_all_ages_of_a_page_are_of_one_moment(site: Site) -> None:
    with site.app.test_request_context():
        assert page_time() is page_time()


def test_a_camera_is_called_by_its_name_and_its_id_or_told_to_be_unknown(site: Site) -> None:
    with site.app.test_request_context():
        assert label(CAMERA) == f"<span class=name>{CAMERA}</span>"
        write_camera_record(site.root, CAMERA, {"name": "<b>Oak</b>\u202e"})
        assert label(CAMERA) == (f"<span class=name>&lt;b&gt;Oak&lt;/b&gt;�</span> <small class=id>{CAMERA}</small>")
        assert label(None) == "<span class=none>unknown camera</span>"


def test_a_camera_without_a_name_is_called_as_people_wrote_its_id(site: Site) -> None:
    site.put(accepted(camera_id="Hoehle_1", camera_text="Höhle <1>"))
    site.put(accepted(camera_id="oak", camera_text="Höhle <1>", upload_path="b.jpg"))
    with site.app.test_request_context():
        assert label("Hoehle_1") == "<span class=name>Höhle &lt;1&gt;</span> <small class=id>Hoehle_1</small>"
        assert label("oak") == "<span class=name>oak</span>"
        write_camera_record(site.root, "Hoehle_1", {"name": "Cave"})
        assert label("Hoehle_1") == "<span class=name>Cave</span> <small class=id>Hoehle_1</small>"


def test_plain_text_has_no_tricks_and_an_end() -> None:
    assert plain("a\x1b[0m\u200b\u202eb\n") == "a�[0m��b�"
    assert len(plain("x" * 10_000, 50)) == 50
