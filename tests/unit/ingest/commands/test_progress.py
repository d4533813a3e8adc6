import os
import signal

from tqdm import tqdm

from ingest.commands.progress import progress_bar


def test_a_process_that_is_killed_while_it_draws_stops_no_other() -> None:
    assert list(progress_bar([1, 2])) == [1, 2]
    lock = tqdm.get_lock()  # type: ignore[no-untyped-call]
    child = os.fork()
    if not child:
        lock.acquire()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert lock.acquire(timeout=5)
    lock.release()
