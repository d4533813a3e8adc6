"""The spool's folders: checks the root, and makes those that are missing."""

import os
from pathlib import Path

from ingest.errors import CamspoolError

FOLDERS = (
    "uploads",
    "connections",
    "incoming",
    "partial",
    "accepted",
    "rejected",
    "trash",
    "outbox",
    "cameras",
    "incidents",
    "accounts",
    "accounts/hashes",
    "profiles",
    "tokens",
    "people",
    "check_links",
    "filters",
    "requests",
    "requests/done",
    "cache",
)


def prepare_spool(root: Path) -> None:
    """Make the missing folders. Raise CamspoolError when the root is missing, not writable or on two file systems.

    Everything is checked before anything is made.
    """
    check_root(root)
    folders = [root / name for name in FOLDERS]
    for folder in folders:
        _check_folder(folder if folder.exists() else root, root)
    for folder in folders:
        folder.mkdir(exist_ok=True)


def check_root(root: Path) -> None:
    """Raise CamspoolError when there is no spool root: a command that only looks must not call that an empty spool."""
    if not root.is_dir():
        raise CamspoolError(f"The spool root {root} is not a folder; make it, or name another with --root.")


def check_readable(folder: Path) -> None:
    """Raise CamspoolError when this user may not look into a folder of the spool: it must not seem empty."""
    try:
        os.scandir(folder).close()
    except PermissionError:
        raise CamspoolError(f"{folder} cannot be read by user {os.geteuid()}; use sudo.") from None
    except FileNotFoundError:
        return


def prepare_outbox(root: Path) -> None:
    """Make the outbox where it is missing. Raise CamspoolError when there is no spool, or this user cannot write there.

    Who carries items away may write nowhere else in the spool.
    """
    _prepare_only(root, "outbox")


def prepare_incidents(root: Path) -> None:
    """Make the folders of incidents and of the outbox, likewise: who tells people what is wrong writes nowhere else."""
    for name in ("incidents", "outbox"):
        _prepare_only(root, name)


def _prepare_only(root: Path, name: str) -> None:
    check_root(root)
    folder = root / name
    if not folder.exists():
        _check_folder(root, root)
        folder.mkdir(exist_ok=True)
    _check_folder(folder, root)


def _check_folder(folder: Path, root: Path) -> None:
    if not folder.is_dir():
        raise CamspoolError(f"{folder} is not a folder; the spool needs one of this name.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CamspoolError(f"The folder {folder} is not writable for user {os.geteuid()}.")
    if folder.stat().st_dev != root.stat().st_dev:
        raise CamspoolError(
            f"{folder} lies on another file system than {root}; the spool needs one, so that a move is one step."
        )
