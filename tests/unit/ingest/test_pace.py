"""When the folders are looked at again."""

from ingest.pace import ARRIVING_RESCAN_S, CROWD, CROWD_PAUSE_S, RESCAN_S, Pace


def looked(*scans: tuple[float, int], length_s: float = 0.001) -> Pace:
    """Return a pace after scans that ended then and took so many files."""
    pace = Pace()
    for ended, taken in scans:
        pace.note_scan(ended - length_s, taken, now=ended)
    return pace


def is_due(pace: Pace, now: float, *, woken: bool = True, arriving: bool = False, busy: bool = False) -> bool:
    return pace.is_due(now, woken=woken, arriving=arriving, busy=busy)


def test_a_change_is_looked_at_at_once_where_little_arrives() -> None:
    assert is_due(looked((100.0, 1), (100.5, 1)), 100.503)


def test_without_a_change_the_folders_are_looked_at_every_minute_and_sooner_during_an_upload() -> None:
    pace = looked((100.0, 0))
    assert not is_due(pace, 100.0 + RESCAN_S - 0.1, woken=False)
    assert is_due(pace, 100.0 + RESCAN_S, woken=False)
    assert is_due(pace, 100.0 + ARRIVING_RESCAN_S, woken=False, arriving=True)


def test_where_much_arrives_it_is_taken_together() -> None:
    pace = looked(*((100.0 + number / 100, 1) for number in range(CROWD + 1)))
    assert not is_due(pace, pace.scanned_at + CROWD_PAUSE_S - 0.01)
    assert is_due(pace, pace.scanned_at + CROWD_PAUSE_S)


def test_a_crowd_that_has_passed_slows_nothing_down() -> None:
    pace = looked((100.0, 1000), (101.5, 1))
    assert is_due(pace, 101.503)


def test_a_long_look_is_followed_by_a_pause_that_is_longer_while_items_wait() -> None:
    pace = looked((100.0, 0), length_s=0.1)
    assert not is_due(pace, 100.19)
    assert is_due(pace, 100.21)
    assert not is_due(pace, 101.99, busy=True)
    assert is_due(pace, 102.01, busy=True)
