"""A queue driven by hand: fed and listened to as the watcher does, and what has become of its items."""

import os
import signal
import sqlite3
from multiprocessing.connection import wait
from pathlib import Path

from ingest.index.places import day_folders, items_in, read_sidecar
from ingest.profiles.catalogue import load_catalogue
from ingest.settings.values import SHIPPED_PROFILES
from ingest.spool.sidecar import Sidecar
from ingest.watching.pool import Worker
from ingest.watching.queue import Queue
from tests.unit.ingest.watching.photos import photo, put_waiting

SHIPPED = load_catalogue([SHIPPED_PROFILES])


def put_photos(queue: Queue, count: int) -> list[str]:
    """Let photos `0.JPG`, `1.JPG` and so on join the queue; return their names in incoming/."""
    names = [put_waiting(queue.root, f"{number}.JPG", photo(number)) for number in range(count)]
    queue.add(names)
    return names


def work_off(queue: Queue) -> None:
    """Do what the watcher does, until every item has its verdict and the index knows it."""
    queue.feed(SHIPPED)
    while not queue.is_idle or queue.index_writer.is_behind or queue.trouble:
        listen(queue)
        queue.feed(SHIPPED)


def listen(queue: Queue) -> None:
    """Act on the next word of each worker that says something; workers at work say something sooner or later."""
    pipes = {worker.pipe: worker for worker in queue.workers if worker.phase != "idle"}
    for pipe in wait(list(pipes)) if pipes else []:
        queue.listen(pipes[pipe])  # type: ignore[index]


def stop(worker: Worker) -> None:
    """Let a worker stand still until it is killed."""
    assert worker.process.pid
    os.kill(worker.process.pid, signal.SIGSTOP)
    os.waitpid(worker.process.pid, os.WUNTRACED)


def decided(root: Path) -> dict[str, Sidecar]:
    """Return the sidecars by upload path; fails where a path has two."""
    places = [place for folder in day_folders(root) for place in items_in(root, folder)]
    sidecars = [sidecar for place in places if (sidecar := read_sidecar(root, place))]
    found = {sidecar.upload_path: sidecar for sidecar in sidecars}
    assert len(found) == len(sidecars) == len(places)
    return found


def in_index(index: sqlite3.Connection) -> list[str]:
    """Return the upload paths that the index knows, sorted."""
    return [row[0] for row in index.execute("SELECT upload_path FROM items ORDER BY 1")]
