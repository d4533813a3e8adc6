"""Silences of several cameras at once."""

from ingest.exports.deployments import Deployment, Failure
from ingest.exports.outages import with_outages
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay
from tests.exported import DAY_S, NOON_S, OAK


def silent(camera_id: str, since_day: float, until_day: float, reason: str = "silence") -> Deployment:
    span = (NOON_S + round(since_day * DAY_S), NOON_S + round(until_day * DAY_S))
    whole = (NOON_S, NOON_S + 90 * DAY_S)
    return Deployment(
        camera_id, camera_id, whole, Stay(ALWAYS_S, NEVER_S, OAK), failures=(Failure(span, reason, "Silent."),)
    )


def reasons(*given: Deployment, away: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [one.failures[0].reason for one in with_outages(given, away)]


def test_three_that_are_silent_together_have_one_cause() -> None:
    together = [silent(f"cam-{number}", 10 + number / 9, 13 + number / 9) for number in range(3)]
    assert reasons(*together, silent("alone", 10, 40)) == ["outage", "outage", "outage", "silence"]
    assert "3 cameras were silent" in with_outages(together, ())[0].failures[0].evidence


def test_two_or_one_again_and_again_have_not() -> None:
    assert reasons(silent("a", 10, 13), silent("b", 10, 13)) == ["silence", "silence"]
    assert reasons(*(silent("a", 10 + day / 9, 13) for day in range(3))) == 3 * ["silence"]


def test_one_whose_battery_was_empty_keeps_its_reason() -> None:
    given = [*(silent(f"cam-{number}", 10, 13) for number in range(3)), silent("empty", 10, 13, "battery")]
    assert reasons(*given)[-1] == "battery"


def test_while_the_gateway_itself_keeps_cameras_out_that_is_the_reason() -> None:
    away = ((NOON_S + 10 * DAY_S, NOON_S + 12 * DAY_S),)
    assert reasons(silent("a", 10, 13), silent("b", 11.5, 40), away=away) == ["gateway", "silence"]
