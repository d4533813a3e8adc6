"""The demo's archive: SeaweedFS, a real S3 server, on this machine, into which everything that is accepted goes."""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tabulate import tabulate

from ingest.errors import CamspoolError
from ingest.index.places import day_folders, items_in, read_sidecar
from ingest.outbox.filling import Extent, fill
from ingest.settings.values import Settings
from ingest.spool.deliveries import proved_ids
from ingest.spool.durable import replace_file
from ingest.spool.outbox import marked_ids
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Sidecar
from tests.seaweed import REMOTE, Seaweed, rclone_words, running_seaweed

TARGET, GATEWAY = "archive", "demo"
STUCK_S = 60.0
"""So long nothing may become proved before the demo gives up."""
_SETTINGS = """\
# Made by ./dev demo at each start: camspool.toml and, at the end, an archive on this machine.
gateway = "{gateway}"
{own}
[targets.{target}]
kind = "archive"
remote = "{remote}"
config_file = "{config_file}"
"""

Kept = tuple[Sidecar, str]
"""An accepted item: its sidecar, and its place in the spool."""


@dataclass(frozen=True)
class Proved:
    """How many items are accepted, how many of them are proved, and a sentence about each that lacks something."""

    accepted: int
    proved: int
    lacking: Sequence[str]


@contextmanager
def archive_in(folder: Path) -> Iterator[Seaweed]:
    """Run the archive of the demo in a folder. Raise CamspoolError when it does not start."""
    try:
        with running_seaweed(folder) as seaweed:
            yield seaweed
    except RuntimeError as error:
        raise CamspoolError(str(error)) from error


def settings_with_archive(settings_file: Path, seaweed: Seaweed) -> Path:
    """Write settings that are those of a file and an archive; return their file, which lies beside that one."""
    file = settings_file.with_name("demo.toml")
    text = _SETTINGS.format(
        gateway=GATEWAY,
        own=settings_file.read_text("utf-8"),
        target=TARGET,
        remote=REMOTE,
        config_file=seaweed.config_file.resolve(),
    )
    replace_file(file, text.encode())
    return file


def send_earlier_items(settings: Settings) -> None:
    """Let what is accepted already go to the archive, too: it has nothing of it yet, or some."""
    prepare_spool(settings.root)
    fill(settings.root, settings.targets[0], Extent(), "demo")


def wait_for_proofs(root: Path, seaweed: Seaweed) -> Proved:
    """Return what the archive has when all is proved, or when no more has gone there for STUCK_S."""
    fewest, since = len(marked_ids(root, TARGET)), time.monotonic()
    while True:
        waiting = len(marked_ids(root, TARGET))
        if waiting < fewest:
            fewest, since = waiting, time.monotonic()
        is_stuck = time.monotonic() > since + STUCK_S
        if is_stuck or not waiting:
            proved = judge(root, accepted_items(root), objects_in(seaweed))
            if is_stuck or not proved.lacking:
                return proved
        time.sleep(0.5)


def accepted_items(root: Path) -> list[Kept]:
    """Return what is accepted, by the folders alone."""
    places = (
        place for folder in day_folders(root) if folder.startswith("accepted/") for place in items_in(root, folder)
    )
    return [(sidecar, place) for place in places if (sidecar := read_sidecar(root, place))]


def objects_in(seaweed: Seaweed) -> Mapping[str, int]:
    """Ask the store itself, with a key of its owner, for its objects and their sizes in bytes."""
    words = ["lsf", "--recursive", "--files-only", "--format=ps", "--separator=\t", f"{REMOTE}/{GATEWAY}"]
    ran = subprocess.run([*rclone_words(seaweed), *words], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise CamspoolError(f"The archive cannot be asked what it holds. rclone: {ran.stderr.strip()}")
    lines = (line.rpartition("\t") for line in ran.stdout.splitlines())
    return {name: int(size) for name, _, size in lines}


def judge(root: Path, kept: Sequence[Kept], objects: Mapping[str, int]) -> Proved:
    """Compare what is accepted with what the outbox has noted of the archive, and with what the archive says itself."""
    by_day = groupby(sorted(kept, key=_day), key=_day)
    noted = {one for day, items in by_day for one in proved_ids(root, TARGET, day, items)}
    lacking = [said for item in kept if (said := _lack(item, noted, objects))]
    return Proved(len(kept), len(kept) - len(lacking), lacking)


def _day(item: Kept) -> str:
    return item[1].split("/")[2]


def _lack(item: Kept, noted: set[str], objects: Mapping[str, int]) -> str | None:
    sidecar, place = item
    if sidecar.id not in noted:
        return f"{place}: the outbox has no proof of it."
    if objects.get(place) != sidecar.size_bytes:
        return f"{place}: the archive has {objects.get(place, 'none')} of its {sidecar.size_bytes} bytes."
    return None if f"{place}.json" in objects else f"{place}: its sidecar is not in the archive."


def show_proved(proved: Proved) -> bool:
    """Print how many accepted items are proved; return whether all are."""
    print(f"{proved.proved} of {proved.accepted} accepted items are proved in the archive, {REMOTE}/{GATEWAY}.")
    for said in proved.lacking[:3]:
        print(f"Not proved: {said}")
    return not proved.lacking


def show_archive(seaweed: Seaweed, settings_file: Path) -> None:
    """Print how to look at the archive."""
    look = " ".join([*rclone_words(seaweed), "ls", REMOTE])
    rows = [
        ("Archive", f"SeaweedFS at {seaweed.endpoint}"),
        ("What it holds", look),
        ("What waits for it", f".venv/bin/camspool --config {settings_file} outbox list"),
    ]
    print("\nThe archive, an S3 store on this machine:")
    print(tabulate(rows, tablefmt="plain", disable_numparse=True), flush=True)
