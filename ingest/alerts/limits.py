"""Cameras that take more photos than they send: a daily limit, or a way out that is blocked. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.alerts.trouble import Counters, Facts, Trouble

LIMIT_DAYS = 3


def limit_trouble(facts: Facts, counters: Counters) -> Trouble | None:
    """Return what the counters of a camera tell of its limit; None where it seems to have none."""
    limit = sent_a_day(counters)
    return None if limit is None else _cap(facts, counters, limit)


def sent_a_day(counters: Counters) -> int | None:
    """Return how many photos a camera sends a day where it seems to have a limit; None where it seems to have none.

    It has one when it sent the same number on each of three days, and took more. One that is set to send some of its
    photos only sends another number each day. Counters that begin anew each day count what they say.

    >>> sent_a_day(Counters("a", (190, 120, 70, 30), (65, 40, 15, -10)))
    25
    >>> sent_a_day(Counters("a", (190, 120, 70, 30), (65, 50, 15, 9)))
    """
    is_daily = any(later < earlier for later, earlier in pairwise(counters.taken))
    taken, sent = (_each_day(values, is_daily) for values in (counters.taken, counters.sent))
    is_the_same = len(sent) == LIMIT_DAYS and len(set(sent)) == 1 and sent[0] >= 0
    return sent[0] if is_the_same and all(one > sent[0] for one in taken) else None


def _each_day(values: Sequence[int], is_daily: bool) -> Sequence[int]:
    return values[:LIMIT_DAYS] if is_daily else [later - earlier for later, earlier in pairwise(values)][:LIMIT_DAYS]


def _cap(facts: Facts, counters: Counters, limit: int) -> Trouble:
    name = facts.title_of(counters.camera_id)
    if limit:
        title = f"{name} sends {limit} photos a day and takes more"
        task = "It may have a daily limit: look at its settings, or at its SIM card's. The rest is on its card."
    else:
        title = f"{name} takes photos and sends none"
        task = "Look at its signal and its settings. The photos are on its card."
    said = f"So its last reports say; by now it has taken {counters.taken[0]} and sent {counters.sent[0]}."
    return Trouble("cap", counters.camera_id, facts.now, title, said, task, (counters.camera_id,))
