"""A camera that sends the same number each day and takes more has a limit."""

import pytest

from ingest.alerts.cameras import camera_troubles
from ingest.alerts.limits import sent_a_day
from ingest.alerts.trouble import Counters
from tests.unit.ingest.alerts.cases import facts


@pytest.mark.parametrize(
    ("taken", "sent", "limit"),
    [
        ((190, 120, 70, 30), (85, 60, 35, 10), 25),
        ((190, 120, 70, 30), (85, 65, 35, 10), None),
        ((190, 120, 70, 30), (10, 10, 10, 10), 0),
        ((190, 120, 100, 30), (85, 60, 35, 10), None),
        ((60, 70, 50, 40), (25, 25, 25, 20), 25),
        ((60, 70, 25, 40), (25, 25, 25, 20), None),
        ((120, 70, 30), (60, 35, 10), None),
    ],
)
def test_a_camera_that_sends_the_same_number_each_day_and_takes_more_has_a_limit(
    taken: tuple[int, ...], sent: tuple[int, ...], limit: int | None
) -> None:
    assert sent_a_day(Counters("oak", taken, sent)) == limit
    told = list(camera_troubles(facts(counters=[Counters("oak", taken, sent)])))
    assert [one.key for one in told] == ([] if limit is None else ["cap:oak"])
    assert not told or ("sends none" in told[0].title) == (limit == 0)
