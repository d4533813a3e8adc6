"""The names under which cameras still see what was taken from them: as long as one is there, its space is not free."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ingest.requests.unusable import Unusable
from ingest.spool.moves import drop_upload
from ingest.spool.patience import Patience
from ingest.spool.stamp import is_id
from ingest.spool.uploads import walk


def drop_held_names(root: Path, items: Iterable[Unusable]) -> None:
    """Remove what connections' folders still have of these items, which keep their place.

    As long as an item is there, no other file has its inode. What one walk does not reach goes with its connection.
    """
    held: dict[str, set[int]] = {}
    for item in items:
        with suppress(FileNotFoundError):
            status = (root / item.place).lstat()
            if status.st_nlink > 1 and item.connection and is_id(item.connection):
                held.setdefault(item.connection, set()).add(status.st_ino)
    for connection, inodes in held.items():
        for upload in walk(root / "uploads" / connection, lambda _: None, b"", Patience()):
            with suppress(FileNotFoundError):
                if os.stat(upload.name, dir_fd=upload.folder, follow_symlinks=False).st_ino in inodes:
                    drop_upload(upload)
