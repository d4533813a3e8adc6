"""The outbox: an empty file `outbox/<target>/<item id>` says that this item still has to go to this target.

A mark is made with the commit of the item's verdict and goes when the target has answered. Whoever makes one says so
of the item's state on disk at that moment: so a mark that is there already needs nothing.
"""

import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ingest.settings.targets import Selection, Target
from ingest.spool.durable import flush_folder, write_new
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import is_id, parse_utc, utc_text

OUTBOX = "outbox"
PAUSED, AT_ONCE, BEGAN, FILLED, EMPTY = ".paused", ".at-once", ".began", ".filled", ".empty"
"""Files in a target's folder: a person let it rest; it shall try again now; since when it has been a target; what was
decided about the items that were here before; the empty file of which marks are names. `ls` shows none of them, so what
it shows is what waits."""
_NO_LINK = frozenset({errno.ENOENT, errno.EMLINK, errno.EPERM, errno.ENOTSUP})
"""There is no empty file yet, it has all the names that it can have, or the file system gives a file only one."""
_TAKEN = ".taken"
_KEEPS_SIDECARS = frozenset({"archive", "webhook"})


def target_folder(root: Path, target: str) -> Path:
    """Return the folder of a target. Its name has passed `is_target_name`."""
    return root / OUTBOX / target


def prepare_target(root: Path, target: str, now: datetime | None = None) -> None:
    """Make a target's folder, and note since when it has been one. Raise OSError.

    Where nothing was here before it, nobody has to decide about that.
    """
    folder = target_folder(root, target)
    (folder / "done").mkdir(parents=True, exist_ok=True)
    moment = utc_text(now or datetime.now(UTC))
    with suppress(FileExistsError):
        write_new(folder / BEGAN, moment.encode())
        if not any(_entries(root / "accepted")) and not any(_entries(root / "rejected")):
            told = {"at": moment, "by": "camspool", "extent": None, "items": 0}
            write_new(folder / FILLED, json.dumps(told).encode())


def _entries(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from folder.iterdir()


@contextmanager
def target_lock(root: Path, target: str) -> Iterator[bool]:
    """Yield whether nobody else carries for a target, and keep others from it meanwhile. Raise OSError."""
    descriptor = os.open(target_folder(root, target) / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def began_at(root: Path, target: str) -> datetime | None:
    """Return since when something has been a target; None when nothing has gone there yet."""
    try:
        return parse_utc((target_folder(root, target) / BEGAN).read_text("ascii"))
    except (OSError, ValueError):
        return None


def wanted_by(sidecar: Sidecar, targets: Iterable[Target], *, corrected: bool = False) -> tuple[str, ...]:
    """Return the names of the targets to which an item goes. `corrected`: to which it goes once more with a correction.

    The values are those that the verdict gave: what a person corrects later does not take back what has gone.
    """
    return tuple(
        target.name
        for target in targets
        if _goes(sidecar, target.selection) and (not corrected or target.kind in _KEEPS_SIDECARS)
    )


def _goes(sidecar: Sidecar, selection: Selection) -> bool:
    return (
        _kind_of(sidecar) in selection.sends
        and (not selection.cameras or sidecar.camera_id in selection.cameras)
        and (not selection.accounts or sidecar.account in selection.accounts)
        and (not selection.profiles or sidecar.profile in selection.profiles)
        and sidecar.id[:8] >= selection.since.replace("-", "")
    )


def _kind_of(sidecar: Sidecar) -> str:
    if sidecar.verdict == "rejected":
        return "rejected"
    return "reports" if sidecar.kind == "report" else "accepted"


def make_marks(root: Path, marks: Iterable[tuple[str, str]]) -> set[Path]:
    """Make marks, each a target and an item id, and return the folders to flush. Raise OSError.

    One that is there already stays: what it says holds still.
    """
    changed = set()
    for target, item_id in marks:
        folder = root / OUTBOX / target
        try:
            _mark(f"{folder}/{item_id}", f"{folder}/{EMPTY}")
        except FileNotFoundError:
            prepare_target(root, target)
            _mark(f"{folder}/{item_id}", f"{folder}/{EMPTY}")
        changed.add(folder)
    return changed


def _mark(path: str, empty: str) -> None:
    """Make a mark as one more name of an empty file: a file of its own costs ten times as much, in the commit's way."""
    try:
        os.link(empty, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        _touch(path)
        with suppress(OSError):
            Path(empty).unlink(missing_ok=True)
            os.link(path, empty)


def _touch(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660))


def mark_again(root: Path, wanted: Iterable[tuple[str, str]]) -> None:
    """Make marks that a crash may have kept from being made, on the disk when this returns. Raise OSError."""
    for folder in make_marks(root, wanted):
        flush_folder(folder)


def marked_ids(root: Path, target: str) -> list[str]:
    """Return the ids of the items that still have to go to a target, the oldest first."""
    try:
        with os.scandir(target_folder(root, target)) as entries:
            return sorted(entry.name for entry in entries if is_id(entry.name))
    except FileNotFoundError:
        return []


def has_mark(root: Path, target: str, item_id: str) -> bool:
    """Say whether an item still has to go to a target."""
    return (target_folder(root, target) / item_id).exists()


def remove_marks(
    root: Path, target: str, item_ids: Iterable[str], needed: Callable[[], Iterable[str]] = tuple
) -> frozenset[str]:
    """Remove marks whose answers are on the disk, and make those again that `needed` names; return these.

    It is asked when the marks have gone: who looks before does not see what changes between. They lie aside meanwhile,
    so that a kill loses none; `put_back_marks` makes them marks again. Raise OSError: then all are there.
    """
    folder, ids = target_folder(root, target), list(item_ids)
    (folder / _TAKEN).mkdir(parents=True, exist_ok=True)
    for item_id in ids:
        with suppress(FileNotFoundError):
            (folder / item_id).rename(folder / _TAKEN / item_id)
    try:
        again = frozenset(needed())
        make_marks(root, ((target, item_id) for item_id in again))
    except OSError:
        put_back_marks(root, target)
        raise
    for item_id in ids:
        (folder / _TAKEN / item_id).unlink(missing_ok=True)
    return again


def put_back_marks(root: Path, target: str) -> None:
    """Make marks again that were on their way out when their courier was killed. Raise OSError."""
    folder = target_folder(root, target)
    with suppress(FileNotFoundError):
        for mark in list((folder / _TAKEN).iterdir()):
            mark.rename(folder / mark.name)
            mark.unlink(missing_ok=True)  # rename(2) leaves both of two names of one file


def is_paused(root: Path, target: str) -> bool:
    """Say whether a person lets a target rest."""
    return (target_folder(root, target) / PAUSED).exists()


def pause_target(root: Path, target: str, by: str) -> None:
    """Let a target rest until `resume_target`: what is accepted meanwhile waits for it."""
    prepare_target(root, target)
    (target_folder(root, target) / PAUSED).write_text(f"{by} {utc_text(datetime.now(UTC))}", "utf-8")


def resume_target(root: Path, target: str) -> None:
    """Let a target that rests go on, also one that waits because it could not be reached: it is tried at once."""
    (target_folder(root, target) / PAUSED).unlink(missing_ok=True)
    try_at_once(root, target)


def try_at_once(root: Path, target: str) -> None:
    """Let a target be tried now, with all that waits for it, whatever pauses it or its items have."""
    prepare_target(root, target)
    (target_folder(root, target) / AT_ONCE).touch()


def shall_try_at_once(root: Path, target: str) -> bool:
    """Say whether somebody wants a target tried now, and forget it."""
    try:
        (target_folder(root, target) / AT_ONCE).unlink()
    except FileNotFoundError:
        return False
    return True


def targets_on_disk(root: Path) -> list[str]:
    """Return the names of the folders in the outbox: also those of targets that the settings do not name any more."""
    with suppress(FileNotFoundError):
        return sorted(
            entry.name
            for entry in os.scandir(root / OUTBOX)
            if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."
        )
    return []
