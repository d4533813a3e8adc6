"""Which cameras are silent, and which of them for the same cause: an outage of many is one trouble. Pure.

A camera is silent when its own rhythm says so. Where several were last heard of at about the same time and are late
together, one thing keeps them all: a carrier, an account's SIM cards, a mast. What becomes silent later, though it
should have been heard of since then, belongs to that as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.alerts.bounds import bound, is_off
from ingest.alerts.gateway import NOBODY, is_blind
from ingest.alerts.rhythm import Rhythm, awake_h, merged, rhythm_of
from ingest.alerts.trouble import Facts, Trouble
from ingest.alerts.words import cameras_words, shown_time
from ingest.index.contacts import Contacts
from ingest.spool.incidents import Incident
from ingest.spool.stamp import parse_utc, utc_text

RULE = "silent"
TOGETHER_MIN = 3
TOGETHER_H = 24.0
OVER_SHARE = 0.25
"""An outage is over when no more than this share of its cameras is still silent."""


@dataclass(frozen=True)
class Silence:
    """How long a camera has not been heard of, and what is usual of it."""

    camera_id: str
    account: str | None
    last_at: datetime
    hours: float
    rhythm: Rhythm

    @property
    def is_silent(self) -> bool:
        """Say whether its own rhythm says so."""
        return self.hours > self.rhythm.silent_h

    @property
    def is_overdue(self) -> bool:
        """Say whether it should have been heard of, though it alone is no reason yet to tell anybody."""
        return self.hours > self.rhythm.overdue_h

    @property
    def due_at(self) -> datetime:
        """When it should have been heard of at the latest, as usual."""
        return self.last_at + timedelta(hours=self.rhythm.usual_h)


def silences(facts: Facts) -> list[Silence]:
    """Return how long each camera has not been heard of that was at all in the last weeks."""
    return [
        _silence(facts, one)
        for one in facts.contacts
        if not is_off(facts.records.get(one.camera_id), facts.settings, RULE)
    ]


def _silence(facts: Facts, contacts: Contacts) -> Silence:
    record = facts.records.get(contacts.camera_id)
    floor_h = float(bound(record, facts.settings, "silent_hours"))
    own = facts.outages.get(contacts.camera_id, ())
    gone = merged((*facts.away, *own)) if own else facts.away
    rhythm = rhythm_of(contacts, gone, floor_h, max(floor_h, facts.silent_after_days * 24.0))
    last_at = contacts.days[-1][1]
    return Silence(contacts.camera_id, contacts.account, last_at, awake_h((last_at, facts.now), gone), rhythm)


def silent_troubles(facts: Facts) -> Iterator[Trouble]:
    """Yield one trouble for each camera that is silent alone, and one for those that are so together.

    While the gateway itself may keep cameras out, or none at all is heard of, nobody is found silent anew.
    """
    all_of_them = silences(facts)
    open_ = [one for one in facts.open if one.rule == RULE]
    left = {one.camera_id: one for one in all_of_them if one.is_silent or one.is_overdue}
    for incident in open_:
        if trouble := _still(facts, incident, all_of_them, left):
            yield trouble
        for camera_id in incident.cameras:
            left.pop(camera_id, None)
    if is_blind(facts) or any(one.rule == NOBODY for one in facts.open):
        return
    yield from _new(facts, left)


def _still(
    facts: Facts, incident: Incident, all_of_them: Sequence[Silence], left: dict[str, Silence]
) -> Trouble | None:
    """Return what is left of an incident, with those that have joined it; None when it is over."""
    since = parse_utc(incident.began_at)
    known = {one.camera_id: one for one in all_of_them}
    silent = [known[one] for one in incident.cameras if one in known and known[one].last_at <= since]
    if not _is_outage(incident):
        return _alone(facts, silent[0]) if silent else None
    if len(silent) <= OVER_SHARE * len(incident.cameras):
        return None
    joined = [one for one in left.values() if one.is_silent and _belongs(one, incident, since)]
    for one in joined:
        left.pop(one.camera_id)
    # Those that are back stay counted: the share that is left tells when it is over.
    cameras = sorted({*incident.cameras, *(one.camera_id for one in joined)})
    return _together(facts, cameras, incident.account, since, incident.key.partition(":")[2], [*silent, *joined])


def _is_outage(incident: Incident) -> bool:
    return incident.key.startswith(f"{RULE}:since ")


def _belongs(silence: Silence, incident: Incident, since: datetime) -> bool:
    is_of_account = incident.account is None or incident.account == silence.account
    return is_of_account and silence.last_at <= since <= silence.due_at + timedelta(hours=1)


def _new(facts: Facts, left: Mapping[str, Silence]) -> Iterator[Trouble]:
    rest = dict(left)
    for silence in sorted(left.values(), key=lambda one: one.last_at):
        if not silence.is_silent or silence.camera_id not in rest:
            continue
        group = [one for one in rest.values() if abs(one.last_at - silence.last_at) <= timedelta(hours=TOGETHER_H)]
        if len(group) < TOGETHER_MIN:
            rest.pop(silence.camera_id)
            yield _alone(facts, silence)
            continue
        for one in group:
            rest.pop(one.camera_id)
        since = max(one.last_at for one in group)
        accounts = {one.account for one in group}
        account = accounts.pop() if len(accounts) == 1 else None
        about = f"since {utc_text(since)}"
        yield _together(facts, sorted(one.camera_id for one in group), account, since, about, group)


def _alone(facts: Facts, silence: Silence) -> Trouble:
    name, since = facts.title_of(silence.camera_id), shown_time(silence.last_at, facts.zone, facts.now)
    usual = f"It is heard of every {_hours(silence.rhythm.usual_h)} at the longest."
    said = f"Nothing came of {name} since {since}. {usual}"
    task = "Find out why nothing comes: batteries, SIM card, antenna. It may be gone."
    title = f"{name} is silent since {since}"
    return Trouble(RULE, silence.camera_id, silence.last_at, title, said, task, (silence.camera_id,))


def _together(
    facts: Facts, cameras: Sequence[str], account: str | None, since: datetime, about: str, silent: Iterable[Silence]
) -> Trouble:
    now_silent = sorted(one.camera_id for one in silent)
    whose = f" of account {account}" if account else ""
    shown = shown_time(since, facts.zone, facts.now)
    title = f"{len(now_silent)} cameras{whose} are silent since {shown}"
    said = f"Nothing came of {cameras_words(facts, now_silent)}{whose} since {shown}, though each was due."
    task = "One thing keeps them all: ask their carrier, look at the SIM cards' contract or the mast."
    return Trouble(RULE, about, since, title, said, task, tuple(cameras), account)


def _hours(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
