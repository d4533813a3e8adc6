"""A watcher that ends again and again, as real processes: `camspool status` says so, however fresh its heartbeat is."""

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

from ingest.watching.heartbeat import read_heartbeat
from tests.integration.watching import CAMSPOOL, start_watcher, until, watching
from tests.spools import make_spool


def watcher_part(root: Path) -> dict[str, Any]:
    """Return what `camspool status` says of the watcher."""
    words = [CAMSPOOL, "--root", str(root), "status", "--json"]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)
    (part,) = (part for part in told["parts"] if part["name"] == "watcher")
    return dict(part)


def lives(root: Path, watcher: subprocess.Popen[bytes]) -> bool:
    heartbeat = read_heartbeat(root)
    return heartbeat is not None and heartbeat.pid == watcher.pid


def test_a_watcher_that_keeps_ending_is_bad_and_one_that_is_stopped_is_not(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    for _ in range(4):
        with watching(root) as watcher:
            until(lambda watcher=watcher: lives(root, watcher), 60, "its first sign of life")  # type: ignore[misc]
    assert watcher_part(root)["state"] == "good"
    for _ in range(3):
        watcher = start_watcher(root)
        until(lambda watcher=watcher: lives(root, watcher), 60, "its first sign of life")  # type: ignore[misc]
        watcher.send_signal(signal.SIGKILL)
        watcher.wait(30)
    with watching(root) as watcher:
        until(lambda: lives(root, watcher), 60, "its first sign of life")
        part = watcher_part(root)
    assert (part["state"], part["figures"]["restarts"]) == ("bad", 3)
    assert "keeps ending" in part["sentence"]
