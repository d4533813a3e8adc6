"""The service looks by itself, sends a test when one is asked for, and ends when it is told to."""

import signal
import subprocess
import sys
from pathlib import Path

from ingest.alerts.service import look_once
from ingest.settings.values import Settings
from ingest.spool.incidents import CALL, TEST_REQUEST, looked_at
from ingest.spool.outbox import marked_ids
from tests.integration.watching import until


def test_it_looks_and_takes_requests_until_it_is_stopped(root: Path) -> None:
    file = root.parent / "camspool.toml"
    file.write_text('[targets.people]\nkind = "message"\nurls_file = "/nowhere"\n')
    command = [str(Path(sys.executable).with_name("camspool")), "--root", str(root), "--config", str(file)]
    with subprocess.Popen([*command, "alerts", "watch"], stderr=subprocess.PIPE, text=True) as service:
        try:
            until(lambda: looked_at(root) is not None, 120, "a look")
            first = looked_at(root)
            (root / CALL).touch()
            until(lambda: looked_at(root) != first, 30, "a look before the minute is over")
            assert not (root / CALL).exists()
            (root / TEST_REQUEST).write_text("ann")
            until(lambda: len(marked_ids(root, "people")) == 1, 120, "the test message")
        finally:
            service.send_signal(signal.SIGTERM)
        said = service.communicate(timeout=60)[1]
    assert service.returncode == 0 and "Looking after the gateway" in said


def test_one_look_measures_everything_by_itself(root: Path) -> None:
    assert look_once(Settings(root=root)).calls == ()
    assert looked_at(root) is not None
