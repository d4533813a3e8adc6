"""How the gateway is doing, part by part. A part that cannot be measured is bad, never silently good."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError, in_words
from ingest.ftps.certificate import certificate_expiry
from ingest.index.places import waiting_ids
from ingest.index.store import read_index
from ingest.outbox.alive import last_sign
from ingest.outbox.ping import last_ping
from ingest.outbox.standing import standings
from ingest.settings.values import Settings
from ingest.spool.incidents import looked_at
from ingest.spool.root import check_root
from ingest.spool.stamp import id_time, parse_utc
from ingest.upkeep.alerts_part import alerts_part
from ingest.upkeep.audit_note import AuditNote, read_note
from ingest.upkeep.backup_part import backup_part
from ingest.upkeep.kept import uploads_part
from ingest.upkeep.outbox_part import outbox_part
from ingest.upkeep.part import Part, State, shown_age, worst
from ingest.upkeep.ping_part import ping_part
from ingest.upkeep.ports import port_part
from ingest.upkeep.services import services_part
from ingest.upkeep.systemd import unit_properties
from ingest.upkeep.timers import timers_part
from ingest.upkeep.watcher_part import ASKED, UNIT, watcher_part
from ingest.watching.heartbeat import read_heartbeat
from ingest.watching.starts import starts_after_breaking_off

QUEUE_LATE_S = 300.0
AUDIT_LATE_S, AUDIT_MISSING_S = 3 * 3600.0, 25 * 3600.0
CERTIFICATE_SOON_DAYS = 14


def read_status(settings: Settings) -> dict[str, Any]:
    """Return the state of everything as JSON-able values: `state` is the worst of the parts."""
    now = datetime.now(UTC)
    measures: dict[str, Callable[[], Part]] = {
        "watcher": lambda: _watcher_part(settings.root, now),
        "queue": lambda: queue_part(waiting_ids(settings.root), now),
        "disk": lambda: disk_part(settings),
        "uploads": lambda: uploads_part(settings),
        "ftps": lambda: port_part("ftps", settings.ftps, implicit=False),
        "ftps-implicit": lambda: port_part("ftps-implicit", settings.ftps, implicit=True),
        "certificate": lambda: certificate_part(certificate_expiry(settings.ftps.certificate), now),
        "audit": lambda: audit_part(read_note(settings.root), now),
        "timers": timers_part,
        "services": services_part,
        "backup": lambda: backup_part(now),
        "outbox": lambda: _outbox_part(settings, now),
        "alerts": lambda: _alerts_part(settings, now),
        "ping": lambda: _ping_part(settings, now),
        "contact": lambda: contact_part(last_contact(settings.root), now, settings.cameras.silent_after_days),
    }
    parts = [_measured(name, measure) for name, measure in measures.items()]
    return {"state": worst(part.state for part in parts), "parts": [asdict(part) for part in parts]}


def _measured(name: str, measure: Callable[[], Part]) -> Part:
    try:
        return measure()
    except (OSError, ValueError, sqlite3.Error, CamspoolError) as error:
        return Part(name, "bad", f"This could not be measured: {in_words(error).rstrip('.')}.")


def _watcher_part(root: Path, now: datetime) -> Part:
    return watcher_part(read_heartbeat(root), starts_after_breaking_off(root, now), unit_properties(UNIT, ASKED), now)


def _outbox_part(settings: Settings, now: datetime) -> Part:
    check_root(settings.root)
    return outbox_part(standings(settings.root, settings.targets), last_sign(settings.root), now)


def _alerts_part(settings: Settings, now: datetime) -> Part:
    check_root(settings.root)
    return alerts_part(looked_at(settings.root), settings.targets, now)


def _ping_part(settings: Settings, now: datetime) -> Part:
    check_root(settings.root)
    return ping_part(settings.ping, last_ping(settings.root), now)


def queue_part(waiting: list[str], now: datetime) -> Part:
    """Judge the queue by the age of its oldest item."""
    if not waiting:
        return Part("queue", "good", "Nothing waits.", {"waiting": 0, "oldest_age_s": 0.0})
    age_s = max(0.0, (now - id_time(waiting[0])).total_seconds())
    figures = {"waiting": len(waiting), "oldest_age_s": round(age_s, 1)}
    state: State = "bad" if age_s > QUEUE_LATE_S else "good"
    return Part("queue", state, f"{len(waiting)} items wait, the oldest for {shown_age(age_s)}.", figures)


def disk_part(settings: Settings) -> Part:
    """Judge the disk by what is free above the reserve, below which cameras are turned away."""
    disk = os.statvfs(settings.root)
    free, total = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
    reserve = settings.limits.reserve_bytes
    figures = {"free_bytes": free, "total_bytes": total, "reserve_bytes": reserve, "free_inodes": disk.f_favail}
    shown = f"{free / 1e9:.1f} GB of {total / 1e9:.1f} GB are free"
    if free < reserve:
        return Part("disk", "bad", f"{shown}: less than the reserve, so cameras are turned away.", figures)
    if free < max(2 * reserve, total // 10):
        return Part("disk", "attention", f"{shown}: make room soon.", figures)
    return Part("disk", "good", f"{shown}.", figures)


def certificate_part(expiry: datetime, now: datetime) -> Part:
    """Judge the certificate by the days it has left."""
    days = (expiry - now) / timedelta(days=1)
    figures = {"expires_at": expiry.isoformat(), "days_left": round(days, 1)}
    if days < 0:
        return Part("certificate", "bad", f"The certificate expired on {expiry:%Y-%m-%d}.", figures)
    state: State = "attention" if days < CERTIFICATE_SOON_DAYS else "good"
    return Part("certificate", state, f"The certificate holds until {expiry:%Y-%m-%d}.", figures)


def last_contact(root: Path) -> datetime | None:
    """Return when a camera was last heard of. Raise sqlite3.Error when the index cannot tell."""
    with closing(read_index(root)) as index:
        latest = index.execute("SELECT max(last_received_at) FROM cameras").fetchone()[0]
    return parse_utc(latest) if latest else None


def contact_part(contact: datetime | None, now: datetime, silent_after_days: int) -> Part:
    """Judge by the last sign of any camera: when all are silent, the fault is likely here."""
    if contact is None:
        return Part("contact", "attention", "No camera has been heard of yet.", {"last_contact_age_s": None})
    age_s = (now - contact).total_seconds()
    state: State = "attention" if age_s > silent_after_days * 86400 else "good"
    sentence = f"The last file of a camera came {shown_age(age_s)} ago."
    return Part("contact", state, sentence, {"last_contact_age_s": round(age_s, 1)})


def audit_part(note: AuditNote | None, now: datetime) -> Part:
    """Judge by the last audit: whether every acknowledged transfer had its outcome, and whether it ran lately."""
    if note is None:
        return Part("audit", "attention", "The audit has not run here yet; camspool audit runs it.")
    age_s = (now - parse_utc(note.at)).total_seconds()
    figures = {"audit_age_s": round(age_s, 1), "transfers": note.transfers, "wrong": note.wrong}
    if note.wrong:
        sentence = f"{' '.join(note.sentences[:1])} See: camspool audit."
        return Part("audit", "bad", sentence, figures)
    if age_s > AUDIT_LATE_S:
        sentence = (
            f"The last audit ended {shown_age(age_s)} ago; one an hour is due. See: journalctl -u camspool-audit -n 50."
        )
        return Part("audit", "bad" if age_s > AUDIT_MISSING_S else "attention", sentence, figures)
    but = f", but for {note.explained} that people have explained" if note.explained else ""
    return Part("audit", "good", f"Each of {note.transfers} acknowledged transfers has its outcome{but}.", figures)
