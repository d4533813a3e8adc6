"""Opens items of the spool for reading, by the place that the index knows, never by what a browser says."""

import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_original(root: Path, place: str) -> BinaryIO:
    """Open an item. Raise FileNotFoundError when it is gone or is not a plain file below the spool root."""
    if place.startswith("/") or ".." in place.split("/"):
        raise FileNotFoundError(place)
    try:
        descriptor = os.open(root / place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise FileNotFoundError(place) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(place)
    return os.fdopen(descriptor, "rb")
