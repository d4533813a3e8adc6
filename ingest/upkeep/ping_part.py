"""Whether the dead man's ping goes out: who waits for it calls when it does not."""

from datetime import datetime

from ingest.outbox.ping import Pinged
from ingest.settings.values import Ping
from ingest.spool.stamp import parse_utc
from ingest.upkeep.part import Part, shown_age

_SEE = "See: journalctl -u camspool-outbox -n 50."


def ping_part(ping: Ping, last: Pinged | None, now: datetime) -> Part:
    """Judge the ping by when it went out last."""
    if not ping.is_set:
        return Part("ping", "good", "No ping is set: nobody is called when this machine is dead.")
    if last is None:
        return Part("ping", "attention", f"No ping has gone out yet. {_SEE}")
    age_s = (now - parse_utc(last.at)).total_seconds()
    figures = {"ping_age_s": round(age_s, 1), "is_taken": last.is_taken}
    if not last.is_taken:
        return Part("ping", "attention", f"The ping was not taken {shown_age(age_s)} ago: {last.said}", figures)
    if age_s > 3 * ping.minutes * 60:
        return Part("ping", "attention", f"The last ping went out {shown_age(age_s)} ago. {_SEE}", figures)
    return Part("ping", "good", f"The last ping went out {shown_age(age_s)} ago.", figures)
