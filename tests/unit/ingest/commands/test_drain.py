"""`camspool drain` inside the test's own process: everything gets its verdict, or a sentence says why not."""

from collections import Counter
from pathlib import Path

import pytest

from ingest.commands import drain
from ingest.commands.main import main
from ingest.index.places import day_folders, items_in, read_sidecar
from ingest.requests.writing import ask
from ingest.simulation.photos import willfine_photo
from ingest.spool.lock import spool_lock
from ingest.spool.stamp import new_id
from tests.samples.willfine import IMEI, POSITION, WHEN
from tests.spools import put_item

PHOTO = willfine_photo(IMEI, WHEN, *POSITION, seed=1, size=(64, 48))


def verdicts(root: Path) -> Counter[str]:
    """Return how many items have which verdict, or which reason."""
    places = (place for folder in day_folders(root) for place in items_in(root, folder))
    sidecars = (read_sidecar(root, place) for place in places)
    return Counter(sidecar.reason or sidecar.verdict for sidecar in sidecars if sidecar)


def test_what_waits_gets_its_verdict_and_nothing_is_left(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connection = root / "uploads" / new_id()
    connection.mkdir()
    (connection / "E1.JPG").write_bytes(PHOTO)
    (connection / "clip.mp4").write_bytes(b"x")
    (root / "incoming" / f"{new_id()}~local~E2.JPG").write_bytes(PHOTO)
    assert main(["--root", str(root), "drain"]) == 0
    assert verdicts(root) == {"accepted": 1, "duplicate": 1, "unsupported_file_type": 1}
    assert list((root / "incoming").iterdir()) == []
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count(" accepted id=") == 1
    assert said.err.count(" rejected id=") == 2


def test_requests_are_carried_out_and_what_they_requeue_is_decided_too(root: Path) -> None:
    sidecar, _ = put_item(root, PHOTO, verdict="rejected", reason="no_matching_profile", camera_id=None)
    ask(root, "requeue", "anna", ids=[sidecar.id])
    assert main(["--root", str(root), "drain"]) == 0
    assert verdicts(root) == {"accepted": 1}


def test_beside_a_watcher_that_runs_it_does_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drain, "LOCK_PATIENCE_S", 0.0)
    waiting = root / "incoming" / f"{new_id()}~local~E2.JPG"
    waiting.write_bytes(PHOTO)
    with spool_lock(root):
        assert main(["--root", str(root), "drain"]) == 2
    assert "Another camspool process is at work" in capsys.readouterr().err
    assert waiting.read_bytes() == PHOTO
