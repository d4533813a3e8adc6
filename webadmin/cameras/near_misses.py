"""Finds IDs that differ by one typing mistake. Pure."""

from collections.abc import Iterable


def near_misses(camera_id: str, others: Iterable[str], most: int = 3) -> list[str]:
    """Return the IDs that become this one by changing, adding, leaving out or swapping one character.

    IMEIs of one batch are no near misses of each other: their check digit makes two of them differ twice.

    >>> near_misses("861943070068027", ["861943070068072", "861943070068035", "86194307006802"])
    ['861943070068072', '86194307006802']
    """
    return [other for other in others if other != camera_id and _one_mistake(camera_id, other)][:most]


def _one_mistake(one: str, other: str) -> bool:
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    if shorter == longer:
        return True
    start = next((index for index, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return len(longer) - len(shorter) == 1
    if len(longer) - len(shorter) == 1:
        return shorter[start:] == longer[start + 1 :]
    swapped = shorter[start + 1 : start + 2] + shorter[start] + shorter[start + 2 :]
    return len(longer) == len(shorter) and (shorter[start + 1 :] == longer[start + 1 :] or swapped == longer[start:])
