"""Commands run inside the test's own process: what they set for a whole process is as before after each test."""

import logging
import os
import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _process_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("CAMSPOOL_CONFIG", "CAMSPOOL_ROOT", "CAMSPOOL_FTPS_PASSWORD", "JOURNAL_STREAM"):
        monkeypatch.delenv(name, raising=False)
    log = logging.getLogger("camspool")
    logging_before, level = (log.handlers, log.propagate, log.filters[:]), log.level
    umask = os.umask(0o022)
    os.umask(umask)
    on_lease = signal.getsignal(signal.SIGIO)
    yield
    log.handlers, log.propagate, log.filters = logging_before
    log.setLevel(level)
    os.umask(umask)
    signal.signal(signal.SIGIO, on_lease)
