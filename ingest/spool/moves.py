"""The spool on disk: the only module that moves or deletes files. Every change is one rename, onto a free name."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from ingest.spool.durable import (
    check_written,
    copy_new,
    exchange,
    flush_file,
    flush_file_system,
    flush_folder,
    rename_new,
    write_new,
)
from ingest.spool.intake import INTAKE, TREE_MARK, has_intake, is_only_a_name
from ingest.spool.names import LOCAL, aside_name, copy_name, incoming_name, origin_name, parse_incoming_name, safe_name
from ingest.spool.origin import Origin, origin_of_earlier, origin_text, parse_origin
from ingest.spool.outbox import make_marks
from ingest.spool.partials import PARTIAL, Partial, origin_beside
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import id_time
from ingest.spool.trees import remove_empty_folders
from ingest.spool.uploads import Upload, entries


@dataclass(frozen=True)
class EarlierReport:
    """A report that stands before the last one of a file, and will be an item of its own: its id, its text, and the
    verdict that it would get."""

    id: str
    content: bytes
    sidecar: Sidecar


@dataclass(frozen=True)
class Decided:
    """A verdict that is not on disk yet: the item's name in incoming/ and its sidecar. `earlier` are the reports in its
    file that are to be items of their own before it is committed, `targets` those to which the item still has to go."""

    name: str
    sidecar: Sidecar
    earlier: tuple[EarlierReport, ...] = ()
    targets: tuple[str, ...] = ()


def take(
    root: Path, upload: str | Path, item_id: str, connection: str, origin: Origin, folder: int | None = None
) -> str:
    """Move a finished upload to incoming/ and return its new name. Raise FileNotFoundError when it is gone.

    `upload` is its path, or its name in the open `folder`.
    The origin goes into a file of its own only where the name cannot carry it.
    """
    name = incoming_name(item_id, connection, origin.upload_path)
    parsed = parse_incoming_name(name)
    tells_all = origin.source != "upload" and origin.transfer == "whole"
    if parsed is None or parsed.upload_path is None or not tells_all:
        write_origin(root, item_id, origin)
    rename_new(upload, root / "incoming" / name, folder)
    return name


def drop_upload(upload: Upload) -> None:
    """Delete an upload of which everything is kept elsewhere, or of which nothing came."""
    with suppress(FileNotFoundError):
        os.unlink(upload.name, dir_fd=upload.folder)


def remove_ended(folder: Path, deadline: float) -> None:
    """Remove the folder of an ended connection, as far as it gets by the deadline (monotonic), unless something in it
    still has to be taken.

    The intake goes last: as long as it is there, what has only a name left is not taken for an upload.
    """
    if not has_intake(folder):
        remove_empty_folders(folder, deadline)
    elif {entry.name for entry in entries(folder / INTAKE)} <= {TREE_MARK}:
        for entry in entries(folder):
            if entry.name != INTAKE and monotonic() < deadline:
                _remove_seen(entry, deadline)
        if {entry.name for entry in entries(folder)} == {INTAKE}:
            (folder / INTAKE / TREE_MARK).unlink(missing_ok=True)
            remove_empty_folders(folder)


def _remove_seen(entry: os.DirEntry[str], deadline: float) -> None:
    if entry.is_dir(follow_symlinks=False):
        remove_empty_folders(Path(entry.path), deadline, is_only_a_name)
    elif is_only_a_name(entry.stat(follow_symlinks=False)):
        Path(entry.path).unlink()


def set_aside(root: Path, upload: Upload, head: str, item_id: str, origin: Origin) -> None:
    """Move a cut upload to partial/, where it waits for the whole. Raise FileNotFoundError when it is gone."""
    folder = root / PARTIAL / head
    folder.mkdir(exist_ok=True)
    write_origin(root, item_id, origin, folder)
    name = incoming_name(item_id, origin.connection or LOCAL, origin.upload_path)
    try:
        rename_new(upload.name, folder / name, upload.folder)
    except OSError:
        drop_origin(folder, item_id)
        raise


def bring_back(root: Path, partial: Partial) -> None:
    """Move a partial to incoming/: nothing more of it will come. Raise FileNotFoundError when it is gone."""
    file = partial.file(root)
    write_origin(root, partial.id, origin_beside(root, partial))
    rename_new(file, root / "incoming" / partial.name)
    drop_origin(file.parent, partial.id)


def drop_partial(root: Path, partial_id: str, head: str) -> None:
    """Delete a partial whose bytes are all in another file that is kept: its origin last, which tells what it was."""
    folder = root / PARTIAL / head
    for file in folder.glob(f"{partial_id}~*"):
        if file.name != origin_name(partial_id):
            file.unlink(missing_ok=True)
    drop_origin(folder, partial_id)


def drop_origin(folder: Path, partial_id: str) -> None:
    """Remove the origin of a partial that has left its folder, and the folder when that is empty."""
    (folder / origin_name(partial_id)).unlink(missing_ok=True)
    _remove_empty(folder)


def write_origin(root: Path, item_id: str, origin: Origin, folder: Path | None = None) -> None:
    """Write an item's origin file, for good, before the item itself arrives in incoming/ or another folder."""
    file = (folder or root / "incoming") / origin_name(item_id)
    file.unlink(missing_ok=True)
    write_new(file, origin_text(origin))
    flush_file(file)


def place_of(sidecar: Sidecar) -> str:
    """Return where a decided item lies, relative to the root; the day is the day we took it."""
    day = id_time(sidecar.id).strftime("%Y-%m-%d")
    folder = f"accepted/{sidecar.camera_id}" if sidecar.verdict == "accepted" else f"rejected/{sidecar.reason}"
    return f"{folder}/{day}/{sidecar.id}-{safe_name(sidecar.upload_path)}"


def commit(root: Path, decided: list[Decided]) -> list[str]:
    """Put verdicts on disk, in the order that survives a power cut, and return the places.

    Image and sidecar are flushed first; the sidecar gets its name beside the item's place; the item's rename is the
    commit; its marks in the outbox follow; then the folders are flushed. The sidecar's name in incoming/ stays until
    `forget_aside`: it tells recovery where the item was going. All that is written shares its flushes. Raise OSError:
    then each item still lies in incoming/, or is committed whole, perhaps without its marks.

    A sidecar that lies aside already tells of a commit that broke off, perhaps because a flush failed. The next flush
    of the same file may succeed though its bytes are lost: the kernel has given them up. So they are written anew.
    """
    places = [place_of(one.sidecar) for one in decided]
    for one in decided:
        if (root / "incoming" / aside_name(one.sidecar.id)).exists():
            _write_anew(root, one)
        _write_aside(root, one.sidecar)
    _flush_content(root, decided)
    folders = {(root / place).parent for place in places}
    fresh = {made for folder in folders for made in _make_folder(folder)}
    for one, place in zip(decided, places, strict=True):
        _link_sidecar(root / "incoming" / aside_name(one.sidecar.id), root / f"{place}.json", root / place)
        rename_new(root / "incoming" / one.name, root / place)
    marked = make_marks(root, ((target, one.sidecar.id) for one in decided for target in one.targets))
    _flush_names(root, folders | fresh | marked)
    return places


def earlier_name(whole: Sidecar, item_id: str) -> str:
    """Return the name in incoming/ of a report that stood before the last one of a file."""
    origin = origin_of_earlier(whole)
    return incoming_name(item_id, origin.connection or LOCAL, origin.upload_path)


def put_earlier(root: Path, decided: Iterable[Decided]) -> None:
    """Let the earlier reports of files be items in incoming/, before those files are committed.

    Their bytes and origins are flushed first and share that flush; the commit of their files flushes their names.
    Raise OSError: then some may be there, each whole. Those are left as they are when this is done again.
    """
    wanted = [(one.sidecar, report) for one in decided for report in one.earlier]
    missing = [one for one in wanted if not (root / "incoming" / earlier_name(one[0], one[1].id)).exists()]
    if not missing:
        return
    try:
        for whole, report in missing:
            _write_earlier(root, whole, report)
        flush_file_system(root)
        for whole, report in missing:
            check_written(root / "incoming" / origin_name(report.id))
            check_written(root / "incoming" / copy_name(report.id))
            rename_new(root / "incoming" / copy_name(report.id), root / "incoming" / earlier_name(whole, report.id))
    except OSError:
        _drop_unfinished(root, missing)
        raise


def _write_earlier(root: Path, whole: Sidecar, report: EarlierReport) -> None:
    origin, copy = root / "incoming" / origin_name(report.id), root / "incoming" / copy_name(report.id)
    origin.unlink(missing_ok=True)
    copy.unlink(missing_ok=True)
    write_new(origin, origin_text(origin_of_earlier(whole)))
    write_new(copy, report.content)


def _drop_unfinished(root: Path, reports: Iterable[tuple[Sidecar, EarlierReport]]) -> None:
    """Remove what was written of reports that have not become items: on a full disk others need the room."""
    for whole, report in reports:
        (root / "incoming" / copy_name(report.id)).unlink(missing_ok=True)
        if not (root / "incoming" / earlier_name(whole, report.id)).exists():
            (root / "incoming" / origin_name(report.id)).unlink(missing_ok=True)


def forget_aside(root: Path, item_ids: Iterable[str]) -> None:
    """Remove what accompanied items in incoming/, once they are committed and the index knows them."""
    for item_id in item_ids:
        (root / "incoming" / aside_name(item_id)).unlink(missing_ok=True)
        sweep_left(root, item_id)
        (root / "incoming" / origin_name(item_id)).unlink(missing_ok=True)


def sweep_left(root: Path, item_id: str) -> None:
    """Finish a requeueing that broke off: remove the sidecar at the place that the item has left."""
    with suppress(FileNotFoundError, ValueError):
        origin = parse_origin((root / "incoming" / origin_name(item_id)).read_bytes())
        if origin.left:
            remove_sidecar(root, origin.left)


def requeue(root: Path, place: str, sidecar: Sidecar, origin: Origin) -> str:
    """Move a rejected item back to incoming/ and return its name there. Raise FileNotFoundError when it is gone."""
    write_origin(root, sidecar.id, origin)
    name = incoming_name(sidecar.id, origin.connection or "local", origin.upload_path)
    rename_new(root / place, root / "incoming" / name)
    remove_sidecar(root, place)
    return name


def delete(root: Path, place: str) -> None:
    """Delete a decided item and then its sidecar. Raise FileNotFoundError when neither is there."""
    item, sidecar = root / place, root / f"{place}.json"
    if not item.exists() and not sidecar.exists():
        raise FileNotFoundError(place)
    item.unlink(missing_ok=True)
    sidecar.unlink(missing_ok=True)
    _remove_empty(item.parent)


def discard(root: Path, place: str, folder: Path) -> None:
    """Move a decided item and then its sidecar to a folder of the trash, at the same place there.

    Raise FileNotFoundError when neither is there.
    """
    item, sidecar, target = root / place, root / f"{place}.json", folder / place
    if not item.exists() and not sidecar.exists():
        raise FileNotFoundError(place)
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        item.rename(target)
    with suppress(FileNotFoundError):
        sidecar.rename(folder / f"{place}.json")
    _remove_empty(item.parent)


def put_back(root: Path, folder: Path, place: str) -> None:
    """Move a sidecar and then its item from a folder of the trash back, on the disk when this returns.

    Raise FileExistsError, and change nothing, where another item lies there.
    """
    item, parent = root / place, (root / place).parent
    if item.exists():
        raise FileExistsError(errno.EEXIST, "Another item lies there", str(item))
    changed = _make_folder(parent)
    with suppress(FileNotFoundError):
        (folder / f"{place}.json").rename(root / f"{place}.json")
    rename_new(folder / place, item)
    _flush_names(root, {parent, *changed})
    left = (folder / place).parent
    while left != folder.parent:
        _remove_empty(left)
        left = left.parent


def amend(root: Path, amended: list[tuple[Sidecar, str]]) -> None:
    """Put sidecars in the places of those that lie beside decided items, each whole or not at all, with few flushes.

    Each is written aside in incoming/ first, under a name that recovery removes after a kill. Raise OSError: then some
    may have their new sidecar and the others their old one.
    """
    asides = [root / "incoming" / copy_name(sidecar.id) for sidecar, _ in amended]
    for aside, (sidecar, _) in zip(asides, amended, strict=True):
        aside.unlink(missing_ok=True)
        write_new(aside, sidecar_text(sidecar).encode())
    flush_file_system(root)
    for aside, (_, place) in zip(asides, amended, strict=True):
        check_written(aside)
        aside.replace(root / f"{place}.json")
    _flush_names(root, {(root / place).parent for _, place in amended})


def remove_sidecar(root: Path, place: str) -> None:
    """Remove a sidecar whose item has left, and its folder when that is empty. Never one that has its item.

    There is none where somebody put a file in the way of its folder: that must not stop the watcher, now or each time
    it starts.
    """
    if not (root / place).exists():
        with suppress(FileNotFoundError, NotADirectoryError):
            (root / f"{place}.json").unlink()
        _remove_empty((root / place).parent)


def _write_anew(root: Path, one: Decided) -> None:
    """Put an item's bytes into a new file, flushed and of the content that was decided about, in the item's place."""
    item, copy = root / "incoming" / one.name, root / "incoming" / copy_name(one.sidecar.id)
    copy.unlink(missing_ok=True)
    sha256 = copy_new(item, copy)
    if one.sidecar.sha256 not in (None, sha256):
        raise OSError(errno.EIO, "Its content changed while it was written anew", str(item))
    exchange(copy, item)
    copy.unlink()


def _write_aside(root: Path, sidecar: Sidecar) -> None:
    aside = root / "incoming" / aside_name(sidecar.id)
    aside.unlink(missing_ok=True)
    write_new(aside, sidecar_text(sidecar).encode())


def _flush_content(root: Path, decided: list[Decided]) -> None:
    """One flush for all, also for one item's two files: a slow volume takes its time for every flush."""
    flush_file_system(root)
    for one in decided:
        for name in (one.name, aside_name(one.sidecar.id)):
            check_written(root / "incoming" / name)


def _flush_names(root: Path, folders: set[Path]) -> None:
    if len(folders) > 1:
        flush_file_system(root)
        return
    for folder in folders:
        flush_folder(folder)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and return the folders that got a new entry by it, for flushing."""
    changed: list[Path] = []
    missing = folder
    while not missing.is_dir():
        missing = missing.parent
        changed.append(missing)
    folder.mkdir(parents=True, exist_ok=True)
    return changed


def _link_sidecar(aside: Path, target: Path, item: Path) -> None:
    try:
        os.link(aside, target)
    except FileExistsError:
        if item.exists():
            raise
        target.unlink()
        os.link(aside, target)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
