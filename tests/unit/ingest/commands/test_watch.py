"""`camspool watch`: it says that it watches, holds the spool as long as it runs, and stops when asked to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.commands.watch import watcher_of
from ingest.errors import CamspoolError
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool.lock import SpoolLockedError, spool_lock
from ingest.spool.recovery import recover
from ingest.watching.heartbeat import read_heartbeat

CAMSPOOL = str(Path(sys.executable).with_name("camspool"))


def test_it_watches_until_it_is_asked_to_stop(root: Path) -> None:
    words = [CAMSPOOL, "--root", str(root), "watch"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, env={**os.environ, "JOURNAL_STREAM": "8:1"}) as running:
        assert running.stderr is not None
        profiles = len(list(SHIPPED_PROFILES.glob("*/profile.toml")))
        assert running.stderr.readline() == f"<6>Watching {root} with {profiles} profiles.\n".encode()
        with pytest.raises(SpoolLockedError), spool_lock(root):
            pass
        while read_heartbeat(root) is None and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGTERM)
        assert running.stderr.read() == b"<6>Stopped.\n"
        assert running.wait() == 0
    with spool_lock(root):
        pass


def test_the_spool_is_made_locked_and_given_back_whatever_happens(tmp_path: Path) -> None:
    root = tmp_path / "spool"
    root.mkdir()
    with pytest.raises(KeyError), watcher_of(Settings(root=root), 0.0) as watcher:
        assert (root / "incoming").is_dir()
        with pytest.raises(SpoolLockedError), spool_lock(root):
            pass
        raise KeyError(watcher.root)
    with spool_lock(root):
        assert recover(root) == []


def test_what_it_makes_is_for_owner_and_group_alone(root: Path) -> None:
    with watcher_of(Settings(root=root), 0.0):
        (root / "made").touch()
    assert (root / "made").stat().st_mode & 0o007 == 0
    assert (root / "cache" / "index.sqlite").stat().st_mode & 0o007 == 0


def test_a_second_watcher_is_a_sentence(root: Path) -> None:
    with (
        spool_lock(root),
        pytest.raises(CamspoolError, match="Another camspool process"),
        watcher_of(Settings(root=root), 0.0),
    ):
        pass


def test_whoever_opens_a_file_under_a_lease_does_not_end_the_watcher(root: Path) -> None:
    with watcher_of(Settings(root=root), 0.0):
        assert signal.getsignal(signal.SIGIO) == signal.SIG_IGN
