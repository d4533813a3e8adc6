"""What has gone wrong with which item, and what follows: try again, try it alone, or reject it without reading it."""

from collections import Counter
from collections.abc import Iterable

ATTEMPTS_MAX = 3


class Failures:
    """State that lives with the queue: failures of items that have no verdict yet."""

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()
        self._condemned: dict[str, tuple[str, str | None]] = {}
        self._alone: set[str] = set()

    def note(self, name: str, traceback: str, *, too_much: bool) -> int:
        """Count a failure and return how many there have been; the last one allowed, or too much memory, condemns."""
        self._failures[name] += 1
        self._alone.add(name)
        if too_much:
            self.condemn(name, "Reading this file needed more memory than allowed.", traceback)
        elif self._failures[name] >= ATTEMPTS_MAX:
            self.condemn(name, f"Camspool failed on this file {ATTEMPTS_MAX} times.", traceback)
        return self._failures[name]

    def condemn(self, name: str, sentence: str, traceback: str | None = None) -> None:
        """Have an item rejected without reading it again; the first sentence said about it stays."""
        self._condemned.setdefault(name, (sentence, traceback))

    def sentence_on(self, name: str) -> tuple[str | None, str | None]:
        """Return why an item is not to be read again, with the traceback; None twice for all others."""
        return self._condemned.get(name, (None, None))

    def separate(self, names: Iterable[str]) -> None:
        """Have these tried one by one from now on: one of them may be what spoiled their batch."""
        self._alone.update(names)

    def is_separate(self, name: str) -> bool:
        """Say whether an item is to be tried alone."""
        return name in self._alone

    def forget(self, name: str) -> None:
        """Forget an item that has its verdict or is gone."""
        self._failures.pop(name, None)
        self._condemned.pop(name, None)
        self._alone.discard(name)
