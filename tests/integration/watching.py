"""A real watcher process on a spool without FTPS, and what must hold of a spool whatever happened to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.index.places import day_folders, items_in
from ingest.spool.sidecar import Sidecar, parse_sidecar
from ingest.spool.stamp import new_id

CAMSPOOL = str(Path(sys.executable).with_name("camspool"))
ENDLESS = "a" * 60 + "!.jpg"
"""A name over which `endless_profile` thinks until its time is over."""


def start_watcher(root: Path, *words: str, command: Sequence[str] = (CAMSPOOL,)) -> subprocess.Popen[bytes]:
    """Start `camspool watch` on a spool, or another `command`; its log lines go to watch.log beside the spool."""
    with (root.parent / "watch.log").open("ab") as log:
        return subprocess.Popen([*command, "--root", str(root), *words, "watch"], stderr=log)


@contextmanager
def watching(root: Path, *words: str, command: Sequence[str] = (CAMSPOOL,)) -> Iterator[subprocess.Popen[bytes]]:
    """Run the watcher; on return it has stopped by itself after SIGTERM."""
    watcher = start_watcher(root, *words, command=command)
    try:
        yield watcher
    finally:
        watcher.send_signal(signal.SIGCONT)
        # What a test wants may be there before the watcher has come so far that it stops by itself.
        until(lambda: watcher.poll() is not None or _minds_sigterm(watcher.pid), 60, "the watcher minds SIGTERM")
        watcher.send_signal(signal.SIGTERM)
        assert watcher.wait(30) == 0


def _minds_sigterm(pid: int) -> bool:
    """Say whether a process catches SIGTERM (proc_pid_status(5), SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


def drain(root: Path, *words: str) -> None:
    """Run `camspool drain` to its end."""
    subprocess.run([CAMSPOOL, "--root", str(root), *words, "drain"], check=True, stderr=subprocess.PIPE, timeout=300)


def new_connection(root: Path) -> Path:
    """Return a new folder as a connection gets it."""
    folder = root / "uploads" / new_id()
    folder.mkdir()
    return folder


def until(condition: Callable[[], bool], patience_s: float, what: str, step_s: float = 0.05) -> None:
    """Wait for a condition, looking once a step; fail with `what` was awaited."""
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {patience_s} s in vain: {what}"
        time.sleep(step_s)


def decided(root: Path) -> dict[str, Sidecar]:
    """Return every decided item's sidecar by place; fails where an item lacks a complete sidecar of its own."""
    found = {}
    for folder in day_folders(root):
        for place in items_in(root, folder):
            sidecar = parse_sidecar((root / f"{place}.json").read_bytes())
            assert sidecar.size_bytes == (root / place).stat().st_size
            found[place] = sidecar
    return found


def lone_sidecars(root: Path) -> list[str]:
    """Return the sidecars without an item: leftovers that recovery should have swept."""
    return [
        f"{folder}/{name}"
        for folder in day_folders(root)
        for name in os.listdir(root / folder)
        if name.endswith(".json") and not (root / folder / name.removesuffix(".json")).exists()
    ]


def is_settled(root: Path) -> bool:
    """Say whether nothing arrives and nothing waits."""
    arriving = any(files for _, _, files in os.walk(root / "uploads"))
    return not arriving and not os.listdir(root / "incoming")


def endless_profile(folder: Path) -> Path:
    """Write a settings file with profiles that together think for two seconds over some names, and allow one a file.

    Each search has an end of its own, see ingest/profiles/patterns.py: it takes many to use up a file's time.
    """
    for number in range(40):
        profile = folder / "profiles" / f"endless-{number}"
        profile.mkdir(parents=True)
        (profile / "profile.toml").write_text(
            'name = "Endless"\nevidence = "made for this test"\n[image]\nmatch = { path = "(a|aa)+$" }\n'
            'require = ["camera_id"]\n[image.fields]\ncamera_id = { from = "path" }\n'
        )
    settings = folder / "camspool.toml"
    settings.write_text(f'profiles = ["{folder / "profiles"}"]\n[limits]\nfile_seconds = 1\n')
    return settings
