"""What tests take for granted of the made history, and what the demo promises, at whatever moment they are made."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from ingest.profiles.catalogue import load_catalogue
from ingest.reading.facts import read_facts
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.stamp import new_id
from ingest.verdict.decision import decide
from tests.demo_fleet import FLEET
from tests.demo_history import uploads
from tests.demo_spool import items
from tests.demo_uploads import Shipment, shipments
from tests.moments import HOURS, NIGHTS, Moment

DAYS = 3
ZONE = ZoneInfo(NIGHTS[0].zone)
SEEDS = (0, 1)
AHEAD = {camera.id for camera in FLEET if camera.clock_s > 0}
_REJECTED = ("missing_location", "no_matching_profile", "no_metadata", "empty_file", "connection_test")
WANTED = {
    ("image", None),
    ("report", None),
    ("other", "unsupported_file_type"),
    *(("image", reason) for reason in _REJECTED),
}

at_every_moment = pytest.mark.parametrize("moment", [*HOURS, *NIGHTS], ids=str)


@at_every_moment
def test_a_history_has_photos_reports_and_rejects_in_order(moment: Moment) -> None:
    settings = Settings(time_zone=moment.zone)
    for seed in SEEDS:
        made = [item.sidecar for item in items(settings, DAYS, moment.at, seed)]
        assert {(one.kind, one.reason) for one in made} >= WANTED
        assert [one.id for one in made] == sorted(one.id for one in made)
        assert {one.camera_id for one in made if "clock_ahead" in [warn.code for warn in one.warnings]} <= AHEAD


def test_nothing_of_a_history_lies_in_the_future() -> None:
    for last in uploads(NIGHTS[0].at, DAYS, ZONE)[-5:]:
        now = last.at + timedelta(seconds=1)
        # Its connection ends some seconds after an upload.
        assert uploads(now, DAYS, ZONE)[-1].at < now - timedelta(seconds=6)


def test_the_same_moment_zone_and_seed_make_the_same_history_and_another_seed_another() -> None:
    made = [uploads(NIGHTS[0].at, DAYS, ZONE, seed) for seed in (0, 0, 1)]
    assert made[0] == made[1] != made[2]
    assert made[0] == uploads(NIGHTS[0].local, DAYS, ZONE)


@at_every_moment
def test_the_demo_promises_the_right_verdict_for_each_file(moment: Moment) -> None:
    settings = Settings(time_zone=moment.zone)
    *first, _ = shipments(moment.at, settings.zone)
    assert [_said(one, moment, settings) for one in first] == [one.expected for one in first]


def _said(sent: Shipment, moment: Moment, settings: Settings) -> str:
    """Return the verdict that a file gets at a moment, in the demo's words."""
    facts = read_facts(sent.content, len(sent.content), sent.path, settings.limits)
    item = Item(new_id(moment.at), sent.path.encode(), "ftps")
    catalogue = load_catalogue(settings.profile_folders)
    got = decide(item, facts, catalogue, settings, decided_at=moment.at)
    return replace(sent, reason=got.reason, warnings=[warn.code for warn in got.warnings]).expected
