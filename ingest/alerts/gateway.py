"""What is wrong with the gateway itself: from the parts of status, refused log-ins, and when nobody is heard. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ingest.alerts.rhythm import awake_h
from ingest.alerts.trouble import Facts, RefusedLogIns, Trouble
from ingest.alerts.words import shown_time
from ingest.spool.names import one_line
from ingest.spool.stamp import parse_utc

BLIND = frozenset({"watcher", "queue", "ports", "canary", "disk"})
"""While one of these is open, no camera may get through: what is not heard of is unknown, not silent."""
OF_THE_GATEWAY = BLIND | {"audit", "certificate", "services", "backup", "tasks", "uploads", "backlog", "log-ins"}
"""What is found without the index; of the rest nothing is known while that cannot be read."""
NOBODY = "nobody"
PAUSE_MIN_H, PAUSES = 3.0, 2.0
LEVELS = {"attention": 1.0, "bad": 2.0}
PORTS = ("ftps", "ftps-implicit")
CANARY = "camspool-canary"

_PARTS = {
    "watcher": ("watcher", "The watcher does not work", "Photos are kept meanwhile. Look at the gateway now."),
    "queue": ("queue", "Files wait for their verdict", "They are kept. Look whether the gateway has too much to do."),
    "audit": ("audit", "The audit is red", "Run camspool audit: it names the files. Nothing may be deleted now."),
    "certificate": ("certificate", "The certificate ends", "Renew it, or cameras that check it stay away."),
    "services": ("services", "A service is down", "Look at the log that the sentence names."),
    "backup": ("backup", "The backup fails", "Look at the log that the sentence names."),
    "uploads": ("uploads", "A promise is not in force", "Deploy the gateway again, or change the setting it names."),
    "disk": ("disk", "The disk fills up", "Make room, or shorten [retention]: at the reserve cameras are turned away."),
}


def gateway_troubles(facts: Facts) -> Iterator[Trouble]:
    """Yield what is wrong with the gateway."""
    for name, (rule, title, task) in _PARTS.items():
        part = facts.parts.get(name)
        if part and part["state"] != "good" and not _is_new_here(part):
            yield _of_part(facts, part, rule, title, task)
    yield from _ports(facts)
    yield from _tasks(facts)
    yield from _backlogs(facts)
    yield from _log_ins(facts)
    yield from _nobody(facts)


def _is_new_here(part: Mapping[str, Any]) -> bool:
    """Say whether a part has only not run yet: a gateway that was set up just now."""
    return part["name"] == "audit" and not part["figures"]


def _of_part(facts: Facts, part: Mapping[str, Any], rule: str, title: str, task: str, about: str = "") -> Trouble:
    said = one_line(part["sentence"], 400)
    return Trouble(
        rule, about, facts.now, title, said, task, level=LEVELS[part["state"]], is_urgent=part["state"] == "bad"
    )


def _ports(facts: Facts) -> Iterator[Trouble]:
    bad = [part for name in PORTS if (part := facts.parts.get(name)) and part["state"] != "good"]
    if bad:
        said = " ".join(one_line(part["sentence"], 300) for part in bad)
        yield Trouble(
            "ports", "", facts.now, "No camera gets in", said, "Look at the gateway now.", level=float(len(bad))
        )


def _tasks(facts: Facts) -> Iterator[Trouble]:
    part = facts.parts.get("timers")
    if not part or part["state"] == "good":
        return
    if part["figures"].get(CANARY, "success") != "success" and part["state"] == "bad":
        title, task = "The canary fails", "A camera may not get in either. Look at the gateway now."
        yield _of_part(facts, part, "canary", title, task)
    else:
        title, task = "What runs by the clock fails", "Look at the log that the sentence names."
        yield _of_part(facts, part, "tasks", title, task)


def _backlogs(facts: Facts) -> Iterator[Trouble]:
    part = facts.parts.get("outbox")
    for name, figures in (part["figures"].get("targets", {}) if part else {}).items():
        waits_h = figures["oldest_age_s"] / 3600
        is_late = figures["waiting"] and waits_h > facts.settings.backlog_hours and not figures["is_paused"]
        if not is_late and not figures["failed"]:
            continue
        said = f"{figures['waiting']} items wait for {name}, the oldest for {waits_h:.0f} h." if is_late else ""
        refused = f"{name} refuses {figures['failed']} for good." if figures["failed"] else ""
        because = one_line(figures["last_error"] or "", 300)
        sentence = " ".join(part for part in (said, refused, because) if part)
        title = f"{name} does not take what it should" if is_late else f"{name} refuses items"
        task = "Nothing is lost. See Deliveries, or: camspool outbox list."
        yield Trouble("backlog", name, facts.now, title, sentence, task, level=2.0 if is_late else 1.0)


def _log_ins(facts: Facts) -> Iterator[Trouble]:
    for one in facts.log_ins:
        if one.times >= facts.settings.refused_log_ins:
            yield _refused(one)


def _refused(one: RefusedLogIns) -> Trouble:
    name, client = one_line(one.account, 60), f", last from {one.client}" if one.client else ""
    said = f"{one.times} log-ins as “{name}” were refused in the last day{client}: the password is wrong."
    task = f"Type the password anew into the camera that uses “{name}”, or renew it on the camera's page."
    return Trouble("log-ins", one.account, one.first_at, f"Log-ins as {name} are refused", said, task)


def _nobody(facts: Facts) -> Iterator[Trouble]:
    """Yield that no camera is heard of, for longer than ever lately; it lasts until the first sign of one."""
    for incident in facts.open:
        if incident.rule == NOBODY:
            began_at = parse_utc(incident.began_at)
            if facts.last_heard_at is None or facts.last_heard_at <= began_at:
                yield _nobody_since(facts, began_at, incident.sentence)
            return
    heard_at, pause_h = facts.last_heard_at, facts.longest_pause_h
    if heard_at is None or pause_h is None or is_blind(facts):
        return
    if awake_h((heard_at, facts.now), facts.away) > max(PAUSE_MIN_H, PAUSES * pause_h):
        shown = shown_time(heard_at, facts.zone, facts.now)
        said = f"Nothing came of any camera since {shown}. The longest pause was {pause_h:.1f} h lately."
        yield _nobody_since(facts, heard_at, said)


def _nobody_since(facts: Facts, since: datetime, said: str) -> Trouble:
    title = f"No camera is heard of since {shown_time(since, facts.zone, facts.now)}"
    task = (
        "Try the gateway from outside (a camera's Test button, another network); ask the carrier, look at the router."
    )
    return Trouble(NOBODY, "", since, title, said, task)


def is_blind(facts: Facts) -> bool:
    """Say whether the gateway itself may keep cameras out: then their silence says nothing of them."""
    return any(one.rule in BLIND for one in facts.open)
