"""The life of one file, from the camera's last byte to a verdict on disk. Start reading here.

A camera writes into its connection's folder in uploads/. `take_finished` (taking/arrived.py) moves what is finished to
incoming/.
`item_in` says who sent it, `give_verdict` reads it once and decides, `settle_spellings`, `settle_duplicates`,
`settle_earlier` (watching/earlier.py) and `warn_of_mixing` (watching/mixing.py) compare it with what is here already,
`settle_targets` notes where the item goes from here, `moves.commit` puts the verdict on disk with its marks in the
outbox, and `remember` enters it in the index. What waits in the outbox, `ingest/outbox/` takes to its targets. Of
several reports in one file the item is the last; `moves.put_earlier` lets those before it be items first, which go the
same way.
The watcher (`ingest/watching/watcher.py`) runs these steps whenever something arrives; `recovery.recover` runs when it
starts.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ingest.index.spellings import in_known_spelling
from ingest.index.store import enter, find_original
from ingest.index.wholes import find_whole
from ingest.profiles.catalogue import Catalogue
from ingest.profiles.matching import asks_for_makernotes
from ingest.reading.exiftool import Exiftool
from ingest.reading.facts import bytes_to_read, read_facts, with_makernotes
from ingest.settings.targets import Target
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.log_lines import verdict_line
from ingest.spool.moves import Decided, drop_partial, forget_aside
from ingest.spool.names import (
    LOCAL,
    aside_name,
    origin_name,
    parse_incoming_name,
    quote_path,
    readable_path,
)
from ingest.spool.origin import item_from, parse_origin
from ingest.spool.outbox import mark_again, wanted_by
from ingest.spool.partials import beginnings_of, origin_beside
from ingest.spool.sidecar import Beginning, Sidecar, Warn, changed, parse_sidecar
from ingest.verdict.belonging import Records
from ingest.verdict.decision import as_duplicate, by_transfer, decide
from ingest.verdict.earlier import judge_earlier
from ingest.verdict.senders import sender_of
from ingest.vocabulary import MAY_LACK_REST

log = logging.getLogger("camspool")

Originals = dict[tuple[str | None, str], str]
"""Camera and content of items that are accepted but not in the index yet, with their ids."""

Spellings = dict[str, str]
"""Items that are decided but not in the index yet, with their cameras' IDs."""

Login = Callable[[str], tuple[str | None, str | None]]
"""Tells the account and the client address of a connection."""


def item_in(root: Path, name: str, login: Login) -> Item:
    """Return what is known of an item in incoming/: from its name, its origin file and its connection (`login`)."""
    parsed = parse_incoming_name(name)
    if parsed is None:
        raise ValueError(f"{name!r} is not the name of an item")
    origin = None
    with suppress(FileNotFoundError, ValueError):
        origin = parse_origin((root / "incoming" / origin_name(parsed.id)).read_bytes())
    account, client = (None, None) if parsed.connection == LOCAL else login(parsed.connection)
    return item_from(parsed, origin, account, client)


def give_verdict(
    root: Path,
    name: str,
    item: Item,
    catalogue: Catalogue,
    settings: Settings,
    exiftool: Exiftool,
    cameras: KnownCameras | None = None,
) -> Decided:
    """Read an item once, at most its limit and one byte, and decide from those bytes. Raise OSError if unreadable.

    Its MakerNote is read from them too, by `exiftool`, where a profile that may claim it asks for it.
    """
    cameras = cameras or KnownCameras(root)
    wanted = bytes_to_read(item.path, settings.limits)
    with (root / "incoming" / name).open("rb", buffering=0) as file:
        size_bytes = file.seek(0, 2)
        file.seek(0)
        content = file.read(min(wanted, size_bytes))
    facts = read_facts(content, size_bytes, item.path, settings.limits)
    if asks_for_makernotes(facts, item.path, item.account, catalogue.profiles):
        facts = with_makernotes(facts, exiftool.read(facts.unread or b""))
    records = Records(cameras.record, cameras.spelling, sender_of(cameras, item, settings), item.corrections)
    judge = partial(decide, catalogue=catalogue, settings=settings, decided_at=datetime.now(UTC), records=records)
    sidecar, earlier = judge_earlier(by_transfer(judge(item, facts)), item, facts, judge)
    sidecar = with_origin(sidecar, item)
    sidecar = changed(sidecar, beginnings=(*sidecar.beginnings, *_beginnings(root, content)))
    return Decided(name, with_change(root, sidecar), earlier)


def _beginnings(root: Path, content: bytes) -> tuple[Beginning, ...]:
    """Return the earlier tries of this file that wait in partial/: with its verdict they go."""
    return tuple(
        Beginning(one.id, one.head, origin.connection, readable_path(origin.upload_path), one.size_bytes)
        for one in beginnings_of(root, content)
        for origin in [origin_beside(root, one)]
    )


def with_origin(sidecar: Sidecar, item: Item) -> Sidecar:
    """Keep what an item brings whatever its verdict is: the beginnings that an earlier one had taken in, the reports
    found in it, whose part it is, and the exact bytes of an upload path that is not UTF-8, whose readable form cannot
    be turned back."""
    if item.beginnings:
        sidecar = changed(sidecar, beginnings=item.beginnings)
    if item.part_of or item.earlier_reports:
        sidecar = changed(sidecar, part_of=item.part_of, earlier_reports=item.earlier_reports)
    try:
        item.upload_path.decode("utf-8")
    except UnicodeDecodeError:
        return changed(sidecar, upload_path_quoted=quote_path(item.upload_path))
    return sidecar


def with_change(root: Path, sidecar: Sidecar) -> Sidecar:
    """Warn when the disk has lost content while an item waited.

    An earlier attempt, whose commit broke off, has left its sidecar aside.
    """
    try:
        aside = (root / "incoming" / aside_name(sidecar.id)).read_bytes()
    except FileNotFoundError:
        return sidecar
    doubt = _doubt(aside, sidecar.sha256)
    return changed(sidecar, warnings=(*sidecar.warnings, doubt)) if doubt else sidecar


def _doubt(aside: bytes, sha256: str | None) -> Warn | None:
    """Return the warning that follows from the sidecar of an earlier attempt; one that it had itself stays."""
    if aside and not aside.strip(b"\0"):  # the disk has lost the sidecar, so it may have lost the item as well
        return Warn("changed_on_disk", "The disk failed while this file waited; whether it is whole cannot be told.")
    try:
        earlier = parse_sidecar(aside)
    except ValueError:  # torn by a kill or a power cut
        return None
    if earlier.sha256 not in (None, sha256):
        return Warn("changed_on_disk", "The disk failed while this file waited, and its content is not whole.")
    return next((warning for warning in earlier.warnings if warning.code == "changed_on_disk"), None)


def settle_spellings(
    root: Path, decided: Iterable[Decided], index: sqlite3.Connection, spellings: Spellings
) -> list[Decided]:
    """Let every spelling of a camera's ID be one camera, also of two that come at once; note them in `spellings`.

    Workers know the cameras that have a record. The first files of all others meet only here, one after the other.
    """
    settled = []
    for one in decided:
        sidecar = in_known_spelling(root, index, one.sidecar, spellings.values())
        if sidecar.camera_id:
            spellings[sidecar.id] = sidecar.camera_id
        settled.append(replace(one, sidecar=sidecar))
    return settled


def settle_duplicates(
    root: Path, decided: Iterable[Decided], index: sqlite3.Connection, originals: Originals
) -> list[Decided]:
    """Reject what its camera has sent before, byte for byte; note the rest in `originals`."""
    return [replace(one, sidecar=_settle(root, one.sidecar, index, originals)) for one in decided]


def _settle(root: Path, sidecar: Sidecar, index: sqlite3.Connection, originals: Originals) -> Sidecar:
    if sidecar.verdict != "accepted" or sidecar.sha256 is None:
        return sidecar
    if sidecar.transfer in MAY_LACK_REST and (whole := find_whole(root, index, sidecar)):
        return as_duplicate(sidecar, whole)
    content = (sidecar.camera_id, sidecar.sha256)
    original = find_original(index, *content) or originals.setdefault(content, sidecar.id)
    return sidecar if original == sidecar.id else as_duplicate(sidecar, original)


def settle_targets(decided: Iterable[Decided], targets: tuple[Target, ...]) -> list[Decided]:
    """Note to which targets each item has to go: its commit makes the marks in the outbox."""
    return [replace(one, targets=wanted_by(one.sidecar, targets)) for one in decided] if targets else list(decided)


def mark_recovered(root: Path, committed: Iterable[tuple[Sidecar, str]], targets: tuple[Target, ...]) -> None:
    """Make the marks in the outbox that commits which broke off may not have made. Raise OSError."""
    mark_again(root, ((name, sidecar.id) for sidecar, _ in committed for name in wanted_by(sidecar, targets)))


def remember(root: Path, index: sqlite3.Connection, committed: list[tuple[Sidecar, str]]) -> None:
    """Enter committed verdicts in the index, say each in one log line, and clear what lay aside for recovery."""
    enter(index, committed)
    for beginning in (one for sidecar, _ in committed for one in sidecar.beginnings):
        drop_partial(root, beginning.id, beginning.head)
    forget_aside(root, (sidecar.id for sidecar, _ in committed))
    for sidecar, place in committed:
        log.info("%s", verdict_line(sidecar, place))
