"""Trees as strangers make them: deeper than Python recurses, with paths longer than Linux takes in one call."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

TOO_LONG = [f"{number:02}" + "x" * 248 for number in range(17)]
"""Folders in folders, whose path is longer than PATH_MAX."""

TOO_DEEP = ["d"] * 990
"""Folders in folders, of a depth at which `os.walk` ends in a RecursionError."""


def make_chain(top: Path, names: Sequence[str], content: bytes | None = None, name: str = "a.jpg") -> None:
    """Make folders in folders, and a file in the last one, as vsftpd does: step by step."""
    current = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    for folder in names:
        os.mkdir(folder, dir_fd=current)
        below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY, dir_fd=current)
        os.close(current)
        current = below
    if content is not None:
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660, dir_fd=current)
        os.write(file, content)
        os.close(file)
    os.close(current)


@contextmanager
def removed_afterwards(top: Path) -> Iterator[Path]:
    """Remove a tree in the end, however deep it is: pytest and tempfile would fail to."""
    try:
        yield top
    finally:
        subprocess.run(["rm", "-rf", "--", str(top)], check=True)
