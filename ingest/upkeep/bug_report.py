"""What a bug report needs, as one text: no photo, no secret, no position, and nobody's address.

Its parts are measured one by one; one that cannot be measured says so and takes nothing from the others.
"""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest import VERSION
from ingest.connections.store import read_connection_records
from ingest.errors import CamspoolError, in_words
from ingest.ftps.render import installed_version
from ingest.index.places import day_folders, items_in, read_sidecar
from ingest.index.store import read_index
from ingest.profiles.catalogue import load_catalogue
from ingest.reading.exiftool import exiftool_version
from ingest.settings.targets import Target
from ingest.settings.values import Settings
from ingest.spool.stamp import utc_text
from ingest.upkeep.error_log import read_errors
from ingest.upkeep.journal_lines import journal_lines
from ingest.upkeep.masking import mask
from ingest.upkeep.status import read_status

PACKAGES = ("Pillow", "piexif", "pyinotify", "Flask", "gunicorn")
HIDDEN_SETTINGS = frozenset({"host", "passive_address", "map_tiles", "account"})
"""Settings whose values name a machine, may hold a key, or are half of a log-in: only whether they are set is told."""

JOURNAL_READ, JOURNAL_TOLD = 5000, 300
REJECTED_TOLD, CONNECTIONS_TOLD = 5, 30
_VERDICTS = ("accepted ", "rejected ")
_PATIENCE_S = 10.0


def bug_report(settings: Settings, now: datetime) -> str:
    """Return the text of a report on this gateway at `now` (UTC). Never raise for anything that is broken here."""
    parts: dict[str, Callable[[], list[str]]] = {
        "Versions": _versions,
        "Settings that differ from their defaults": lambda: changed_settings(settings),
        "Status": lambda: _status(settings),
        "Units": _units,
        "Spool": lambda: _spool(settings.root),
        "Profiles": lambda: _profiles(settings),
        "Unexpected errors of commands, oldest first": lambda: _errors(settings.root),
        "Items rejected as internal_error, newest first": lambda: _internal_errors(settings.root),
        "Connections that went wrong, newest last": lambda: _connections(settings.root),
        "Journal without verdicts, newest first": _journal,
    }
    told = [f"Camspool, report of {utc_text(now)}. Positions, addresses and the names of this host are left out."]
    for title, part in parts.items():
        told += ["", f"== {title}", *_measured(part)]
    names = (platform.node(), platform.node().partition(".")[0], settings.ftps.host, *_servers(settings.targets))
    return mask("\n".join(told) + "\n", names)


def _servers(targets: Iterable[Target]) -> Iterator[str]:
    """Yield the names of the servers that targets are: of some services they are the secret itself."""
    for target in targets:
        with suppress(ValueError):
            yield urlsplit(str(getattr(target.options, "url", ""))).hostname or ""


def _measured(part: Callable[[], list[str]]) -> list[str]:
    try:
        return part() or ["none"]
    except (OSError, ValueError, sqlite3.Error, CamspoolError) as error:
        return [f"This could not be read: {in_words(error).rstrip('.')}."]


def _versions() -> list[str]:
    installed = []
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            installed.append(f"{name} {version(name)}")
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "an unknown system")
    try:
        vsftpd = ".".join(map(str, installed_version()))
    except CamspoolError as error:
        vsftpd = f"not to be had: {error}"
    return [
        f"camspool {VERSION}, Python {platform.python_version()}, vsftpd {vsftpd}",
        f"exiftool {exiftool_version() or 'is not installed'}",
        f"{system}, Linux {platform.release()}, {platform.machine()}",
        f"{os.cpu_count()} processors, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.1f} GB memory",
        ", ".join(installed),
    ]


def changed_settings(settings: Any, prefix: str = "") -> list[str]:
    """Return a line for each setting that is not its default; of some only that they are set.

    >>> from ingest.settings.values import Ftps
    >>> changed_settings(Settings(workers=3, ftps=Ftps(host="cams.example.org")))
    ['workers = 3', 'ftps.host is set']
    """
    lines = []
    for entry in fields(settings):
        value, name = getattr(settings, entry.name), f"{prefix}{entry.name}"
        if is_dataclass(value):
            lines += changed_settings(value, f"{name}.")
        elif entry.name == "targets":
            lines += [_target_line(target) for target in value]
        elif value != entry.default:
            lines.append(f"{name} is set" if entry.name in HIDDEN_SETTINGS else f"{name} = {_shown(value)}")
    return lines


def _target_line(target: Target) -> str:
    """Tell of a target its kind, what goes there, and which keys are set: addresses and remotes may hold secrets.

    >>> from ingest.settings.targets import Selection, WebhookOptions
    >>> _target_line(Target("hook", "webhook", Selection(("accepted",)), WebhookOptions("https://example.org/s3cr3t")))
    'targets.hook = webhook of accepted; set: url'
    """
    given = [
        entry.name
        for part in (target.selection, target.options)
        for entry in fields(part)
        if entry.name != "sends" and getattr(part, entry.name) != entry.default
    ]
    return f"targets.{target.name} = {target.kind} of {_shown(target.selection.sends)}; set: {_shown(tuple(given))}"


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _status(settings: Settings) -> list[str]:
    parts = read_status(settings)["parts"]
    return [f"{part['state']:9} {part['name']}: {part['sentence']} {part['figures']}" for part in parts]


def _units() -> list[str]:
    """Tell what systemd knows of our units, with its counter of restarts; nothing where it does not run."""
    if not Path("/run/systemd/system").is_dir():
        return []
    properties = "Id,ActiveState,SubState,Result,NRestarts,ExecMainStatus"
    words = ["systemctl", "show", f"--property={properties}", "camspool-*"]
    said = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE_S, check=False).stdout
    return [" ".join(block.split()) for block in said.split("\n\n") if block.strip()]


def _spool(root: Path) -> list[str]:
    with closing(read_index(root)) as index:
        rows = index.execute("SELECT verdict, reason, count(*) FROM items GROUP BY verdict, reason ORDER BY 3 DESC")
        counts = [f"{count} {verdict}{f', {reason}' if reason else ''}" for verdict, reason, count in rows]
    return [*counts, f"uploads: {sum(1 for _ in (root / 'uploads').iterdir())} folders of connections"]


def _profiles(settings: Settings) -> list[str]:
    catalogue = load_catalogue(settings.profile_folders)
    return [*(profile.id for profile in catalogue.profiles), *catalogue.complaints.values()]


def _errors(root: Path) -> list[str]:
    return [f"{error.at} camspool {error.command}\n{error.traceback}" for error in read_errors(root)]


def _internal_errors(root: Path) -> list[str]:
    folders = [folder for folder in day_folders(root) if folder.startswith("rejected/internal_error/")]
    places = (place for folder in reversed(folders) for place in reversed(items_in(root, folder)))
    told: list[str] = []
    for place in places:
        if len(told) < REJECTED_TOLD and (sidecar := read_sidecar(root, place)):
            problems = " ".join(problem.message for problem in sidecar.problems)
            told.append(f"{sidecar.decided_at} {sidecar.size_bytes} bytes: {problems}\n{sidecar.traceback or ''}")
    return told


def _connections(root: Path) -> list[str]:
    wrong = [
        record
        for record in read_connection_records(root)
        if record.failures or record.logins_refused or any(one.outcome != "complete" for one in record.transfers)
    ]
    return [f"{one.id} {one.client} {one.tls_version} {one.what_happened}" for one in wrong[-CONNECTIONS_TOLD:]]


def _journal() -> list[str]:
    lines = [
        f"{utc_text(line.at)} {line.unit} {line.text}"
        for line in journal_lines("camspool-*", JOURNAL_READ)
        if not line.text.startswith(_VERDICTS)
    ]
    return lines[:JOURNAL_TOLD]
