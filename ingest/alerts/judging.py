"""What becomes of incidents at one look: which begin, which go on, which are over. Pure.

A rule that finds something must do so for a while before it is an incident, and find nothing for a while before that is
over; so a value that goes up and down is one incident, and people are told of it once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.alerts.gateway import BLIND, NOBODY, OF_THE_GATEWAY
from ingest.alerts.memory import Memory, recent
from ingest.alerts.rhythm import Span, merged
from ingest.alerts.rules import BY_NAME
from ingest.alerts.silence import RULE
from ingest.alerts.trouble import Facts, Trouble
from ingest.alerts.words import cameras_words, lasted
from ingest.spool.incidents import Incident, Urgency
from ingest.spool.stamp import parse_utc, utc_text


@dataclass(frozen=True)
class Judged:
    """What a look came to: the incidents that go on, those that are over now, and what is only suspected yet."""

    open: tuple[Incident, ...]
    ended: tuple[Incident, ...]
    suspects: Mapping[str, datetime]


def judge(facts: Facts, troubles: Iterable[Trouble], memory: Memory, new_id: Callable[[], str]) -> Judged:
    """Compare what rules have found with the incidents that are open (`facts.open`)."""
    found = {trouble.key: trouble for trouble in troubles}
    before = {one.key: one for one in facts.open}
    going_on = [_gone_on(incident, found[key]) for key, incident in before.items() if key in found]
    calm = [_calm(facts, incident) for key, incident in before.items() if key not in found]
    suspects = {key: min(memory.suspects.get(key, facts.now), facts.now) for key in found.keys() - before.keys()}
    begun = {key for key, since in suspects.items() if facts.now - since >= _patience(found[key].rule)}
    new = [_begun(facts, found[key], suspects[key], new_id()) for key in found if key in begun]
    return Judged(
        (*going_on, *(one for one in calm if one.is_open), *new),
        tuple(one for one in calm if not one.is_open),
        {key: since for key, since in suspects.items() if key not in begun},
    )


def _patience(rule: str) -> timedelta:
    return timedelta(minutes=BY_NAME[rule].patience_min)


def _begun(facts: Facts, trouble: Trouble, suspected_at: datetime, incident_id: str) -> Incident:
    return Incident(
        incident_id,
        trouble.key,
        trouble.rule,
        _urgency(trouble),
        trouble.title,
        trouble.sentence,
        trouble.task,
        utc_text(min(trouble.began_at, suspected_at)),
        utc_text(facts.now),
        trouble.cameras,
        trouble.account,
        trouble.level,
    )


def _urgency(trouble: Trouble) -> Urgency:
    return BY_NAME[trouble.rule].urgency if trouble.is_urgent else "notice"


def _gone_on(incident: Incident, trouble: Trouble) -> Incident:
    return replace(
        incident,
        urgency=_urgency(trouble),
        title=trouble.title,
        sentence=trouble.sentence,
        task=trouble.task,
        cameras=trouble.cameras,
        level=trouble.level,
        calm_since=None,
    )


def _calm(facts: Facts, incident: Incident) -> Incident:
    if not facts.knows_cameras and incident.rule not in OF_THE_GATEWAY:
        return incident
    since = min(parse_utc(incident.calm_since), facts.now) if incident.calm_since else facts.now
    if incident.rule in BY_NAME and facts.now - since < timedelta(minutes=BY_NAME[incident.rule].calm_min):
        return replace(incident, calm_since=utc_text(since))
    ended = replace(incident, calm_since=utc_text(since), ended_at=utc_text(since))
    return replace(ended, how_it_ended=_how_it_ended(facts, ended))


def _how_it_ended(facts: Facts, incident: Incident) -> str:
    length = lasted(parse_utc(incident.began_at), facts.now)
    if incident.rule in facts.settings.off:
        return f"The rule {incident.rule} was turned off."
    if incident.rule == RULE and len(incident.cameras) > 1:
        since = parse_utc(incident.began_at)
        still = [
            one.camera_id for one in facts.contacts if one.camera_id in incident.cameras and one.days[-1][1] <= since
        ]
        if still:
            return f"All are heard of again after {length}, but for {cameras_words(facts, still)}: they get their time."
    if incident.rule in (RULE, NOBODY):
        who = cameras_words(facts, incident.cameras) if len(incident.cameras) == 1 else "A camera"
        return f"{who} is heard of again, after {length}."
    return f"It is over after {length}."


def learned(facts: Facts, memory: Memory, judged: Judged, asleep: timedelta) -> Memory:
    """Return the memory with what the incidents that are over say about when cameras could not be heard of."""
    away = recent(memory.away_until(facts.now, asleep), facts.now)
    outages = {one: kept for one, spans in memory.outages.items() if (kept := recent(spans, facts.now))}
    for incident in judged.ended:
        span = _span_of(incident, facts.now)
        if incident.rule in BLIND or incident.rule == NOBODY:
            away = (*away, span)
        elif incident.rule == RULE and incident.key.startswith(f"{RULE}:since "):
            outages |= {one: (*outages.get(one, ()), span) for one in incident.cameras}
    return replace(memory, looked_at=facts.now, suspects=judged.suspects, away=away, outages=outages)


def away_now(memory: Memory, open_: Iterable[Incident], now: datetime, asleep: timedelta) -> tuple[Span, ...]:
    """Return when no camera could be heard of, until now: also while the gateway itself keeps them out."""
    lasting = (_span_of(one, now) for one in open_ if one.rule in BLIND)
    return merged((*memory.away_until(now, asleep), *lasting))


def _span_of(incident: Incident, now: datetime) -> Span:
    return parse_utc(incident.began_at), parse_utc(incident.ended_at) if incident.ended_at else now
