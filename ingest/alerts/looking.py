"""One look: what is wrong now, what of it is new, and whom to tell. The thin shell around the rules.

An incident with its message is on the disk before the message is in any outbox; what a kill leaves between the two is
done at the next look. So each message is told at least once, and always with the same id.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.alerts.cameras import camera_troubles
from ingest.alerts.gateway import gateway_troubles
from ingest.alerts.gathering import gather
from ingest.alerts.judging import Judged, judge, learned
from ingest.alerts.letters import write_letters
from ingest.alerts.memory import ASLEEP, Memory, keep_memory, read_memory
from ingest.alerts.routing import tags_of, targets_for
from ingest.alerts.silence import silent_troubles
from ingest.alerts.telling import Call, Moment, calls, digest, is_digest_due, singles, told
from ingest.alerts.trouble import Facts, Trouble
from ingest.settings.targets import FOR_PEOPLE, Target
from ingest.settings.values import Settings
from ingest.spool.incidents import Incident, Known, Message, incident_ids, read_incident, read_known, write_incident
from ingest.spool.stamp import id_time, new_id, utc_text

log = logging.getLogger("camspool")


@dataclass(frozen=True)
class Looked:
    """What a look came to: the incidents that are open, and what people are told now."""

    open: tuple[Incident, ...]
    calls: tuple[Call, ...]


def look(
    settings: Settings, parts: Sequence[Mapping[str, Any]], now: datetime | None = None, asleep: timedelta = ASLEEP
) -> Looked:
    """Look at everything once; write incidents and what is to be told of them. `parts` are those of status.
    Who has not looked for longer than `asleep` was away, and so no camera could be heard of.

    Raise OSError when the spool cannot be written: the next look begins from what is on the disk.
    """
    now = now or datetime.now(UTC)
    memory = read_memory(settings.root)
    going_on = _going_on(settings.root, memory)
    for incident in going_on:
        _mark(settings, incident)
    open_ = [one for one in going_on if one.is_open]
    facts = gather(settings, parts, open_, memory, now, asleep)
    judged = judge(facts, troubles(facts), memory, lambda: new_id(now))
    judged = replace(judged, ended=(*judged.ended, *(one for one in going_on if not one.is_open)))
    return _tell(settings, facts, judged, memory, asleep)


def troubles(facts: Facts) -> list[Trouble]:
    """Return all that rules find which are not turned off."""
    found = [*gateway_troubles(facts), *(camera_troubles(facts) if facts.knows_cameras else ())]
    if facts.knows_cameras:
        found += silent_troubles(facts)
    return [one for one in found if one.rule not in facts.settings.off]


def _going_on(root: Path, memory: Memory) -> list[Incident]:
    """Return the incidents of which something is left to tell: those that the memory names, and what a look that was
    cut off has written since."""
    ids = incident_ids(root)
    if memory.looked_at:
        since, named = utc_text(memory.looked_at), frozenset(memory.going_on)
        ids = [one for one in ids if one in named or utc_text(id_time(one)) > since]
    return [incident for one in ids if (incident := read_incident(root, one)) and _has_more(incident)]


def _has_more(incident: Incident) -> bool:
    is_over = not incident.is_open and (incident.told_at is None or incident.is_end_told)
    return not is_over or any(not message.is_marked for message in incident.messages)


def _tell(settings: Settings, facts: Facts, judged: Judged, memory: Memory, asleep: timedelta) -> Looked:
    moment = _moment(settings, facts)
    known = _known(settings.root, judged)
    found = calls(judged, known, memory, moment)
    after = learned(facts, memory, judged, asleep)
    if is_digest_due(memory, moment):
        found += [one for one in [digest(judged.open, known, moment)] if one and not _are_told(one, found)]
        after = replace(after, digest_day=f"{facts.now.astimezone(settings.zone):%Y-%m-%d}")
    incidents = _written(settings, facts, judged, found)
    told_at = {**memory.told_at, **{incident.rule: facts.now for call in found for incident in call.incidents}}
    going_on = tuple(one.id for one in incidents if _has_more(one))
    keep_memory(settings.root, replace(after, told_at=told_at, going_on=going_on))
    for call in found:
        log.info("%s: %s", call.what, call.title)
    return Looked(tuple(one for one in incidents if one.is_open), tuple(found))


def _are_told(digest_: Call, found: Sequence[Call]) -> bool:
    """Say whether all that a digest tells is told at this look anyway."""
    now = {incident.id for call in found for incident in call.incidents}
    return all(incident.id in now for incident in digest_.incidents)


def _known(root: Path, judged: Judged) -> dict[str, Known]:
    found = ((one.id, read_known(root, one.id)) for one in judged.open)
    return {incident_id: known for incident_id, known in found if known}


def _written(settings: Settings, facts: Facts, judged: Judged, found: Sequence[Call]) -> list[Incident]:
    """Write every incident with what is told of it now, then the letters and their marks; return the incidents."""
    incidents = {one.id: one for one in (*judged.open, *judged.ended)}
    for call in found:
        for about, message in _messages(settings, facts, call):
            incidents |= {one: replace(incidents[one], messages=(*incidents[one].messages, message)) for one in about}
        for one in call.incidents:
            if call.what != "digest" or one.told_at is None:
                incidents[one.id] = told(incidents[one.id], call.what, _moment(settings, facts))
    before = {one.id: one for one in facts.open}
    for incident in incidents.values():
        if incident != before.get(incident.id):
            write_incident(settings.root, incident)
    return [_mark(settings, incident) for incident in incidents.values()]


def _moment(settings: Settings, facts: Facts) -> Moment:
    return Moment(facts.now, settings.zone, settings.alerts)


def _messages(settings: Settings, facts: Facts, call: Call) -> Iterator[tuple[list[str], Message]]:
    """Yield each message with the ids of the incidents that it tells of.

    People are told of several at once, programs and services of each for itself.
    """
    people = [one for one in settings.targets if one.kind == FOR_PEOPLE]
    is_single = len(call.incidents) == 1 and call.what != "digest"
    yield _ids(call), _message(facts, call, settings.targets if is_single else people)
    for single in () if is_single else singles(call):
        message = _message(facts, single, [one for one in settings.targets if one not in people])
        if message.to:
            yield _ids(single), message


def _ids(call: Call) -> list[str]:
    return [one.id for one in call.incidents]


def _message(facts: Facts, call: Call, targets: Sequence[Target]) -> Message:
    accounts = _accounts(facts, {camera for one in call.incidents for camera in one.cameras})
    accounts |= {one.account for one in call.incidents if one.account}
    to = targets_for(call, targets, accounts)
    return Message(new_id(facts.now), call.what, utc_text(facts.now), call.title, call.text, to, tags_of(call))


def _accounts(facts: Facts, cameras: Collection[str]) -> set[str]:
    return {one.account for one in facts.contacts if one.account and one.camera_id in cameras}


def _mark(settings: Settings, incident: Incident) -> Incident:
    """Put the messages of an incident into the outboxes that do not have them yet."""
    new = [one for one in incident.messages if not one.is_marked]
    if not new:
        return incident
    for message in new:
        write_letters(settings, incident, message)
    messages = tuple(replace(one, is_marked=True) for one in incident.messages)
    incident = replace(incident, messages=messages)
    write_incident(settings.root, incident)
    return incident
