"""Archives for tests: a spool whose items go to a store, a courier that takes them there, and a look at the store."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.outbox.answers import Job
from ingest.outbox.courier import Courier
from ingest.outbox.kinds import KINDS
from ingest.settings.targets import ArchiveOptions, Selection, Target
from ingest.spool.deliveries import Delivery, done_days, done_on
from ingest.spool.outbox import mark_again, marked_ids, try_at_once
from ingest.spool.sidecar import Sidecar
from tests.seaweed import REMOTE, Seaweed, rclone_words
from tests.spools import put_item

NAME = "archive"


@dataclass(frozen=True)
class Archive:
    """A spool, and the job of archiving what is in it."""

    root: Path
    job: Job

    @property
    def places(self) -> list[str]:
        """Where the items lie."""
        files = (self.root / "accepted").glob("*/*/*")
        return sorted(str(file.relative_to(self.root)) for file in files if file.suffix != ".json")

    def put(self, content: bytes, **changes: Any) -> tuple[Sidecar, str]:
        """Commit a photo, with the mark that it has to go to the archive."""
        sidecar, place = put_item(self.root, content, sha256=hashlib.sha256(content).hexdigest(), **changes)
        mark_again(self.root, [(NAME, sidecar.id)])
        return sidecar, place

    def carry(self, is_stopping: Callable[[], bool] = lambda: False) -> Courier:
        """Let a courier take all that can go now; return it."""
        courier = Courier(replace(self.job, is_stopping=is_stopping), KINDS["archive"])
        try_at_once(self.root, NAME)
        while courier.turn() == 0.0 and not is_stopping():
            continue
        return courier

    @property
    def waiting(self) -> list[str]:
        """The ids of what still has to go."""
        return marked_ids(self.root, NAME)

    @property
    def done(self) -> list[Delivery]:
        """Every answer."""
        return [one for day in done_days(self.root, NAME) for one in done_on(self.root, NAME, day)]


def archive_of(folder: Path, root: Path, **options: Any) -> Archive:
    """Return the archive of a spool: by default in a store of SeaweedFS, below the name of the test's folder."""
    target = Target(NAME, "archive", Selection(sends=("accepted", "reports")), ArchiveOptions(**options))
    return Archive(root, Job(root, folder.name, target))


def in_store(seaweed: Seaweed, archive: Archive, remote: str = REMOTE) -> dict[str, tuple[str, str]]:
    """Return the hash and the time of each object in the gateway's folder, by its place."""
    words = [*rclone_words(seaweed), "lsjson", "-R", "--files-only", "--hash", f"{remote}/{archive.job.gateway}"]
    listed = subprocess.run(words, capture_output=True, check=False)
    if listed.returncode == 3:
        return {}
    return {one["Path"]: (one["Hashes"]["md5"], one["ModTime"]) for one in json.loads(listed.stdout)}


def content_in_store(seaweed: Seaweed, archive: Archive, place: str) -> bytes:
    """Return the bytes of an object."""
    words = [*rclone_words(seaweed), "cat", f"{REMOTE}/{archive.job.gateway}/{place}"]
    return subprocess.run(words, capture_output=True, check=True).stdout


def overwrite_in_store(seaweed: Seaweed, archive: Archive, place: str, content: bytes) -> None:
    """Change an object, as only its owner can."""
    words = [*rclone_words(seaweed), "rcat", f"{REMOTE}/{archive.job.gateway}/{place}"]
    subprocess.run(words, input=content, check=True)


def running_rclones() -> list[int]:
    """Return the ids of the rclone processes that this process has started."""
    children = [
        child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [int(child) for child in children if _program(child) == "rclone"]


def _program(process: str) -> str:
    try:
        return Path(f"/proc/{process}/exe").readlink().name
    except OSError:
        return ""
