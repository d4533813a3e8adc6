"""What an export is of."""

from datetime import UTC, date
from zoneinfo import ZoneInfo

from ingest.exports.choosing import Choice, chosen
from ingest.exports.deployments import Deployment
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay
from tests.exported import DAY_S, HOUR_S, NOON_S, OAK

ONE = Deployment("oak-1", "oak", (NOON_S, NOON_S + 9 * DAY_S), Stay(ALWAYS_S, NEVER_S, OAK, "Old oak"), location_id="x")


def test_everything_is_wanted_unless_something_is_chosen() -> None:
    assert chosen(Choice(), ONE, UTC) == ONE
    assert chosen(Choice(cameras=("oak",), site="Old oak"), ONE, UTC) == chosen(Choice(site="x"), ONE, UTC) == ONE
    assert chosen(Choice(cameras=("elm",)), ONE, UTC) is chosen(Choice(site="Elm"), ONE, UTC) is None


def test_days_are_those_of_local_time_and_both_are_included() -> None:
    days = Choice(first=date(2026, 6, 3), last=date(2026, 6, 4))
    part = chosen(days, ONE, ZoneInfo("Europe/Amsterdam"))
    assert part and part.span[1] - part.span[0] == 2 * DAY_S
    assert part.span[0] == NOON_S + DAY_S + 10 * HOUR_S
