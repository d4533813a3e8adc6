"""How a setting is declared: its default, and the sentence that says what it means."""

from dataclasses import field
from typing import Any


def setting(default: Any, doc: str) -> Any:
    """Declare a key of the settings file; `doc` stands above it in the commented page."""
    return field(default=default, metadata={"doc": doc})
