"""The kind `archive`: copies go to a store by rclone, photos first, and count when the store's hash proves them.

Below the gateway's own folder everything lies as in the spool. Nothing there is ever overwritten or deleted: a later
state of a sidecar is an object of its own beside the first one.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from ingest.errors import in_words
from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.archive_proof import Copy, clashes, damaged, delivered, later_object, look_up, read_copy
from ingest.outbox.archive_store import Sent, Store, open_store, send
from ingest.outbox.parcels import is_as_it_was
from ingest.outbox.rclone_said import trouble_of
from ingest.spool.durable import write_new
from ingest.spool.names import one_line
from ingest.spool.stamp import new_id

PARCELS_MAX = 2000
"""So many items share the starts of rclone."""

READ_BACK = 'If it never tells another, set proof = "download": then what it holds is read back.'

READERS = 2
"""So many files are hashed at the same time."""

Copies = Mapping[str, Copy]
"""What is to lie in the archive, by the ids of the items."""


@dataclass(frozen=True)
class Arrived:
    """What came of sending one file of each item: the ids of those that the store proves, of those in whose place it
    holds other bytes, and of those that it does not have."""

    proved: list[str]
    other: list[str]
    missing: list[str]
    sent: Sent


def deliver(job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
    """Copy items to the archive, and tell of each that is proved. Raise TargetDownError when the store fails.

    A sidecar is sent when its photo is proved: whoever finds one in the archive finds the photo too.
    """
    try:
        store = open_store(job)
    except TargetDownError:
        if job.is_stopping():  # what was asked of the store was broken off
            return
        raise
    by_id = {parcel.id: parcel for parcel in parcels}
    found = read_files({one.id: (job.root / one.place, one.place) for one in parcels}, store.hash_name, tell)
    photos = {one: copy for one, copy in found.items() if by_id[one].sidecar.sha256 in (None, copy.sha256)}
    tell([damaged(by_id[one]) for one in found.keys() - photos.keys()])
    arrived = ship(store, job.root, photos)
    tell([clashes(by_id[one], photos[one], store.folder) for one in arrived.other])
    _deliver_sidecars(store, [by_id[one] for one in arrived.proved], photos, tell)
    tell(not_arrived(store, arrived))


def _deliver_sidecars(store: Store, parcels: Sequence[Parcel], photos: Copies, tell: Tell) -> None:
    """Send the sidecars of photos that are proved. Where an earlier one lies there, the one of now goes beside it."""
    root, by_id = store.job.root, {parcel.id: parcel for parcel in parcels}
    names = {parcel.id: f"{parcel.place}.json" for parcel in parcels}
    sidecars = read_files({one: (root / name, name) for one, name in names.items()}, store.hash_name, tell)
    arrived = ship(store, root, sidecars)
    tell([_delivered(store, by_id[one], photos[one], sidecars[one]) for one in arrived.proved])
    later = {one: name for one in arrived.other if (name := later_object(by_id[one]))}
    # What changed while it was on its way has not met other bytes, but its own: it has to go once more.
    same = [one for one in arrived.other if one not in later and is_as_it_was(root, by_id[one])]
    tell([clashes(by_id[one], sidecars[one], store.folder) for one in same])
    if later:
        _deliver_later_states(store, by_id, later, photos, tell)
    tell(not_arrived(store, arrived))


def _deliver_later_states(
    store: Store, by_id: Mapping[str, Parcel], names: Mapping[str, str], photos: Copies, tell: Tell
) -> None:
    """Send sidecars under names of their own, from copies, as what lies in the spool has the first one's name."""
    folder = store.job.work_folder / "sidecars"
    rmtree(folder, ignore_errors=True)
    for one, name in names.items():
        with suppress(FileNotFoundError):
            content = (store.job.root / f"{by_id[one].place}.json").read_bytes()
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_new(folder / name, content)
    sidecars = read_files({one: (folder / name, name) for one, name in names.items()}, store.hash_name, tell)
    arrived = ship(store, folder, sidecars)
    tell([_delivered(store, by_id[one], photos[one], sidecars[one]) for one in arrived.proved])
    tell([clashes(by_id[one], sidecars[one], store.folder) for one in arrived.other])
    tell(not_arrived(store, arrived))


def try_out(job: Job) -> str:
    """Write a small file under a new name into the archive, read its hash, and leave it there.

    A gateway's key should have no right to delete, so nothing is taken away again.
    """
    store = open_store(job)
    name = f"camspool-test/{new_id()}.txt"
    with TemporaryDirectory(prefix="test-", dir=job.work_folder) as folder:
        (Path(folder) / name).parent.mkdir()
        write_new(Path(folder) / name, b"Camspool has tried whether it can write here. This file may be deleted.\n")
        arrived = ship(store, Path(folder), {name: read_copy(Path(folder) / name, name, store.hash_name)})
    for answer in not_arrived(store, arrived):
        raise TargetDownError(answer.said)
    if not arrived.proved:
        raise TargetDownError(f"The {store.hash_name} that {store.remote} tells is none of the bytes. {READ_BACK}")
    return f"{store.folder} can be written, and each copy can be proved by its {store.hash_name}."


def read_files(files: Mapping[str, tuple[Path, str]], hash_name: str, tell: Tell) -> dict[str, Copy]:
    """Return what is to be sent, and tell of what cannot be read: one bad file does not keep the others.

    An item that has left meanwhile is left out: the courier asks what became of it.
    """

    def read(file: Path, name: str) -> Copy | OSError:
        try:
            return read_copy(file, name, hash_name)
        except OSError as error:
            return error

    with ThreadPoolExecutor(READERS) as pool:  # hashing leaves the interpreter to others
        found = dict(zip(files, pool.map(lambda one: read(*one), files.values()), strict=True))
    failed = {one: error for one, error in found.items() if isinstance(error, OSError)}
    unreadable = {one: error for one, error in failed.items() if not isinstance(error, FileNotFoundError)}
    tell([Answer(one, "later", f"It cannot be read: {in_words(error)}.") for one, error in unreadable.items()])
    return {one: copy for one, copy in found.items() if isinstance(copy, Copy)}


def ship(store: Store, source: Path, copies: Copies) -> Arrived:
    """Send files below a folder, and say what came of each. Raise TargetDownError when rclone cannot be used."""
    if not copies or store.job.is_stopping():
        return Arrived([], [], [], Sent({}, (), is_cut_short=True))
    sent = send(store, source, [copy.object for copy in copies.values()])
    found = {one: look_up(copy, sent.hashes) for one, copy in copies.items()}
    proved, other, missing = ([one for one in found if found[one] == word] for word in ("proved", "other", "missing"))
    return Arrived(proved, other, missing, sent)


def _delivered(store: Store, parcel: Parcel, photo: Copy, sidecar: Copy) -> Answer:
    return delivered(parcel, photo, sidecar, store.folder, store.hash_name)


def not_arrived(store: Store, arrived: Arrived) -> list[Answer]:
    """Return answers about what the store does not have; none when there was no time. Raise TargetDownError when that
    is the store's own trouble."""
    if not arrived.missing or store.job.is_stopping():
        return []
    if trouble := trouble_of(arrived.sent.complaints, store.remote):
        raise TargetDownError(trouble)
    return [] if arrived.sent.is_cut_short else _later(arrived.missing, arrived.sent)


def _later(ids: Collection[str], sent: Sent) -> list[Answer]:
    texts = [complaint.text for complaint in sent.complaints]
    why = f"rclone: {one_line(texts[0], 300)}" if texts else READ_BACK
    return [Answer(one, "later", f"The store tells no hash of it. {why}") for one in ids]
