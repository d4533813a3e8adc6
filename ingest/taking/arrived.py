"""Takes what has arrived: finished uploads, and what people put down by hand, become items in incoming/."""

import os
from collections.abc import Callable, Container, Iterator
from math import inf
from pathlib import Path
from time import monotonic

from ingest.spool.intake import has_intake
from ingest.spool.moves import take
from ingest.spool.names import LOCAL, parse_companion, parse_incoming_name
from ingest.spool.origin import Origin
from ingest.spool.patience import OUT_OF_REACH, Patience, apart
from ingest.spool.stamp import new_id
from ingest.spool.uploads import (
    Found,
    Upload,
    connection_folders,
    connection_of,
    entries,
    found_file,
    is_finished,
    is_left_alone,
    walk,
)
from ingest.taking.cut import waits_for_the_whole
from ingest.taking.ended import ended
from ingest.vocabulary import MAY_LACK_REST, Source


def take_finished(
    root: Path, patience: Patience, on_folder: Callable[[Path], None], deadline: float = inf
) -> Iterator[str]:
    """Move every finished upload to incoming/, oldest connection first; yield the name each gets there.

    After the deadline (monotonic) no further folder is looked into, but always one; the next scan begins with the one
    that is next.
    """
    on_folder(root / "uploads")
    for number, folder in enumerate(connection_folders(root, patience.stopped_at)):
        patience.stopped_at = folder.name
        if number > 0 and monotonic() > deadline:
            return
        look = ended(root, folder, on_folder, patience) if has_intake(folder) else _arrived(folder, on_folder, patience)
        yield from _each_taken(root, folder, patience, look)
    patience.stopped_at = ""


def _arrived(folder: Path, on_folder: Callable[[Path], None], patience: Patience) -> Iterator[Found]:
    """Yield what lies in a folder of uploads/."""
    connection, prefix = connection_of(folder)
    by_hand = connection == LOCAL
    source: Source = "local" if by_hand else "ftps"
    for upload in walk(folder, on_folder, prefix, patience):
        # Whoever copies by hand locks nothing.
        is_whole = is_finished(upload, patience) and (not by_hand or is_left_alone(upload, patience))
        yield upload, Origin(upload.path, source, connection), is_whole


def adopt(root: Path, known: Container[str], patience: Patience, on_folder: Callable[[Path], None]) -> Iterator[str]:
    """Give a proper name to every file that a person moved into incoming/; yield the names."""
    incoming = root / "incoming"
    on_folder(incoming)
    for found in entries(incoming):
        if found.name in known or parse_companion(found.name):
            continue
        if found.is_dir(follow_symlinks=False):
            strange = walk(Path(found.path), on_folder, os.fsencode(found.name) + b"/", patience)
        elif found.is_file(follow_symlinks=False) and not parse_incoming_name(found.name):
            strange = iter([found_file(found.path, os.fsencode(found.name), incoming)])
        else:
            continue
        told = ((one, Origin(one.path, "local", LOCAL), is_left_alone(one, patience)) for one in strange)
        yield from _each_taken(root, Path(found.path), patience, told)


def _each_taken(root: Path, top: Path, patience: Patience, found: Iterator[Found]) -> Iterator[str]:
    """Take what is whole of what was found below one folder; yield the names.

    Whatever goes wrong in one folder, that folder is set aside for this scan, and the others have their turn.
    """
    with apart(top, patience.set_aside):
        for upload, origin, is_whole in found:
            if not is_whole:
                patience.arriving += 1
            elif name := _taken(root, upload, patience, origin):
                yield name


def _taken(root: Path, upload: Upload, patience: Patience, origin: Origin) -> str | None:
    """Take an upload; None when it waits for the whole, has vanished meanwhile, or cannot be taken, which is noted."""
    try:
        if origin.transfer in MAY_LACK_REST and waits_for_the_whole(root, upload, origin):
            return None
        return take(root, upload.name, new_id(), origin.connection or LOCAL, origin, upload.folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno not in OUT_OF_REACH:
            raise
        patience.give_up(upload.place, error)
        patience.arriving += 1
        return None
