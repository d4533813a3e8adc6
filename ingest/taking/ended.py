"""What ended in a connection that vsftpd serves with the intake: each upload, and how its transfer ended."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from ingest.connections.store import has_ended, log_path
from ingest.reading.facts import kind_of_name
from ingest.spool.intake import INTAKE, is_only_a_name, list_intake
from ingest.spool.moves import drop_upload
from ingest.spool.names import readable_path
from ingest.spool.origin import Origin
from ingest.spool.patience import Patience
from ingest.spool.uploads import Found, Upload, is_finished, walk
from ingest.vocabulary import Transfer

RENAME_PATIENCE_S = 30.0
"""How long an upload under an odd name waits for its rename, as long as its connection lasts."""

_IN_INTAKE = os.fsencode(INTAKE) + b"/"


def ended(root: Path, folder: Path, on_folder: Callable[[Path], None], patience: Patience) -> Iterator[Found]:
    """Yield what vsftpd left in the intake of a connection, and, when that has ended, what it had no time for."""
    on_folder(folder / INTAKE)
    found, tree = list_intake(folder)
    is_over = has_ended(log_path(root, folder.name))
    for upload, transfer in found:
        is_ready = is_over or transfer not in ("whole", "unclosed") or not _awaits_rename(upload, patience)
        yield upload, Origin(upload.path, "ftps", folder.name, transfer=transfer), is_ready
    if tree or is_over:
        yield from _in_tree(folder, patience, "whole" if tree else "cut")


def _in_tree(folder: Path, patience: Patience, transfer: Transfer) -> Iterator[Found]:
    """Yield what is not in the intake: paths too long for it, and what was arriving when vsftpd was killed."""
    for upload in walk(folder, lambda _: None, b"", patience):
        with suppress(FileNotFoundError):
            status = os.stat(upload.name, dir_fd=upload.folder, follow_symlinks=False)
            if upload.path.startswith(_IN_INTAKE) or is_only_a_name(status):
                continue
            if transfer == "cut" and not status.st_size:
                drop_upload(upload)
            else:
                yield upload, Origin(upload.path, "ftps", folder.name, transfer=transfer), is_finished(upload, patience)


def _awaits_rename(upload: Upload, patience: Patience) -> bool:
    """Say whether a name is one that no camera keeps: it may be a temporary one, for some seconds."""
    is_odd = kind_of_name(readable_path(upload.path)) == "other"
    return is_odd and not patience.is_over(upload.place, patience_s=RENAME_PATIENCE_S)
