"""A tree that a camera makes, step by step, as bytes: a line is a folder to make and enter, `..`, or `+` and a file."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.pipeline import item_in
from ingest.spool.patience import Patience
from ingest.spool.trees import remove_empty_folders
from ingest.taking.arrived import take_finished
from tests.faults.sweeping import SCRATCH
from tests.samples.judging import ITEM_ID
from tests.spools import make_spool

STEPS_MAX = 1200
"""Deeper than Python recurses."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def tree(content: bytes) -> None:
    """The folders and files of one connection: each file is taken under its path, and then nothing is left."""
    with TemporaryDirectory(prefix="camspool-fuzz-", dir=SCRATCH) as folder:
        root = make_spool(Path(folder))
        top = root / "uploads" / ITEM_ID
        top.mkdir()
        made = _make(top, content.split(b"\n")[:STEPS_MAX])
        before = len(os.listdir("/proc/self/fd"))
        patience = Patience()
        names = list(take_finished(root, patience, lambda _: None))
        paths = [item_in(root, name, lambda _: (None, None)).upload_path for name in names]
        assert sorted(paths) == sorted(made) or any(len(path) > 8000 for path in made)
        assert len(paths) == len(made)
        assert not patience.out_of_reach and not patience.arriving
        assert remove_empty_folders(top)
        assert len(os.listdir("/proc/self/fd")) == before


def _make(top: Path, steps: list[bytes]) -> list[bytes]:
    """Make what the steps say; return the paths of the files."""
    made: list[bytes] = []
    names: list[bytes] = []
    here = os.open(top, _FOLDER)
    for step in steps:
        with suppress(OSError, ValueError):
            if step == b".." and names:
                here = _replaced(here, os.open("..", _FOLDER, dir_fd=here))
                names.pop()
            elif step.startswith(b"+"):
                _put(step[1:], here)
                made.append(b"/".join([*names, step[1:]]))
            elif b"/" not in step and step not in (b"", b".", b".."):
                here = _replaced(here, _entered(step, here))
                names.append(step)
    os.close(here)
    return made


def _replaced(old: int, new: int) -> int:
    os.close(old)
    return new


def _put(name: bytes, above: int) -> None:
    if b"/" in name:
        raise ValueError("a name has no slash")
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660, dir_fd=above)
    os.write(descriptor, b"x")
    os.close(descriptor)


def _entered(name: bytes, above: int) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=above)
    return os.open(name, _FOLDER, dir_fd=above)
