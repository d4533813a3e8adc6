"""The whole fleet over all its time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.exported import DAY, DAY_S, NOON, NOON_S, OAK, daily, enter_site, photo, surveyed
from tests.spools import make_spool


def test_every_camera_has_its_deployments_and_those_that_are_silent_together_their_reason(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecars = [
        one
        for number in range(3)
        for since, days in ((NOON, 20), (NOON + 26 * DAY, 14))
        for one in daily(days, f"cam-{number}", since, latitude=52 + number / 10)
    ]
    _, found = surveyed(root, sidecars, NOON + 40 * DAY)
    assert [one.camera_id for one in found.deployments] == ["cam-0", "cam-1", "cam-2"]
    assert {failure.reason for one in found.deployments for failure in one.failures} == {"outage"}
    assert len({one.location_id for one in found.deployments}) == 3


def test_a_clock_that_is_an_hour_behind_is_told_and_flags_its_deployment(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    behind = [photo(NOON + day * DAY / 3, late=timedelta(hours=1, seconds=30)) for day in range(60)]
    _, found = surveyed(root, behind, NOON + 20 * DAY)
    (deployment,) = found.deployments
    assert deployment.has_time_issues and deployment.failures == ()
    assert [(one.code, one.about) for one in found.left_out] == [("wrong_clock", "+1.0 h")]


def test_rejected_photos_are_told_and_are_no_effort(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    nowhere: dict[str, Any] = {"verdict": "rejected", "reason": "missing_location", "latitude": None, "longitude": None}
    rejected = [photo(NOON + (10 + day) * DAY, **nowhere) for day in range(5)]
    _, found = surveyed(root, [*daily(10), *rejected, *daily(5, since=NOON + 15 * DAY)], NOON + 20 * DAY)
    (deployment,) = found.deployments
    assert [(one.reason, (one.span[1] - one.span[0]) / DAY_S) for one in deployment.failures] == [("rejected", 5)]
    assert [(one.code, one.count) for one in found.left_out] == [("rejected", 5)]


def test_days_count_photos_by_the_time_at_which_they_were_taken(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    _, found = surveyed(root, [*daily(5), photo(NOON + DAY, late=3 * DAY, longitude=OAK[1])], NOON + 5 * DAY)
    nights = list(found.nights(found.deployments[0]))
    assert [night.photos for night in nights] == [1, 2, 1, 1, 1, 0]
    assert found.cameras["oak"].photos == 6 and found.deployments[0].span[0] == NOON_S
