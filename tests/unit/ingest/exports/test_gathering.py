"""What is read of each camera."""

from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.alerts.memory import Memory, keep_memory
from ingest.exports.gathering import camera_facts, times_away
from ingest.index.store import read_index
from ingest.settings.values import Settings
from ingest.spool.incidents import Incident, write_incident
from ingest.spool.stamp import utc_text
from tests.exported import DAY, DAY_S, NOON, NOON_S, OAK, photo, report, surveyed
from tests.spools import make_spool


def test_photos_reports_and_other_contacts_of_a_camera_are_told_apart(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecars = [
        photo(NOON),
        photo(NOON + DAY, source="upload"),
        photo(NOON + 2 * DAY, verdict="rejected", reason="missing_location", latitude=None, longitude=None),
        photo(NOON + 3 * DAY, sources={"location": "record"}),
        report(NOON + 4 * DAY, battery_percent=70, sd_used_percent=12.5, images_total=9, images_sent=8),
        photo(NOON + 5 * DAY, "other"),
        photo(NOON + 6 * DAY, profile="canary"),
        photo(NOON + 90 * DAY),
    ]
    settings, _ = surveyed(root, sidecars, NOON)
    with closing(read_index(root)) as index:
        facts, other = camera_facts(index, {"oak": {"zone": "Africa/Nairobi"}}, settings, NOON + 9 * DAY)
    assert (facts.camera_id, other.camera_id, facts.zone) == ("oak", "other", ZoneInfo("Africa/Nairobi"))
    assert [(one.is_live, one.position) for one in facts.shots] == [(True, OAK), (False, OAK), (True, None)]
    assert facts.shots[0].look == "Willfine-4.0T CG" and facts.other_position == OAK
    assert facts.shots[0].captured_s == NOON_S and facts.shots[0].lateness_s == 30
    (told,) = facts.reports
    assert (told.battery_percent, told.sd_used_percent, told.images_total, told.images_sent) == (70, 12.5, 9, 8)
    assert told.reported_s == NOON_S + 4 * DAY_S - 3 * 3600
    assert [one.received_s for one in facts.turned_away] == [NOON_S + 2 * DAY_S + 30]
    assert NOON_S + 2 * DAY_S + 30 in facts.heard_s and max(facts.heard_s) < NOON_S + 9 * DAY_S


def test_a_report_whose_time_is_none_has_none(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    settings, _ = surveyed(root, [report(NOON, reported_at="yesterday")], NOON)
    with closing(read_index(root)) as index:
        (facts,) = camera_facts(index, {}, settings, NOON + DAY)
    assert facts.reports[0].reported_s is None and facts.zone == ZoneInfo("UTC")


def test_the_gateway_was_away_while_its_incidents_say_so(tmp_path: Path) -> None:
    root = make_spool(tmp_path)

    def incident(number: int, rule: str, hours: float, ended: bool = True) -> Incident:
        began, end = NOON + timedelta(hours=hours), NOON + timedelta(hours=hours + 2)
        return Incident(
            f"20260601T12000{number}.000000Z-0000000{number}", f"{rule}:", rule, "urgent", "", "", "",
            utc_text(began), utc_text(began), ended_at=utc_text(end) if ended else None,
        )  # fmt: skip

    for number, (rule, hours) in enumerate([("ports", 0), ("watcher", 1), ("battery", 5)]):
        write_incident(root, incident(number, rule, hours))
    write_incident(root, incident(9, "disk", 10, ended=False))
    keep_memory(root, Memory(away=((NOON + timedelta(hours=4), NOON + timedelta(hours=5)),)))
    assert times_away(root, (NOON + DAY).astimezone(UTC)) == (
        (NOON_S, NOON_S + 3 * 3600),
        (NOON_S + 4 * 3600, NOON_S + 5 * 3600),
        (NOON_S + 10 * 3600, NOON_S + DAY_S),
    )


def test_without_anything_there_is_no_camera(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    surveyed(root, [], NOON)
    with closing(read_index(root)) as index:
        assert list(camera_facts(index, {}, Settings(root=root), NOON)) == []
