"""How a target stands, in a sentence for the person who may act: the same on the terminal, in status and on pages."""

from datetime import UTC, datetime

from ingest.outbox.standing import Standing
from ingest.spool.stamp import id_time, parse_utc


def oldest_words(standing: Standing) -> str:
    """Return since when the oldest item has waited, or a dash."""
    return f"{id_time(standing.oldest_id):%Y-%m-%d %H:%M}" if standing.oldest_id else "–"


def standing_words(standing: Standing) -> str:
    """Say what is wrong with a target, or what it waits for; all of it, the gravest first."""
    said = [*_rest_words(standing), *_refusal_words(standing), *_question(standing)]
    if said:
        return " ".join(said)
    return "Carries what waits." if standing.waiting else "Everything has gone."


def _rest_words(standing: Standing) -> list[str]:
    if standing.kind is None:
        return ["The settings name it no more, so nothing goes there: set it again, or delete its folder in outbox/."]
    if standing.is_paused:
        return [f"It rests, as somebody wanted; camspool outbox resume {standing.name} lets it go on."]
    outlook = standing.outlook
    if outlook and outlook.trouble and standing.waiting:
        again = f" It is tried again at {outlook.next_try_at[11:16]} UTC." if outlook.next_try_at else ""
        return [f"{outlook.trouble}{again}"]
    if outlook and outlook.item_trouble and standing.waiting:
        return [f"Of some items: {outlook.item_trouble}"]
    return []


def _refusal_words(standing: Standing) -> list[str]:
    if not standing.failed:
        return []
    what = "1 item" if standing.failed == 1 else f"{standing.failed} items"
    return [f"{what} refused for good; camspool outbox retry {standing.name} sends again."]


def _question(standing: Standing) -> list[str]:
    """Ask about what was here before the target, as long as nobody has decided."""
    if standing.kind is None or standing.is_filled or standing.began_at is None:
        return []
    return [
        f"What was accepted before {standing.began_at:%Y-%m-%d %H:%M} UTC does not go there by itself: "
        f"camspool outbox fill {standing.name} sends it too, with --none nobody asks again."
    ]


def is_stuck(standing: Standing, now: datetime | None = None) -> bool:
    """Say whether something has waited for an hour, though nobody wants it to.

    What was accepted long ago and goes now, one after the other, is on its way: a new target gets years.
    """
    if standing.oldest_id is None or standing.is_paused:
        return False
    now = now or datetime.now(UTC)
    return _is_long_ago(id_time(standing.oldest_id), now) and not _gets_on(standing, now)


def _gets_on(standing: Standing, now: datetime) -> bool:
    outlook = standing.outlook
    if outlook is None or outlook.delivered_at is None or outlook.item_trouble:
        return False
    return not _is_long_ago(parse_utc(outlook.delivered_at), now)


def _is_long_ago(at: datetime, now: datetime) -> bool:
    return (now - at).total_seconds() > 3600
