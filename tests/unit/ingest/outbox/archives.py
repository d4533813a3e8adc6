"""Archives in a folder of this machine, for tests: rclone is the real one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.outbox.answers import Job
from ingest.settings.targets import ArchiveOptions, Selection, Target


def archive_job(root: Path, remote: str, is_stopping: Callable[[], bool] = lambda: False, **options: Any) -> Job:
    """Return the job of archiving what is in a spool."""
    target = Target("archive", "archive", Selection(sends=("accepted",)), ArchiveOptions(remote, **options))
    return Job(root, "north", target, is_stopping)
