import os
import signal
from pathlib import Path

import pytest

from ingest.spool.lock import SpoolLockedError, spool_lock


def test_a_second_holder_is_told_who_is_at_work(tmp_path: Path) -> None:
    with spool_lock(tmp_path), pytest.raises(SpoolLockedError, match="at work"), spool_lock(tmp_path):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    with spool_lock(tmp_path):
        pass
    with spool_lock(tmp_path):
        pass


def test_a_forked_child_keeps_the_lock_of_its_parent(tmp_path: Path) -> None:
    with spool_lock(tmp_path):
        child = os.fork()
        if child == 0:
            signal.pause()
    with pytest.raises(SpoolLockedError), spool_lock(tmp_path):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with spool_lock(tmp_path):
        pass
