"""Targets: where items go from here. One table `[targets.NAME]` each, with the keys of its kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from ingest.settings.keys import setting

TargetKind = Literal["archive", "webhook", "command", "earthranger", "folder", "message"]
Goes = Literal["accepted", "rejected", "reports", "camera_records", "connection_records", "incidents"]
"""What can go to a target: accepted photos, rejected items, accepted reports; what admins write about cameras, who
connected on each day, and what people are told of."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
KINDS: tuple[str, ...] = get_args(TargetKind)
FOR_PEOPLE: TargetKind = "message"
GOES: tuple[str, ...] = get_args(Goes)


@dataclass(frozen=True)
class Selection:
    """Which items go to a target. Empty lists let all pass."""

    sends: tuple[str, ...] = setting(
        (), "What goes: accepted (photos), rejected, reports, camera_records, connection_records, incidents."
    )
    cameras: tuple[str, ...] = setting((), "Only items of these cameras; empty: of all.")
    accounts: tuple[str, ...] = setting((), "Only items that came by these accounts; empty: by all.")
    profiles: tuple[str, ...] = setting((), "Only items read by these profiles; empty: by all.")
    incidents: tuple[str, ...] = setting(
        (), "Only incidents of these rules (`camspool alerts rules` names them), or `urgent`, or `digest`; empty: all."
    )
    since: str = setting("", "Only items that arrived on this day or later, such as 2026-04-09 (UTC); empty: all.")


@dataclass(frozen=True)
class ArchiveOptions:
    remote: str = setting(
        "", "Where copies go, as rclone writes it: `store:bucket`, or a folder such as /mnt/nas/traps."
    )
    config_file: Path = setting(Path(), "The file, as `rclone config` writes it, that knows `store`, with its keys.")
    transfers: int = setting(8, "How many files are sent at the same time.")
    proof: str = setting("hash", "How a copy is proved: hash (the store tells it), or download (it is read back).")


@dataclass(frozen=True)
class WebhookOptions:
    url: str = setting("", "Where each item is posted to, such as https://example.org/hook.")
    secret_file: Path = setting(
        Path(), "The file with the secret, `whsec_...`, that signs each message; empty: unsigned."
    )
    photo: bool = setting(True, "Whether the photo goes with the sidecar.")
    ca_file: Path = setting(Path(), "Certificates to trust in place of the host's own; empty: the host's.")
    private_addresses: bool = setting(False, "Whether the address may be a private one, of this host or its network.")
    seconds: int = setting(30, "Longest time for one answer, once all is sent.")


@dataclass(frozen=True)
class CommandOptions:
    command: tuple[str, ...] = setting((), "The program and its first words; the item and its sidecar follow.")
    seconds: int = setting(60, "Longest time for one item; then the program is ended and tried again later.")
    memory_bytes: int = setting(512 * 1024 * 1024, "Most memory of each of its processes.")
    file_bytes: int = setting(64 * 1024 * 1024, "Largest file that it may write.")
    writes: tuple[Path, ...] = setting((), "Folders that it may write to beside its own, which goes when it ends.")


@dataclass(frozen=True)
class EarthrangerOptions:
    api: str = setting("earthranger", "Which service: earthranger (a site of its own), or gundi (the hub).")
    url: str = setting("", "The service's address, such as https://example.pamdas.org; empty: Gundi's own.")
    key_file: Path = setting(Path(), "The file with the token (earthranger) or the API key (gundi).")
    provider: str = setting("camspool", "The name of the source provider that EarthRanger has for this gateway.")
    event_type: str = setting("cameratrap_rep", "The type of the event that a photo becomes.")
    trouble_event_type: str = setting("cameratrap_trouble", "The type of the event that an incident becomes.")
    ca_file: Path = setting(Path(), "Certificates to trust in place of the host's own; empty: the host's.")
    private_addresses: bool = setting(False, "Whether the address may be a private one, of this host or its network.")
    seconds: int = setting(60, "Longest time for one answer, once all is sent.")
    pause_seconds: int = setting(0, "Time between two requests; gundi documents one request a minute.")


@dataclass(frozen=True)
class FolderOptions:
    folder: Path = setting(Path(), "The folder that photos are put into.")
    pattern: str = setting("{site}/{camera}/{date}/{name}", "Where in it: of {site} {camera} {date} {day} {id} {name}.")
    sidecars: bool = setting(False, "Whether each photo's sidecar goes with it, as the photo's name and .json.")
    link: bool = setting(False, "Whether hard links are made in place of copies: then nothing may write into them.")
    instances: bool = setting(False, "Whether instances.json is kept there, which SpeciesNet reads.")
    country: str = setting("", "The country of the cameras, three letters (ISO 3166-1), for SpeciesNet.")


@dataclass(frozen=True)
class MessageOptions:
    urls_file: Path = setting(
        Path(), "The file with the addresses that messages go to, one a line, as Apprise writes them (mailtos://...)."
    )
    photo: bool = setting(True, "Whether the last photo goes with a message about cameras.")
    photo_bytes: int = setting(2 * 1024 * 1024, "Largest photo that goes with a message; a larger one is made smaller.")
    digest_after: int = setting(5, "When more than so many messages have waited, they go as one.")
    private_addresses: bool = setting(False, "Whether an address may be a private one, of this host or its network.")
    seconds: int = setting(60, "Longest time for one message.")


PATTERN_WORDS = ("site", "camera", "date", "day", "id", "name")
"""What a pattern of a folder may name."""


Options = ArchiveOptions | WebhookOptions | CommandOptions | EarthrangerOptions | FolderOptions | MessageOptions

OPTIONS: Mapping[str, type[Options]] = {
    "archive": ArchiveOptions,
    "webhook": WebhookOptions,
    "command": CommandOptions,
    "earthranger": EarthrangerOptions,
    "folder": FolderOptions,
    "message": MessageOptions,
}
MADE_FOR: Mapping[str, tuple[str, ...]] = {
    "archive": ("accepted", "reports", "camera_records", "connection_records", "incidents"),
    "message": ("incidents",),
}
"""What goes to a target of a kind when its settings do not say; of all others it is `accepted`."""
TAKES: Mapping[str, tuple[str, ...]] = {
    "archive": GOES,
    "webhook": GOES,
    "command": GOES,
    "earthranger": ("accepted", "incidents"),
    "folder": ("accepted", "rejected", "reports"),
    "message": ("accepted", "incidents"),
}
"""What can go to a target of a kind at all."""


@dataclass(frozen=True)
class Target:
    """Somewhere items go. `selection.sends` is never empty here."""

    name: str
    kind: TargetKind
    selection: Selection
    options: Options


def for_people(targets: Iterable[Target]) -> tuple[str, ...]:
    """Return the names of the targets that tell people of incidents."""
    return tuple(one.name for one in targets if one.kind == FOR_PEOPLE and "incidents" in one.selection.sends)


def option_names(kind: str) -> list[str]:
    """Return the keys that a table of this kind may have beside `kind`."""
    return [entry.name for part in (Selection, OPTIONS[kind]) for entry in fields(part)]


def defaults_of(kind: str) -> tuple[Selection, Any]:
    """Return the selection and the options of a target about which the settings say nothing but its kind."""
    return Selection(sends=MADE_FOR.get(kind, ("accepted",))), OPTIONS[kind]()


def is_target_name(text: str) -> bool:
    """Say whether a target may be called so: its name is a folder's, and stands in addresses and log lines.

    >>> is_target_name("archive"), is_target_name("nas-2"), is_target_name("../x"), is_target_name("")
    (True, True, False, False)
    """
    return _NAME.fullmatch(text) is not None
