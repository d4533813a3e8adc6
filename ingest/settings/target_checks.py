"""What is wrong with a target as it is set: found when the settings are read, before anything waits for it."""

import re
from collections.abc import Sequence
from datetime import date
from string import Formatter
from urllib.parse import urlsplit

from ingest.settings.targets import (
    PATTERN_WORDS,
    TAKES,
    ArchiveOptions,
    CommandOptions,
    EarthrangerOptions,
    FolderOptions,
    MessageOptions,
    Selection,
    Target,
    WebhookOptions,
)

_URL = re.compile(r"https?://[!-~]+")
_REMOTE = re.compile(r"(/|[A-Za-z0-9_][A-Za-z0-9_.+@ -]*:)[^\n]*")
"""As rclone names what stands in its configuration; an address with keys inside, `:s3,secret=...:`, is none."""
_PROVIDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COUNTRY = re.compile(r"[A-Z]{3}")


def check_target(target: Target) -> str | None:
    """Return what is wrong, as the end of a sentence that begins with the target's name; None when all is well."""
    return _check_selection(target.selection, TAKES[target.kind]) or _check_options(target)


def _check_selection(selection: Selection, takes: Sequence[str]) -> str | None:
    if not selection.sends:
        return f"sends is empty; expected some of {', '.join(takes)}."
    if unknown := [word for word in selection.sends if word not in takes]:
        return f"sends has {unknown[0]!r}; a target of this kind takes {', '.join(takes)}."
    if selection.since and not _is_day(selection.since):
        return f"since is {selection.since!r}; expected a day such as 2026-04-09."
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_options(target: Target) -> str | None:
    match target.options:
        case ArchiveOptions() as options:
            return _check_archive(options)
        case WebhookOptions() as options:
            return _wrong_url(options.url) or _too_small(seconds=options.seconds)
        case CommandOptions() as options:
            return _check_command(options)
        case EarthrangerOptions() as options:
            return _check_earthranger(options)
        case FolderOptions() as options:
            return _check_folder(options)
        case MessageOptions() as options:
            return _check_message(options)


def _check_archive(options: ArchiveOptions) -> str | None:
    if not _REMOTE.fullmatch(options.remote):
        shown = options.remote.partition(",")[0]  # what follows may be a key
        return f"remote is {shown!r}; expected such as store:bucket, or a folder that starts with /."
    if not options.remote.startswith("/") and not options.config_file.is_absolute():
        return f"config_file is {str(options.config_file)!r}; expected the path of the file that knows the remote."
    if options.proof not in ("hash", "download"):
        return f"proof is {options.proof!r}; expected hash or download."
    return _too_small(transfers=options.transfers)


def _check_command(options: CommandOptions) -> str | None:
    if not options.command or not options.command[0].startswith("/"):
        return "command is missing, or its program has no path that starts with /."
    return _too_small(seconds=options.seconds, memory_bytes=options.memory_bytes)


def _check_message(options: MessageOptions) -> str | None:
    if not options.urls_file.is_absolute():
        return f"urls_file is {str(options.urls_file)!r}; expected the path of a file that starts with /."
    return _too_small(photo_bytes=options.photo_bytes, digest_after=options.digest_after, seconds=options.seconds)


def _check_earthranger(options: EarthrangerOptions) -> str | None:
    if options.api not in ("earthranger", "gundi"):
        return f"api is {options.api!r}; expected earthranger or gundi."
    if not _PROVIDER.fullmatch(options.provider):
        return f"provider is {options.provider!r}; expected letters, digits, dots, hyphens and underscores."
    if options.url.startswith("http:") and not options.private_addresses:
        return "url begins with http:, so the key could be read on its way; expected https:."
    if options.url or options.api == "earthranger":
        return _wrong_url(options.url) or _too_small(seconds=options.seconds)
    return _too_small(seconds=options.seconds)


def _check_folder(options: FolderOptions) -> str | None:
    if not options.folder.is_absolute():
        return f"folder is {str(options.folder)!r}; expected a path that starts with /."
    if problem := _wrong_pattern(options.pattern):
        return f"pattern is {options.pattern!r}: {problem}"
    if options.country and not _COUNTRY.fullmatch(options.country):
        return f"country is {options.country!r}; expected three letters such as NLD (ISO 3166-1)."
    return None


def _wrong_pattern(pattern: str) -> str | None:
    try:
        words = [(name, form or how) for _, name, form, how in Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        return f"{error}."
    if any(name not in PATTERN_WORDS or more for name, more in words):
        return f"expected only {', '.join(f'{{{word}}}' for word in PATTERN_WORDS)}."
    if not {"id", "name"} & {name for name, _ in words}:
        return "expected {name} or {id} in it, as every photo needs a name."
    if any(part == "" or part.startswith(".") or not part.isprintable() for part in pattern.split("/")):
        return "expected names with / between them, none empty or beginning with a dot."
    return None


def _wrong_url(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        if parts.username is not None:
            return "url has a user or a password in it, which nobody would be told; expected none."
        is_right = bool(_URL.fullmatch(url) and parts.hostname and parts.port != 0)
    except ValueError:  # a port that is none, or a bracket
        is_right = False
    return None if is_right else f"url is {url!r}; expected such as https://example.org/hook."


def _too_small(**values: int) -> str | None:
    return next((f"{key} is {value}; expected 1 or more." for key, value in values.items() if value < 1), None)
