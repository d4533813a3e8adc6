"""How the watcher is doing: by its last sign of life, by how often it has ended, and by what systemd says of it."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from ingest.spool.stamp import parse_utc
from ingest.upkeep.part import Part, State, shown_age
from ingest.watching.heartbeat import Heartbeat
from ingest.watching.tally import BOUNDS_S

HEARTBEAT_LATE_S = 15.0
"""It comes every two seconds: who looks sees within twenty that a watcher halts."""
KEEPS_ENDING, LATELY_S = 3, 600.0
"""A watcher that had to be started again so many times, the last time within ten minutes, is not well."""

UNIT, ASKED = "camspool-watch.service", ("NRestarts", "ExecMainStartTimestampMonotonic")
_SEE = "See: journalctl -u camspool-watch -n 50."


def watcher_part(
    heartbeat: Heartbeat | None, broken_off: Sequence[str], unit: Mapping[str, str] | None, now: datetime
) -> Part:
    """Judge the watcher by its last completed scan, by when it had to start again, and by its unit's properties."""
    restarts = max(len(broken_off), restarts_lately(unit, time.clock_gettime(time.CLOCK_MONOTONIC)))
    if heartbeat is None:
        state, sentence = _without_sign_of_life(restarts)
        return Part("watcher", state, sentence, {"restarts": restarts})
    age_s = (now - parse_utc(heartbeat.at)).total_seconds()
    figures = {
        "heartbeat_age_s": round(age_s, 1),
        "version": heartbeat.version,
        "decided": heartbeat.decided,
        "restarts": restarts,
        "verdicts": heartbeat.verdicts,
        "verdict_seconds": slots_by_bound(heartbeat),
        "verdict_seconds_sum": round(heartbeat.verdict_sum_s, 3),
    }
    return Part("watcher", *_judged(heartbeat, age_s, restarts), figures)


def slots_by_bound(heartbeat: Heartbeat) -> dict[str, int]:
    """Return how many uploads had their verdict within each bound of seconds, and how many at all ("+Inf")."""
    bounds = [*map(str, BOUNDS_S), "+Inf"]
    return dict(zip(bounds, accumulate(heartbeat.verdict_slots), strict=False))


def restarts_lately(unit: Mapping[str, str] | None, uptime_s: float) -> int:
    """Return how often systemd has had to start the watcher again, when the last time was within ten minutes.

    >>> restarts_lately({"NRestarts": "7", "ExecMainStartTimestampMonotonic": "90000000"}, 100.0)
    7
    >>> restarts_lately({"NRestarts": "7", "ExecMainStartTimestampMonotonic": "90000000"}, 1000.0)
    0
    """
    try:
        restarts, started_us = (int((unit or {})[name]) for name in ASKED)
    except (KeyError, ValueError):
        return 0
    return restarts if uptime_s - started_us / 1e6 <= LATELY_S else 0


def _without_sign_of_life(restarts: int) -> tuple[State, str]:
    if restarts:
        return "bad", f"The watcher ends before its first sign of life; it was started {restarts + 1} times. {_SEE}"
    return "bad", "The watcher has never run here. Start it: systemctl start camspool-watch."


def _judged(heartbeat: Heartbeat, age_s: float, restarts: int) -> tuple[State, str]:
    if restarts >= KEEPS_ENDING:
        return "bad", f"The watcher keeps ending: it had to be started again {restarts} times, also just now. {_SEE}"
    if age_s > HEARTBEAT_LATE_S:
        return "bad", f"The watcher gave its last sign {shown_age(age_s)} ago. {_SEE}"
    if heartbeat.trouble:
        return "bad", f"The watcher waits: {heartbeat.trouble}. Nothing is lost meanwhile."
    if heartbeat.out_of_reach:
        return "attention", f"{'. '.join(heartbeat.out_of_reach)}."
    if heartbeat.broken_profiles:
        return "attention", " ".join(heartbeat.broken_profiles.values())
    return "good", "The watcher works."
