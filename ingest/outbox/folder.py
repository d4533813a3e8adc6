"""The kind `folder`: puts photos into a folder tree, for a NAS or for programs that read folders, such as an AI.

Nothing there is ever overwritten. A photo that is there already with the same bytes has arrived.
"""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from ingest.errors import in_words
from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.folder_pattern import beside, filled_in, values_of
from ingest.outbox.instances import Instance, add_instances
from ingest.settings.targets import FolderOptions
from ingest.spool.corrections import corrected
from ingest.spool.durable import copy_new, flush_file, flush_folder, read_whole, rename_new
from ingest.spool.known_cameras import KnownCameras

PARCELS_MAX = 200
_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS})


@dataclass(frozen=True)
class _Put:
    """Where a photo lies now, below the folder; None where both its names are another photo's."""

    path: PurePosixPath | None


def deliver(job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
    """Put the photos into the tree, then enter them in instances.json where it is kept, then tell.

    Raise TargetDownError when the folder is not there, cannot be written or is full.
    """
    options, cameras = _options(job), KnownCameras(job.root)
    _check_folder(options)
    put: list[tuple[Parcel, _Put]] = []
    try:
        for parcel in parcels:
            if job.is_stopping():
                break
            with suppress(FileNotFoundError):  # it has left the spool; the courier asks what became of it
                put.append((parcel, _put(job.root, options, cameras, parcel)))
        if options.instances:
            add_instances(options.folder, [_instance(options, parcel, one.path) for parcel, one in put if one.path])
    except OSError as error:
        raise TargetDownError(f"{options.folder} cannot be written: {in_words(error)}.") from error
    tell([_answer(options, parcel, one) for parcel, one in put])


def try_out(job: Job) -> str:
    """Say that the folder can be written to: a file is made there and removed."""
    options = _options(job)
    _check_folder(options)
    probe = options.folder / ".camspool-test"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise TargetDownError(f"{options.folder} cannot be written: {in_words(error)}.") from error
    return f"{options.folder} can be written."


def _options(job: Job) -> FolderOptions:
    if not isinstance(job.options, FolderOptions):
        raise TypeError(f"{job.target.name} is no folder")
    return job.options


def _check_folder(options: FolderOptions) -> None:
    """Raise TargetDownError where the folder is missing: what is not mounted must not be filled beneath its mount."""
    if not options.folder.is_dir():
        raise TargetDownError(f"The folder {options.folder} is not there; mount it, or make it.")


def _put(root: Path, options: FolderOptions, cameras: KnownCameras, parcel: Parcel) -> _Put:
    camera_id = corrected(parcel.sidecar).camera_id
    record = cameras.record(camera_id) if camera_id else None
    path = filled_in(options.pattern, values_of(parcel.sidecar, record))
    for wanted in (path, beside(path, parcel.id)):
        if _put_at(root / parcel.place, options, wanted):
            if options.sidecars:
                _put_at(root / f"{parcel.place}.json", options, wanted.with_name(f"{wanted.name}.json"))
            return _Put(wanted)
    return _Put(None)


def _put_at(source: Path, options: FolderOptions, path: PurePosixPath) -> bool:
    """Put a file there; say whether it lies there now. Raise OSError, FileNotFoundError when the source has gone."""
    target = options.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(options.folder.resolve()):
        raise OSError(errno.ELOOP, "A link there leads out of the folder", str(target.parent))
    aside = target.with_name(f".{target.name}.new")
    aside.unlink(missing_ok=True)
    _link_or_copy(source, aside, link=options.link)
    try:
        rename_new(aside, target)
    except FileExistsError:
        return _same(source, target)
    finally:
        aside.unlink(missing_ok=True)
    flush_folder(target.parent)
    return True


def _link_or_copy(source: Path, target: Path, *, link: bool) -> None:
    """Make a hard link where that is wanted and can be, or else a copy that is on the disk."""
    if link:
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
        else:
            return
    copy_new(source, target)
    flush_file(target)


def _same(source: Path, target: Path) -> bool:
    if target.is_symlink() or not target.is_file() or target.stat().st_size != source.stat().st_size:
        return False
    return sha256(read_whole(str(target))).digest() == sha256(read_whole(str(source))).digest()


def _instance(options: FolderOptions, parcel: Parcel, path: PurePosixPath) -> Instance:
    now = corrected(parcel.sidecar)
    return Instance(str(options.folder / path), options.country or None, now.latitude, now.longitude)


def _answer(options: FolderOptions, parcel: Parcel, put: _Put) -> Answer:
    if put.path is None:
        said = f"Both names that it could have in {options.folder} are other photos': add {{id}} to the pattern."
        return Answer(parcel.id, "failed", said)
    return Answer(parcel.id, "delivered", f"It lies in {options.folder / put.path}.", {"path": str(put.path)})
