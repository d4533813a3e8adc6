"""Where a verdict's time goes: the gateway's own functions, in one process, each with a stopwatch around it."""

import io
import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ingest import pipeline
from ingest.index.store import open_index
from ingest.pipeline import Originals, Spellings
from ingest.profiles.catalogue import load_catalogue
from ingest.reading import facts
from ingest.reading.exiftool import Exiftool
from ingest.settings.values import Settings
from ingest.spool import moves
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.watching.queue import BATCH_MAX
from tests.bench.files import Kind, fill_incoming
from tests.bench.spool import bench_spool

STEPS = (
    (pipeline, "give_verdict", "read"),
    (facts, "sha256", "hash"),
    (pipeline, "read_facts", "facts"),
    (pipeline, "decide", "decide"),
    (moves, "_write_aside", "sidecar"),
    (moves, "_flush_content", "flush"),
    (moves, "_flush_names", "flush"),
    (moves, "commit", "rename"),
    (pipeline, "settle_spellings", "compare"),
    (pipeline, "settle_duplicates", "compare"),
    (pipeline, "enter", "index"),
    (pipeline, "forget_aside", "clear"),
    (pipeline.log, "info", "log"),
)
"""Functions and the steps that their own time counts for; the time of one inside another counts for the inner one."""


class Stopwatch:
    """State that lives for one run: the seconds of each step, and which steps are inside one another now."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside: list[str] = []
        self._since = 0.0

    def around(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        """Return the function with a stopwatch around it."""

        def timed(*words: Any, **named: Any) -> Any:
            self._switch()
            self._inside.append(step)
            try:
                return function(*words, **named)
            finally:
                self._switch()
                self._inside.pop()

        return timed

    def _switch(self) -> None:
        now = time.perf_counter()
        if self._inside:
            self.seconds[self._inside[-1]] += now - self._since
        self._since = now


def shares(kind: Kind) -> dict[str, float]:
    """Return milliseconds a file, and the share of each step in per cent."""
    with bench_spool() as root, _logging():
        fill_incoming(root, kind, kind.count)
        os.sync()
        with _timed_steps() as watch:
            _decide_all(root)
    total_s = sum(watch.seconds.values())
    parts = {f"{step} %": seconds / total_s * 100 for step, seconds in watch.seconds.items()}
    return {"ms a file": total_s / kind.count * 1000, **parts}


@contextmanager
def _logging() -> Iterator[None]:
    """Write log lines as the watcher does, to nowhere."""
    handler, level = logging.StreamHandler(io.StringIO()), pipeline.log.level
    pipeline.log.addHandler(handler)
    pipeline.log.setLevel(logging.INFO)
    yield
    pipeline.log.setLevel(level)
    pipeline.log.removeHandler(handler)


@contextmanager
def _timed_steps() -> Iterator[Stopwatch]:
    watch = Stopwatch()
    with ExitStack() as stack:
        for owner, name, step in STEPS:
            stack.enter_context(patch.object(owner, name, watch.around(getattr(owner, name), step)))
        yield watch


def _decide_all(root: Path) -> None:
    """The life of every file in incoming/ as pipeline.py tells it, in batches as large as the queue's."""
    settings = replace(Settings(root=root), profiles=())
    catalogue = load_catalogue(settings.profile_folders)
    index = open_index(root)
    originals: Originals = {}
    spellings: Spellings = {}
    cameras, exiftool = KnownCameras(root), Exiftool()
    names = sorted(os.listdir(root / "incoming"))
    for begin in range(0, len(names), BATCH_MAX):
        batch = names[begin : begin + BATCH_MAX]
        decided = [
            pipeline.give_verdict(root, name, _item(root, name), catalogue, settings, exiftool, cameras)
            for name in batch
        ]
        spelled = pipeline.settle_spellings(root, decided, index, spellings)
        settled = pipeline.settle_duplicates(root, spelled, index, originals)
        places = moves.commit(root, settled)
        pipeline.remember(root, index, [(one.sidecar, place) for one, place in zip(settled, places, strict=True)])
    index.close()


def _item(root: Path, name: str) -> Item:
    return pipeline.item_in(root, name, lambda _connection: (None, None))
