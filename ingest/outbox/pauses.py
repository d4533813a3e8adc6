"""How long to wait before the next try: longer each time, for days."""

TARGET_FIRST_S, TARGET_MAX_S = 2.0, 600.0
ITEM_FIRST_S, ITEM_MAX_S = 10.0, 3600.0


def target_pause_s(tries: int) -> float:
    """Return the seconds until a target that could not be reached `tries` times in a row is tried again.

    >>> [target_pause_s(tries) for tries in (1, 2, 3, 9, 1000)]
    [2.0, 4.0, 8.0, 512.0, 600.0]
    """
    return _doubled(TARGET_FIRST_S, tries, TARGET_MAX_S)


def item_pause_s(tries: int) -> float:
    """Return the seconds until an item that could not go `tries` times is tried again.

    >>> [item_pause_s(tries) for tries in (1, 2, 9, 1000)]
    [10.0, 20.0, 2560.0, 3600.0]
    """
    return _doubled(ITEM_FIRST_S, tries, ITEM_MAX_S)


def _doubled(first_s: float, tries: int, longest_s: float) -> float:
    return min(first_s * 2.0 ** min(tries - 1, 30), longest_s)
