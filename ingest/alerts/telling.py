"""What people are told at one look, and what of it together: once for each cause, again when it is worse, once at its
end. Pure.

What is not urgent waits through the quiet hours, and for what the same rule finds soon afterwards. What has begun and
ended before it was told is told to nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from ingest.alerts.judging import Judged
from ingest.alerts.memory import Memory
from ingest.alerts.rules import BY_NAME, RULE_NAMES
from ingest.alerts.words import shown_time
from ingest.settings.values import Alerts
from ingest.spool.incidents import Incident, Known, What
from ingest.spool.stamp import parse_utc, utc_text

AGAIN_H, GROWN = 24.0, 2
"""Twice as many cameras of the same incident are told, after so long; others are in the digest."""
LISTED_MAX = 30


@dataclass(frozen=True)
class Call:
    """What people are told at once: one incident, or several of one rule; for a digest all that there are."""

    what: What
    incidents: tuple[Incident, ...]
    title: str
    text: str


@dataclass(frozen=True)
class Moment:
    """When a look is, where the cameras are, and what is set."""

    now: datetime
    zone: tzinfo
    settings: Alerts

    @property
    def is_quiet(self) -> bool:
        """Say whether only what is urgent is told now."""
        if not self.settings.quiet_from:
            return False
        at, since, until = self.now.astimezone(self.zone).time(), *_times(self.settings)
        return since <= at < until if since <= until else at >= since or at < until


def _times(settings: Alerts) -> tuple[time, time]:
    return time.fromisoformat(settings.quiet_from), time.fromisoformat(settings.quiet_until)


def calls(judged: Judged, known: Mapping[str, Known], memory: Memory, moment: Moment) -> list[Call]:
    """Return what is to be told now; at the very first look all at once."""
    if memory.looked_at is None and (begun := [one for one in judged.open if one.told_at is None]):
        return [_first(begun, moment)]
    found: list[Call] = []
    for rule in RULE_NAMES:
        may_tell_all = _may_tell(rule, memory, moment)
        open_ = [one for one in judged.open if one.rule == rule and (may_tell_all or one.urgency == "urgent")]
        over = [one for one in judged.ended if one.rule == rule and (may_tell_all or one.urgency == "urgent")]
        found += _call("opened", [one for one in open_ if one.told_at is None])
        found += _call("worse", [one for one in open_ if _is_worse(one, known.get(one.id), moment.now)])
        found += _call("ended", [one for one in over if one.told_at])
    return found


def _may_tell(rule: str, memory: Memory, moment: Moment) -> bool:
    last = memory.told_at.get(rule)
    # What was told later than now was told by a clock that was wrong.
    is_soon = last and last <= moment.now < last + timedelta(minutes=moment.settings.gather_minutes)
    return not moment.is_quiet and not is_soon


def _is_worse(incident: Incident, known: Known | None, now: datetime) -> bool:
    """Say whether an incident that was told is to be told again: it is worse, or who knew of it wanted to hear."""
    if incident.told_at is None or (known and known.holds_at(utc_text(now))):
        return False
    last = parse_utc(incident.messages[-1].at if incident.messages else incident.told_at)
    if known and known.until and utc_text(last) < known.until:
        return True
    has_grown = len(incident.cameras) >= GROWN * max(1, len(incident.told_cameras)) and bool(incident.cameras)
    is_time = now - last >= timedelta(hours=AGAIN_H)
    return incident.level > incident.told_level or (has_grown and grows(incident) and is_time)


def grows(incident: Incident) -> bool:
    """Say whether more cameras make an incident another thing; an outage is told once, however many it keeps."""
    return not incident.key.startswith("silent:")


def singles(call: Call) -> list[Call]:
    """Return what a message of several tells, one by one: programs and services get each incident for itself. Of a
    digest, what nobody was told of before."""
    if call.what == "digest":
        return [one for incident in call.incidents if incident.told_at is None for one in _call("opened", [incident])]
    return [one for incident in call.incidents for one in _call(call.what, [incident])]


def _call(what: What, incidents: Sequence[Incident]) -> list[Call]:
    if not incidents:
        return []
    if len(incidents) == 1:
        return [Call(what, (incidents[0],), _title(what, incidents[0]), _text(what, incidents[0]))]
    rule = BY_NAME[incidents[0].rule]
    head = {"opened": "", "worse": "Worse: ", "ended": "Over: "}[what]
    lines = [f"- {_line(what, one)}" for one in incidents[:LISTED_MAX]]
    if len(incidents) > LISTED_MAX:
        lines.append(f"- and {len(incidents) - LISTED_MAX} more")
    task = "" if what == "ended" else f"\n{incidents[0].task}"
    return [Call(what, tuple(incidents), f"{head}{rule.title}, {len(incidents)} times", "\n".join(lines) + task)]


def _title(what: What, incident: Incident) -> str:
    return {"opened": "", "worse": "Worse: ", "ended": "Over: "}[what] + incident.title


def _text(what: What, incident: Incident) -> str:
    if what == "ended":
        return incident.how_it_ended
    return f"{incident.sentence}\n{incident.task}".strip()


def _line(what: What, incident: Incident) -> str:
    return f"{incident.title}. {incident.how_it_ended}" if what == "ended" else incident.title


def _first(begun: Sequence[Incident], moment: Moment) -> Call:
    title = f"Camspool begins to tell you what is wrong: {_number(len(begun))} now"
    return Call("digest", tuple(begun), title, "\n".join(_listed(begun, moment)))


def digest(open_: Iterable[Incident], known: Mapping[str, Known], moment: Moment) -> Call | None:
    """Return all that is open and that nobody has said to know; None when there is nothing."""
    now = utc_text(moment.now)
    left = [one for one in open_ if one.told_at and not ((said := known.get(one.id)) and said.holds_at(now))]
    if not left:
        return None
    return Call("digest", tuple(left), f"{_number(len(left))} wrong", "\n".join(_listed(left, moment)))


def is_digest_due(memory: Memory, moment: Moment) -> bool:
    """Say whether the digest of today is still to be told."""
    there = moment.now.astimezone(moment.zone)
    at = moment.settings.digest_at
    return bool(at) and f"{there:%Y-%m-%d}" != memory.digest_day and there.time() >= time.fromisoformat(at)


def _listed(incidents: Sequence[Incident], moment: Moment) -> list[str]:
    ordered = sorted(incidents, key=lambda one: (RULE_NAMES.index(one.rule), one.began_at))
    lines = [f"- {_since(one, moment)}" for one in ordered[:LISTED_MAX]]
    return [*lines, f"- and {len(ordered) - LISTED_MAX} more"] if len(ordered) > LISTED_MAX else lines


def _since(incident: Incident, moment: Moment) -> str:
    shown = shown_time(parse_utc(incident.began_at), moment.zone, moment.now)
    return incident.title if "since" in incident.title else f"{incident.title}, since {shown}"


def _number(count: int) -> str:
    return "one thing is" if count == 1 else f"{count} things are"


def told(incident: Incident, what: What, moment: Moment) -> Incident:
    """Return an incident as it is once people were told of it."""
    if what == "ended":
        return replace(incident, is_end_told=True)
    return replace(
        incident,
        told_at=incident.told_at or utc_text(moment.now),
        told_level=max(incident.level, incident.told_level),
        told_cameras=incident.cameras,
    )
