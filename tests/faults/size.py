"""How large a program has become: with its children, from /proc."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """What a program holds. `memory_mb` counts its children too, what they share once for each."""

    memory_mb: float
    descriptors: int
    watches: int

    def __str__(self) -> str:
        """Return it as words."""
        return f"{self.memory_mb:.0f} MB, {self.descriptors} descriptors, {self.watches} watches"


def size(pid: int) -> Size:
    """Measure a process that runs."""
    family = [pid, *_children(pid)]
    folder = Path(f"/proc/{pid}/fdinfo")
    details = [text for entry in folder.iterdir() if (text := _read(entry)) is not None]
    watches = sum(text.count("inotify wd:") for text in details)
    return Size(sum(map(_resident_mb, family)), len(details), watches)


def has_grown(early: Size, late: Size) -> bool:
    """Say whether a program has grown by more than its work varies: as a leak does in the end.

    A watch belongs to a connection that is being served or has just been: some dozens come and go.
    """
    return (
        late.memory_mb > early.memory_mb * 1.3 + 30
        or late.descriptors > early.descriptors + 50
        or late.watches > early.watches + 200
    )


def _children(pid: int) -> list[int]:
    text = _read(Path(f"/proc/{pid}/task/{pid}/children"))
    return [int(child) for child in (text or "").split()]


def _resident_mb(pid: int) -> float:
    text = _read(Path(f"/proc/{pid}/statm"))
    return int(text.split()[1]) * 4096 / 1e6 if text else 0.0


def _read(file: Path) -> str | None:
    """Processes and descriptors come and go while we look."""
    try:
        return file.read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return None
