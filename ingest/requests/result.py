"""What became of one item of a request: each action returns these, and the answer holds them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """What became of one item of a request. A deleted item names its connection and path, and the beginnings that went
    into it: the audit asks for them."""

    id: str
    outcome: str
    message: str
    item_id: str | None = None
    connection: str | None = None
    upload_path: str | None = None
    beginnings: tuple[dict[str, Any], ...] = ()


Alive = Callable[[], None]
"""Called between the items of a request, which may take minutes: the watcher gives its signs of life meanwhile."""
