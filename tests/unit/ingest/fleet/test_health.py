"""How one camera is doing: state by our clock, figures of its last report, and the words of its record."""

from datetime import timedelta
from typing import Any

from ingest.fleet.health import camera_state, never_seen
from tests.unit.webadmin.cameras.examples import NOON, judged
from tests.unit.webadmin.site import CAMERA


def test_state_is_judged_by_contact() -> None:
    assert camera_state(NOON - timedelta(days=7), NOON, 7) == "active"
    assert camera_state(NOON - timedelta(days=7, seconds=1), NOON, 7) == "silent"
    assert camera_state(None, NOON, 7) == "never"


def test_a_healthy_camera_needs_no_attention() -> None:
    camera = judged()
    assert camera.attention == ()
    assert camera.state == "active"


def test_signal_99_is_unknown_and_never_excellent() -> None:
    assert judged(signal_csq=99).signal_csq is None
    assert judged(signal_csq=99).signal is None


def test_whichever_figure_a_report_tells_is_kept() -> None:
    camera = judged(battery_percent=None, battery_volts=11.8, signal_csq=None, signal_dbm=-71, signal_percent=64)
    assert (camera.battery_volts, camera.signal_dbm, camera.signal_percent) == (11.8, -71, 64)
    assert camera.signal
    assert camera.signal.figure == "-71 dBm"
    assert camera.attention == ()


def test_a_camera_that_nobody_has_heard_of_raises_no_alarm() -> None:
    camera = never_seen(CAMERA, {"name": "Spare"})
    assert (camera.state, camera.attention, camera.name) == ("never", (), "Spare")


def test_a_position_that_an_admin_wrote_is_the_home() -> None:
    moved = "[[52.01, 5.0], [52.01, 5.0]]"
    assert judged({"latitude": 52.01, "longitude": 5.0}, positions=moved).attention == ()
    assert [one.kind for one in judged(positions=moved).attention] == ["moved"]


def test_a_camera_stands_where_its_last_photo_says_and_without_photos_at_its_home() -> None:
    assert judged(positions="[[52.2, 5.3], [52.0, 5.0]]").position == (52.2, 5.3)
    assert judged(positions=None).position == (52.0, 5.0)
    assert judged(positions=None, home=None).position is None


def test_a_record_registers_a_camera_unless_it_says_otherwise() -> None:
    records: tuple[dict[str, Any] | None, ...] = (
        None,
        {},
        {"name": "Oak"},
        {"registered": True},
        {"registered": False},
        {"registered": "yes"},
    )
    assert [judged(record).registered for record in records] == [False, False, True, True, False, False]


def test_a_name_that_is_no_text_or_cannot_be_seen_is_none() -> None:
    assert judged({"name": 7, "notes": "Key\u202e 14\nGate"}).title == CAMERA
    assert judged({"name": "O\u200bak", "notes": "Key\u202e 14\nGate"}).title == "Oak"
    assert judged({"notes": "Key\u202e 14\nGate"}).notes == "Key 14\nGate"
