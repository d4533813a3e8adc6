"""The store of an archive: how it proves what it holds, and sending files there."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import in_words
from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.archive_proof import HASHES, hashes_in
from ingest.outbox.rclone import COPY_S, CUT_SHORT, Ran, options_of, run_rclone
from ingest.outbox.rclone_said import Complaint, trouble_of
from ingest.spool.deliveries import done_days, done_on
from ingest.spool.durable import flush_file_system
from ingest.spool.names import one_line

LISTED_FROM = 8
"""With so many objects in each folder, the folders are listed: one request tells of a thousand objects."""
_NOT_FOUND = 3
"""Exit status of an rclone for which a folder is missing (https://rclone.org/docs/#exit-code)."""


@dataclass(frozen=True)
class Store:
    """Where copies go: `folder` is this gateway's own, as rclone writes it; `hash_name` the hash that proves a copy.

    `reads_back`: the hash is not the store's word, but made from what is read back.
    """

    job: Job
    folder: str
    hash_name: str
    reads_back: bool

    @property
    def remote(self) -> str:
        """The store as the settings name it."""
        return options_of(self.job).remote

    @property
    def local_folder(self) -> Path | None:
        """The store, where it is a folder of this machine."""
        return _local(self.remote)


@dataclass(frozen=True)
class Sent:
    """What the store has after sending: the hash of each object that is there, what rclone complained of, and whether
    it was ended, by its time limit or by a signal, before it had come to all files."""

    hashes: Mapping[str, str]
    complaints: tuple[Complaint, ...]
    is_cut_short: bool


def open_store(job: Job) -> Store:
    """Return the store of an archive. Raise TargetDownError when it cannot be used as it is set."""
    options = options_of(job)
    local = _local(options.remote)
    if local:
        _check_folder(job, local)
    folder = folder_in(options.remote, job.gateway)
    if not local:
        _check_reachable(job, folder)
    reads_back = options.proof == "download"
    hash_name = HASHES[0] if reads_back or local else _hash_of(job)
    return Store(job, folder, hash_name, reads_back)


def folder_in(remote: str, gateway: str) -> str:
    """Return the gateway's folder in a store.

    >>> folder_in("store:traps", "north"), folder_in("store:", "north"), folder_in("/mnt/nas/", "north")
    ('store:traps/north', 'store:north', '/mnt/nas/north')
    """
    return f"{remote}{gateway}" if remote.endswith(":") else f"{remote.rstrip('/')}/{gateway}"


def send(store: Store, source: Path, objects: Sequence[str]) -> Sent:
    """Copy files below a folder to the same places in the store, and ask it for the hash of each that is there then.

    What is there already is neither sent again nor overwritten. Raise TargetDownError when rclone cannot be used.
    """
    # Where a hash can be told, it decides what is the same: the store may know no times, or round them.
    # The slash at the end spares rclone the question whether the folder is a file.
    kept = (*_selection(objects), "--immutable", "--checksum")
    limit = (f"--max-duration={COPY_S}s", "--cutoff-mode=soft")
    copied = run_rclone(store.job, ["copy", str(source), f"{store.folder}/", *kept, *limit], objects)
    _flush(store)
    if store.job.is_stopping():
        return Sent({}, copied.complaints, True)
    proof = _hashes(store, objects)
    is_cut_short = copied.status == CUT_SHORT or copied.status < 0 or proof.status < 0
    return Sent(hashes_in(proof.printed), (*copied.complaints, *proof.complaints), is_cut_short)


def _hashes(store: Store, objects: Sequence[str]) -> Ran:
    how = ("--download",) if store.reads_back else ()
    words = ["hashsum", store.hash_name, f"{store.folder}/", *_selection(objects), *how]
    return run_rclone(store.job, words, objects)


def _selection(objects: Sequence[str]) -> list[str]:
    """Return how rclone is told which objects are meant: it asks for each, or lists their folders where that is less.

    >>> _selection(["accepted/gate/2026-04-09/a.jpg"])
    ['--files-from-raw=-', '--no-traverse']
    """
    folders = {name.rpartition("/")[0] for name in objects}
    return ["--files-from-raw=-", *(["--no-traverse"] if len(objects) < LISTED_FROM * len(folders) else [])]


def _local(remote: str) -> Path | None:
    return Path(remote) if remote.startswith("/") else None


def _check_folder(job: Job, folder: Path) -> None:
    """Raise TargetDownError when a folder is not the one that it was: a disk that is not mounted looks like that."""
    if not folder.is_dir():
        raise TargetDownError(f"The folder {folder} is missing; mount or make it.")
    if not (folder / job.gateway).is_dir() and _has_delivered(job):
        said = f"{folder} does not have the folder {job.gateway} any more, into which items have gone."
        raise TargetDownError(f"{said} Is its disk mounted? If you want to begin anew, make that folder.")


def _has_delivered(job: Job) -> bool:
    answers = (one for day in done_days(job.root, job.target.name) for one in done_on(job.root, job.target.name, day))
    return any(one.outcome == "delivered" for one in answers)


def _flush(store: Store) -> None:
    """Have a copy in a folder of this machine on its disk before it is proved: reading it back would not tell."""
    if folder := store.local_folder:
        try:
            flush_file_system(folder)
        except OSError as error:
            raise TargetDownError(f"{folder} cannot be written: {in_words(error)}.") from error


def _check_reachable(job: Job, folder: str) -> None:
    """Raise TargetDownError when the store cannot be listed now: a lot of copies would take minutes to find out.

    What is not there yet (exit status 3) may only wait for its first copy.
    """
    ran = run_rclone(job, ["lsf", "--dirs-only", "--max-depth=1", f"{folder}/"])
    if ran.status not in (0, _NOT_FOUND):
        raise _down(job, ran)


def _hash_of(job: Job) -> str:
    """Return the strongest hash that the store tells and we can make."""
    remote = options_of(job).remote
    ran = run_rclone(job, ["backend", "features", remote])
    if ran.status:
        raise _down(job, ran)
    with suppress(ValueError, KeyError, TypeError):
        told = json.loads(ran.printed)["Hashes"] or ()
        if known := [name for name in HASHES if name in told]:
            return known[0]
    raise TargetDownError(f'{remote} tells no hash of what it holds; set proof = "download", then it is read back.')


def _down(job: Job, ran: Ran) -> TargetDownError:
    remote = options_of(job).remote
    said = one_line(ran.complaints[0].text, 300) if ran.complaints else f"exit status {ran.status}"
    return TargetDownError(trouble_of(ran.complaints, remote) or f"{remote} cannot be used. rclone: {said}")
