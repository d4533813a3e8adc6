"""What is kept between two looks is read as it was written; what cannot be read is forgotten."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.alerts.memory import Memory, keep_memory, read_memory, recent
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW

SPAN = (NOW - HOUR, NOW)
MEMORY = Memory(NOW, {"disk:": NOW}, (SPAN,), {"oak": (SPAN,)}, {"battery": NOW}, "2026-06-01", ("x",))


def test_it_is_read_as_it_was_kept(root: Path) -> None:
    for memory in (MEMORY, Memory()):
        keep_memory(root, memory)
        assert read_memory(root) == memory


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"looked_at": 7}'])
def test_what_cannot_be_read_is_forgotten(root: Path, content: str) -> None:
    assert read_memory(root) == Memory()
    keep_memory(root, MEMORY)
    (root / "incidents/.looked.json").write_text(content)
    assert read_memory(root) == Memory()


def test_spans_are_joined_and_old_ones_forgotten() -> None:
    old, future = (NOW - 90 * DAY, NOW - 61 * DAY), (NOW, NOW + HOUR)
    assert recent((old, SPAN, (NOW - 2 * HOUR, NOW - HOUR), future), NOW) == ((NOW - 2 * HOUR, NOW),)


def test_a_long_time_without_a_look_was_away() -> None:
    assert Memory().away_until(NOW) == ()
    assert MEMORY.away_until(NOW + HOUR) == (SPAN, (NOW, NOW + HOUR))
    assert replace(MEMORY, looked_at=NOW + DAY).away_until(NOW) == (SPAN,)
