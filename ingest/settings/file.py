"""Reads the settings file (TOML), the only code that does; what it does not know is an error naming file and key."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import CamspoolError, in_words
from ingest.settings.target_checks import check_target
from ingest.settings.targets import KINDS, Target, defaults_of, is_target_name, option_names
from ingest.settings.time_zones import zone_named
from ingest.settings.values import SAMPLING_DESIGNS, Alerts, Ftps, Project, Provider, Settings

DAYS_MAX = 36_500
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_GATEWAY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

DEFAULT_FILE = Path("/etc/camspool/camspool.toml")


def load_settings(root: Path | None, file: Path | None) -> Settings:
    """Read the settings of this call: `--root` wins over the file's `root`; without a file the defaults apply.

    Raise CamspoolError, naming file and key, when the file is missing though asked for, or has a wrong key or value.
    """
    chosen = file or (DEFAULT_FILE if DEFAULT_FILE.exists() and root is None else None)
    settings = read_settings(chosen) if chosen else Settings()
    return replace(settings, root=root) if root else settings


def read_settings(file: Path) -> Settings:
    """Read one settings file. Raise CamspoolError naming file and key."""
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise CamspoolError(f"There is no settings file {file}.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CamspoolError(f"The settings file {file} cannot be read: {in_words(error)}.") from error
    return parse_settings(content, str(file))


def parse_settings(content: Mapping[str, Any], file: str) -> Settings:
    """Turn TOML content into Settings; `file` is only for the sentences. Raise CamspoolError naming file and key."""
    rest = {key: value for key, value in content.items() if key != "targets"}
    settings: Settings = _table(Settings(), rest, file, "")
    settings = replace(settings, targets=_targets(content.get("targets", {}), file))
    _check(settings, file)
    return settings


def _targets(given: Any, file: str) -> tuple[Target, ...]:
    if not isinstance(given, Mapping) or not all(isinstance(one, Mapping) for one in given.values()):
        raise CamspoolError(f"{file}: targets must be tables: write [targets.NAME] above the settings of each.")
    return tuple(_target(name, table, file) for name, table in given.items())


def _target(name: str, given: Mapping[str, Any], file: str) -> Target:
    prefix = f"targets.{name}."
    if not is_target_name(name):
        raise CamspoolError(f"{file}: {name!r} cannot be a target's name; expected up to 32 of a-z, 0-9 and -.")
    kind = given.get("kind")
    if kind not in KINDS:
        raise CamspoolError(f"{file}: {prefix}kind is {kind!r}; expected one of {', '.join(KINDS)}.")
    selection, options = defaults_of(kind)
    if unknown := sorted(set(given) - {"kind", *option_names(kind)}):
        known = ", ".join(option_names(kind))
        raise CamspoolError(f"{file}: unknown setting {prefix}{unknown[0]}; a target of kind {kind} has {known}.")
    selection, options = (
        _table(part, {key: given[key] for key in given if key in vars(part)}, file, prefix)
        for part in (selection, options)
    )
    target = Target(name, kind, selection, options)
    if problem := check_target(target):
        raise CamspoolError(f"{file}: {prefix}{problem}")
    return target


def _table(defaults: Any, content: Mapping[str, Any], file: str, prefix: str) -> Any:
    known = {entry.name: entry for entry in fields(defaults)}
    if unknown := sorted(set(content) - set(known)):
        raise CamspoolError(f"{file}: unknown setting {prefix}{unknown[0]}; known here: {', '.join(known)}.")
    values = {key: _value(known[key], getattr(defaults, key), content[key], file, prefix) for key in content}
    return replace(defaults, **values)


def _value(entry: Field[Any], default: Any, given: Any, file: str, prefix: str) -> Any:
    where = f"{file}: {prefix}{entry.name}"
    if is_dataclass(default):
        if not isinstance(given, Mapping):
            raise CamspoolError(f"{where} must be a table: write [{entry.name}] above its settings.")
        return _table(default, given, file, f"{entry.name}.")
    if isinstance(default, tuple):
        kind, what = (Path, "folders") if entry.type == tuple[Path, ...] else (str, "names")
        if not isinstance(given, list) or not all(isinstance(part, str) for part in given):
            raise CamspoolError(f"{where} must be a list of {what}.")
        return tuple(kind(part) for part in given)
    wanted = str if isinstance(default, Path) else type(default)
    if type(given) is not wanted:
        raise CamspoolError(f"{where} is {given!r}; expected {_KINDS[wanted]}.")
    if isinstance(given, int) and given < 0:
        raise CamspoolError(f"{where} is {given}; expected 0 or more.")
    return Path(given) if isinstance(default, Path) else given


_KINDS = {str: "text in quotes", int: "a whole number", bool: "true or false"}


def _check(settings: Settings, file: str) -> None:
    if zone_named(settings.time_zone) is None:
        raise CamspoolError(f"{file}: time_zone is {settings.time_zone!r}; expected a name such as Europe/Amsterdam.")
    if not settings.root.is_absolute():
        raise CamspoolError(f"{file}: root is {str(settings.root)!r}; expected a path that starts with /.")
    if settings.gateway and not _GATEWAY.fullmatch(settings.gateway):
        raise CamspoolError(f"{file}: gateway is {settings.gateway!r}; expected letters, digits and . _ - only.")
    if not 1 <= settings.workers <= 64:
        raise CamspoolError(f"{file}: workers is {settings.workers}; expected 1 to 64.")
    for key in ("image_bytes", "report_bytes", "file_seconds", "file_memory_bytes"):
        if getattr(settings.limits, key) < 1:
            raise CamspoolError(f"{file}: limits.{key} is 0; expected 1 or more.")
    for key in ("rejected_days", "unusable_days", "accepted_days", "connections_days", "trash_days"):
        days = getattr(settings.retention, key)
        if days > DAYS_MAX:
            raise CamspoolError(f"{file}: retention.{key} is {days}; expected 1 to {DAYS_MAX}, or 0, which keeps.")
    _check_alerts(settings.alerts, file)
    _check_provider(settings.provider, file)
    if settings.ping.minutes < 1:
        raise CamspoolError(f"{file}: ping.minutes is 0; expected 1 or more.")
    if settings.ping.is_set and not settings.ping.url_file.is_absolute():
        raise CamspoolError(f"{file}: ping.url_file is {str(settings.ping.url_file)!r}; expected a path with / first.")
    _check_project(settings.project, file)
    _check_ports(settings.ftps, file)


def _check_provider(provider: Provider, file: str) -> None:
    if not provider.is_set:
        return
    host = urlsplit(provider.issuer).hostname
    is_here = provider.issuer.startswith("http://") and host in ("localhost", "127.0.0.1", "::1")
    if not host or not (provider.issuer.startswith("https://") or is_here):
        raise CamspoolError(f"{file}: provider.issuer is {provider.issuer!r}; expected https://... or nothing.")
    if not provider.client_id:
        raise CamspoolError(f"{file}: provider.client_id is missing; the provider gives one to each of its clients.")
    if not provider.client_secret_file.is_absolute():
        told = str(provider.client_secret_file)
        raise CamspoolError(f"{file}: provider.client_secret_file is {told!r}; expected a path with / first.")


def _check_project(project: Project, file: str) -> None:
    if project.sampling_design not in SAMPLING_DESIGNS:
        known = ", ".join(SAMPLING_DESIGNS)
        raise CamspoolError(f"{file}: project.sampling_design is {project.sampling_design!r}; expected one of {known}.")
    if project.media_url and not project.media_url.startswith(("https://", "http://")):
        raise CamspoolError(f"{file}: project.media_url is {project.media_url!r}; expected https://... or nothing.")


def _check_alerts(alerts: Alerts, file: str) -> None:
    for key in ("quiet_from", "quiet_until", "digest_at"):
        if (given := getattr(alerts, key)) and not _TIME_OF_DAY.fullmatch(given):
            raise CamspoolError(f"{file}: alerts.{key} is {given!r}; expected a time such as 07:00, or nothing.")
    if bool(alerts.quiet_from) != bool(alerts.quiet_until):
        raise CamspoolError(f"{file}: alerts.quiet_from and quiet_until belong together; set both, or neither.")
    for key in ("silent_hours", "refused_log_ins", "backlog_hours"):
        if getattr(alerts, key) < 1:
            raise CamspoolError(f"{file}: alerts.{key} is 0; expected 1 or more.")


def _check_ports(ftps: Ftps, file: str) -> None:
    for key in ("port", "implicit_port", "passive_first", "passive_last"):
        if not 1 <= getattr(ftps, key) <= 65535:
            raise CamspoolError(f"{file}: ftps.{key} is {getattr(ftps, key)}; expected a port from 1 to 65535.")
    if ftps.passive_first > ftps.passive_last:
        raise CamspoolError(f"{file}: ftps.passive_first is above ftps.passive_last; expected the smaller port first.")
