"""When the folders are looked at again."""

from ingest.watching.schedule import ARRIVING_RESCAN_S, CROWD, CROWD_PAUSE_S, RESCAN_S, Schedule


def looked(*scans: tuple[float, int], length_s: float = 0.001) -> Schedule:
    """Return a schedule after scans that ended then and took so many files."""
    schedule = Schedule()
    for ended, taken in scans:
        schedule.note_scan(ended - length_s, taken, now=ended)
    return schedule


def is_due(schedule: Schedule, now: float, *, woken: bool = True, arriving: bool = False, busy: bool = False) -> bool:
    return schedule.is_due(now, woken=woken, arriving=arriving, busy=busy)


def test_a_change_is_looked_at_at_once_where_little_arrives() -> None:
    assert is_due(looked((100.0, 1), (100.5, 1)), 100.503)


def test_without_a_change_the_folders_are_looked_at_every_minute_and_sooner_during_an_upload() -> None:
    schedule = looked((100.0, 0))
    assert not is_due(schedule, 100.0 + RESCAN_S - 0.1, woken=False)
    assert is_due(schedule, 100.0 + RESCAN_S, woken=False)
    assert is_due(schedule, 100.0 + ARRIVING_RESCAN_S, woken=False, arriving=True)


def test_where_much_arrives_it_is_taken_together() -> None:
    schedule = looked(*((100.0 + number / 100, 1) for number in range(CROWD + 1)))
    assert not is_due(schedule, schedule.scanned_at + CROWD_PAUSE_S - 0.01)
    assert is_due(schedule, schedule.scanned_at + CROWD_PAUSE_S)


def test_a_crowd_that_has_passed_slows_nothing_down() -> None:
    schedule = looked((100.0, 1000), (101.5, 1))
    assert is_due(schedule, 101.503)


def test_a_long_look_is_followed_by_a_pause_that_is_longer_while_items_wait() -> None:
    schedule = looked((100.0, 0), length_s=0.1)
    assert not is_due(schedule, 100.19)
    assert is_due(schedule, 100.21)
    assert not is_due(schedule, 101.99, busy=True)
    assert is_due(schedule, 102.01, busy=True)
