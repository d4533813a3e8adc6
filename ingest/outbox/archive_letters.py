"""Letters in an archive: each is an object of its own, proved by the store's hash as photos are."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from ingest.outbox.answers import Answer, Job, TargetDownError, Tell
from ingest.outbox.archive import not_arrived, read_files, ship
from ingest.outbox.archive_store import Store, open_store
from ingest.spool.durable import write_new
from ingest.spool.letters import Letter, letter_text
from ingest.spool.names import safe_name

_FOLDERS = {"incident": "incidents", "camera_record": "cameras", "connection_records": "connections"}


def deliver_letters(job: Job, letters: Sequence[Letter], tell: Tell) -> None:
    """Copy letters to the archive, and tell of each that is proved. Raise TargetDownError when the store fails."""
    try:
        store = open_store(job)
    except TargetDownError:
        if job.is_stopping():
            return
        raise
    folder = job.work_folder / "letters"
    rmtree(folder, ignore_errors=True)
    names = {letter.id: object_of(letter) for letter in letters}
    for letter in letters:
        _lay_out(job, letter, folder / names[letter.id])
    copies = read_files({one: (folder / name, name) for one, name in names.items()}, store.hash_name, tell)
    tell([Answer(one, "failed", "What it is about has been deleted here.") for one in names.keys() - copies.keys()])
    arrived = ship(store, folder, copies)
    tell([_delivered(store, one, names[one], copies[one].hash) for one in arrived.proved])
    tell([Answer(one, "failed", f"{store.folder}/{names[one]} is there with other bytes.") for one in arrived.other])
    tell(not_arrived(store, arrived))


def object_of(letter: Letter) -> str:
    """Return the object that a letter becomes, below the gateway's folder.

    >>> object_of(Letter("20251205T154647.120034Z-4f2a", "camera_record", "oak", ""))
    'cameras/oak/20251205T154647.120034Z-4f2a.json'
    """
    suffix = "jsonl" if letter.place else "json"
    return f"{_FOLDERS[letter.kind]}/{safe_name(letter.about)}/{letter.id}.{suffix}"


def _lay_out(job: Job, letter: Letter, file: Path) -> None:
    """Put what a letter says where rclone takes it from; nothing where what it names is not here any more."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        write_new(file, (job.root / letter.place).read_bytes() if letter.place else letter_text(letter))


def _delivered(store: Store, letter_id: str, name: str, digest: str) -> Answer:
    where = f"{store.folder}/{name}"
    proof = {"object": where, "hash": f"{store.hash_name}:{digest}"}
    return Answer(letter_id, "delivered", f"{where} has the same {store.hash_name}.", proof)
