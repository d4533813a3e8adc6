"""How the way out is doing: what waits for the targets, what they refuse, and whether the service runs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from ingest.outbox.alive import Sign
from ingest.outbox.standing import Standing
from ingest.outbox.words import is_stuck, standing_words
from ingest.spool.stamp import id_time, parse_utc
from ingest.upkeep.part import Part, State, shown_age, worst

SIGN_LATE_S = 90.0
DOWN_S = 24 * 3600.0
_SEE = "See: journalctl -u camspool-outbox -n 50."


def outbox_part(found: Sequence[Standing], sign: Sign | None, now: datetime) -> Part:
    """Judge the outbox by the worst of its targets, and by its service where something waits."""
    figures = {
        "waiting": sum(one.waiting for one in found),
        "failed": sum(one.failed for one in found),
        "oldest_age_s": _oldest_age_s(found, now),
        "targets": {one.name: _figures(one, now) for one in found},
    }
    if not found:
        return Part("outbox", "good", "No target is set: nothing leaves this gateway.", figures)
    if problem := _service_problem(found, sign, now):
        return Part("outbox", "bad", problem, figures)
    judged = [(_state_of(one, now), one) for one in found]
    state = worst(state for state, _ in judged)
    if state == "good":
        return Part("outbox", state, _all_well(found), figures)
    said = [f"{one.name}: {_words(one, now)}" for judged_state, one in judged if judged_state == state]
    return Part("outbox", state, " ".join([*said, "See: camspool outbox list."]), figures)


def _service_problem(found: Sequence[Standing], sign: Sign | None, now: datetime) -> str | None:
    if not any(one.waiting and one.kind and not one.is_paused for one in found):
        return None
    if sign is None:
        return "Items wait for their targets and nobody carries them. Start it: systemctl start camspool-outbox."
    age_s = (now - parse_utc(sign.at)).total_seconds()
    if age_s > SIGN_LATE_S:
        return f"Items wait for their targets; the outbox service gave its last sign {shown_age(age_s)} ago. {_SEE}"
    return None


def _words(standing: Standing, now: datetime) -> str:
    outlook = standing.outlook
    if is_stuck(standing, now) and standing.kind and not (outlook and (outlook.trouble or outlook.item_trouble)):
        return f"Nothing has gone there for an hour, though {standing.waiting} items wait. {_SEE}"
    return standing_words(standing)


def _state_of(standing: Standing, now: datetime) -> State:
    since = standing.outlook.trouble_since if standing.outlook else None
    if standing.waiting and since and (now - parse_utc(since)).total_seconds() > DOWN_S:
        return "bad"
    is_asking = standing.began_at is not None and not standing.is_filled
    needs_somebody = standing.failed or standing.kind is None or standing.is_paused or is_asking
    return "attention" if needs_somebody or is_stuck(standing, now) else "good"


def _all_well(found: Sequence[Standing]) -> str:
    waiting = sum(one.waiting for one in found)
    to = "its target" if len(found) == 1 else f"its {len(found)} targets"
    return f"{waiting} items are on their way." if waiting else f"Everything has gone to {to}."


def _oldest_age_s(found: Iterable[Standing], now: datetime) -> float:
    ages = [(now - id_time(one.oldest_id)).total_seconds() for one in found if one.oldest_id]
    return round(max(ages, default=0.0), 1)


def _figures(standing: Standing, now: datetime) -> dict[str, Any]:
    outlook = standing.outlook
    return {
        "kind": standing.kind,
        "waiting": standing.waiting,
        "failed": standing.failed,
        "oldest_age_s": _oldest_age_s([standing], now),
        "is_paused": standing.is_paused,
        "last_error": outlook.trouble or outlook.item_trouble if outlook else None,
        "delivered_at": outlook.delivered_at if outlook else None,
    }
