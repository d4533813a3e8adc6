"""Opens items of the spool for reading, by the location that the index knows, never by what a browser says."""

import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_original(root: Path, location: str) -> BinaryIO:
    """Open an item. Raise FileNotFoundError when it is gone or is not a plain file below the spool root."""
    if location.startswith("/") or ".." in location.split("/"):
        raise FileNotFoundError(location)
    try:
        descriptor = os.open(root / location, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise FileNotFoundError(location) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(location)
    return os.fdopen(descriptor, "rb")
