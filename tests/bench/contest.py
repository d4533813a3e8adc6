"""The gateway beside other FTP servers, and on a volume whose flushes are slow."""

from collections.abc import Iterator

from tests.bench.figures import Table
from tests.bench.ftps_contest import contest
from tests.bench.ftps_slow_volume import slow_volume


def measure() -> Iterator[Table]:
    """Yield photos per second side by side for two sizes, and what flushing costs one photo on a slow volume."""
    yield from contest()
    yield slow_volume()
