"""Reads JSON that could be anything: whatever is wrong with it is a ValueError."""

import json
from typing import Any


def parse_json(text: str | bytes) -> Any:
    """Return what JSON text says. Raise ValueError when it is none, or nested too deeply to be ours."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("JSON that is nested too deeply") from error
