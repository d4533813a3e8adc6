"""Whether somebody looks after the gateway and its cameras, and whether anybody would be told."""

from collections.abc import Sequence
from datetime import datetime

from ingest.settings.targets import Target, for_people
from ingest.upkeep.part import Part, shown_age

LATE_S = 10 * 60.0
_SEE = "See: journalctl -u camspool-alerts -n 50."


def alerts_part(looked_at: datetime | None, targets: Sequence[Target], now: datetime) -> Part:
    """Judge the alerts by when they looked last."""
    people = list(for_people(targets))
    if looked_at is None:
        return Part("alerts", "attention", "Nobody looks what is wrong. Start it: systemctl start camspool-alerts.")
    age_s = (now - looked_at).total_seconds()
    figures = {"looked_age_s": round(age_s, 1), "told": people}
    if age_s > LATE_S:
        return Part("alerts", "bad", f"The last look at what is wrong was {shown_age(age_s)} ago. {_SEE}", figures)
    if not people:
        return Part("alerts", "good", "What is wrong becomes an incident; no target of kind message is told.", figures)
    return Part("alerts", "good", f"What is wrong is told to {', '.join(people)}.", figures)
