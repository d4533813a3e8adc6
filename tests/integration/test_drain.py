"""`camspool drain` as a person at a terminal and as the journal see it."""

import os
import pty
import subprocess
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.names import LOCAL, incoming_name
from ingest.watching.heartbeat import read_heartbeat
from tests.integration.watching import CAMSPOOL, ENDLESS, decided, endless_profile, until
from tests.samples.willfine import POSITION, WHEN
from tests.spools import make_spool

PHOTO = willfine_photo(simulated_imei(1), WHEN, *POSITION, size=(160, 120), seed=1)


@pytest.fixture(scope="module", autouse=True)
def drain_of_an_empty_upload(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A drain that waits 5 s for an upload to become longer, and its spool: beside the other tests, not after them."""
    root = make_spool(tmp_path_factory.mktemp("empty"))
    (root / "uploads" / "by-hand").mkdir()
    (root / "uploads" / "by-hand" / "0.txt").touch()
    with subprocess.Popen([CAMSPOOL, "--root", str(root), "drain"]) as running:
        yield running, root


def photos(count: int) -> list[str]:
    """Return that many file names."""
    return [f"{number}.jpg" for number in range(count)]


def put_down(root: Path, names: list[str]) -> None:
    """Put photos into incoming/ as taken items, so that nothing waits for them to be left alone."""
    for number, name in enumerate(names):
        item = incoming_name(f"20251205T154647.{number:06d}Z-{number:08x}", LOCAL, name.encode())
        (root / "incoming" / item).write_bytes(PHOTO + b"%d" % number)


def on_a_terminal(words: list[str]) -> str:
    """Run a command with a terminal as its standard error; return what it showed there."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (30, 100))
    with subprocess.Popen(words, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
        assert running.wait(200) == 0
    os.close(ours)
    return shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""


def test_lines_for_the_journal_begin_with_their_priority(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    put_down(root, photos(3))
    words = [CAMSPOOL, "--root", str(root), "drain"]
    said = subprocess.run(
        words, env={**os.environ, "JOURNAL_STREAM": "1:2"}, capture_output=True, text=True, check=True
    )
    assert [line[:12] for line in said.stderr.splitlines()] == ["<6>accepted "] * 3


def test_work_that_takes_longer_shows_how_far_it_is(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    # Each of the last six takes one of the two workers a second on any machine; the bar comes after two.
    put_down(root, [*photos(100), *[ENDLESS] * 6])
    shown = on_a_terminal([CAMSPOOL, "--config", str(endless_profile(tmp_path)), "--root", str(root), "drain"])
    assert "/106 [" in shown
    assert len(decided(root)) == 106


def test_a_drain_that_is_stopped_before_its_end_does_not_say_success(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    put_down(root, photos(3000))
    words = [CAMSPOOL, "--root", str(root), "drain"]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as running:
        until(lambda: read_heartbeat(root) is not None, 60, "the drain's start")
        running.terminate()
        assert running.wait(60) == 130
    assert len(decided(root)) < 3000
    subprocess.run(words, stderr=subprocess.DEVNULL, check=True, timeout=200)
    assert len(decided(root)) == 3000


def test_an_empty_upload_is_waited_for_and_no_longer(
    drain_of_an_empty_upload: tuple[subprocess.Popen[bytes], Path],
) -> None:
    running, root = drain_of_an_empty_upload
    assert running.wait(60) == 0
    (sidecar,) = decided(root).values()
    assert sidecar.reason == "empty_file"
