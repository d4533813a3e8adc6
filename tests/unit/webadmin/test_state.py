"""The admin's own database: made by whichever worker comes first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from webadmin.state import open_state, state_of

WORKERS, STARTS = 4, 20


def test_workers_that_start_at_the_same_moment_all_get_the_database(tmp_path: Path) -> None:
    together = Barrier(WORKERS)

    def start(cache: Path) -> None:
        together.wait(10)
        open_state(cache).close()

    with ThreadPoolExecutor(WORKERS) as workers:
        for number in range(STARTS):
            cache = tmp_path / str(number)
            cache.mkdir()
            list(workers.map(start, [cache] * WORKERS))
            with state_of(cache) as state:
                assert state.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
