"""Two makes under one ID, met and split by the real watcher, also when it is killed in the middle."""

import signal
import subprocess
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from ingest.index.store import read_index
from ingest.requests.answers import read_answer
from ingest.requests.writing import ask
from ingest.simulation.photos import swift_name, swift_photo, willfine_photo
from ingest.spool.corrections import corrected
from ingest.spool.sidecar import Sidecar
from tests.integration.watching import CAMSPOOL, decided, drain, new_connection, start_watcher, until, watching
from tests.spools import make_spool

IMEI = "861943070068027"
TAKEN = datetime(2026, 4, 1, 12, 0)  # noqa: DTZ001 - camera time is naive


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_spool(tmp_path)


def send(root: Path, willfine: int, swift: int) -> None:
    """Let two cameras bring photos that name the same ID, each in a connection of its own."""
    one, other = new_connection(root), new_connection(root)
    for seed in range(willfine):
        (one / f"W{seed}.JPG").write_bytes(willfine_photo(IMEI, TAKEN, 52.1, 5.1, seed=seed, size=(64, 48)))
    for seed in range(swift):
        photo = swift_photo(TAKEN, 52.1, 5.1, seed=seed, size=(64, 48))
        (other / swift_name(IMEI, TAKEN, seed)).write_bytes(photo)


def by_make(root: Path) -> dict[str, list[Sidecar]]:
    found: dict[str, list[Sidecar]] = {}
    for sidecar in decided(root).values():
        found.setdefault(str(sidecar.exif["Make"]), []).append(sidecar)
    return found


def cameras(root: Path) -> dict[str, int]:
    with closing(read_index(root)) as index:
        return dict(index.execute("SELECT camera_id, images_accepted FROM cameras").fetchall())


def is_warned(sidecar: Sidecar) -> bool:
    return any(warning.code == "mixed_camera" for warning in sidecar.warnings)


def test_two_makes_that_come_at_once_are_met(root: Path) -> None:
    send(root, 1, 1)
    drain(root)
    assert sorted(map(is_warned, decided(root).values())) == [False, True]
    send(root, 0, 2)
    drain(root)
    assert [is_warned(one) for one in by_make(root)["SY"]].count(True) >= 1
    assert sum(map(is_warned, decided(root).values())) >= 2


def test_a_split_that_is_killed_in_the_middle_is_carried_out_whole_and_once(root: Path) -> None:
    send(root, 150, 150)
    drain(root)
    swift = by_make(root)["SY"]
    assert len(swift) == 150
    before = {place: (root / place).stat().st_ino for place in decided(root)}
    words = {"what": "camera_id", "value": "Gate_North", "why": "two cameras"}
    request = ask(root, "correct", "anna", ids=[one.id for one in swift], **words)
    watcher = start_watcher(root)
    try:
        until(lambda: any(one.corrections for one in decided(root).values()), 60, "the first note", step_s=0.0)
        watcher.send_signal(signal.SIGKILL)
    finally:
        watcher.wait(30)
    with watching(root):
        until(lambda: (root / "requests" / "done" / f"{request}.json").exists(), 60, "the answer")
    answer = read_answer(root, request)
    assert answer and (len(answer.done), answer.refused) == (150, [])
    found = decided(root)
    assert Counter(corrected(one).camera_id for one in found.values()) == {IMEI: 150, "Gate_North": 150}
    assert {len(one.corrections) for one in found.values()} == {0, 1}
    assert {place: (root / place).stat().st_ino for place in found} == before
    assert list((root / "incoming").iterdir()) == []
    assert cameras(root) == {IMEI: 150, "Gate_North": 150}
    subprocess.run([CAMSPOOL, "--root", str(root), "reindex"], check=True, capture_output=True, timeout=120)
    assert cameras(root) == {IMEI: 150, "Gate_North": 150}
    audit = subprocess.run([CAMSPOOL, "--root", str(root), "audit"], check=False, capture_output=True, timeout=120)
    assert audit.returncode == 0, audit.stdout
