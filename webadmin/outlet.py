"""What a zip is written into that is sent as it is made."""

from collections.abc import Iterator
from typing import Any


class Outlet:
    """Takes bytes, as a file does, and gives them on."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, content: Any) -> int:
        """Take bytes."""
        self._chunks.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> Iterator[bytes]:
        """Give on what came since."""
        yield from self._chunks
        self._chunks.clear()
