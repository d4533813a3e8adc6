"""The outbox in status: bad when nobody carries, attention when a person should act."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.outbox.alive import Sign
from ingest.outbox.outlook import Outlook
from ingest.outbox.standing import Standing
from ingest.spool.stamp import new_id, utc_text
from ingest.upkeep.outbox_part import outbox_part

NOW = datetime(2026, 4, 9, 12, tzinfo=UTC)
WELL = Standing("nas", "archive", 0, None, 0, is_paused=False, outlook=None, began_at=NOW, is_filled=True)
OLD = new_id(NOW - timedelta(hours=2))
WAITING = replace(WELL, waiting=2, oldest_id=new_id(NOW - timedelta(minutes=10)))
ALIVE = Sign(1, "0.1.0", utc_text(NOW), utc_text(NOW - timedelta(seconds=5)))
LATE = replace(ALIVE, at=utc_text(NOW - timedelta(minutes=5)))


def down(hours: int) -> Outlook:
    since = utc_text(NOW - timedelta(hours=hours))
    return Outlook(since, None, "It cannot be reached.", since, utc_text(NOW), 9)


@pytest.mark.parametrize(
    ("found", "sign", "state", "sentence"),
    [
        ([], None, "good", "No target is set: nothing leaves this gateway."),
        ([WELL], None, "good", "Everything has gone to its target."),
        ([WELL, WELL], ALIVE, "good", "Everything has gone to its 2 targets."),
        ([WAITING], ALIVE, "good", "2 items are on their way."),
        ([WAITING], None, "bad", "Items wait for their targets and nobody carries them. Start it: systemctl start"),
        ([WAITING], LATE, "bad", "Items wait for their targets; the outbox service gave its last sign 5 minutes ago."),
        ([replace(WAITING, is_paused=True)], None, "attention", "nas: It rests, as somebody wanted; camspool outbox"),
        ([replace(WAITING, outlook=down(2))], ALIVE, "good", "2 items are on their way."),
        ([replace(WAITING, outlook=down(25))], ALIVE, "bad", "nas: It cannot be reached. It is tried again at 12:00"),
        ([replace(WELL, outlook=down(25))], ALIVE, "good", "Everything has gone to its target."),
        ([replace(WELL, failed=1)], ALIVE, "attention", "nas: 1 item refused for good; camspool outbox retry nas"),
        ([replace(WAITING, kind=None)], None, "attention", "nas: The settings name it no more"),
        ([replace(WELL, is_filled=False)], ALIVE, "attention", "nas: What was accepted before 2026-04-09 12:00 UTC"),
        (
            [replace(WAITING, oldest_id=new_id(NOW - timedelta(hours=2)))],
            ALIVE,
            "attention",
            "nas: Nothing has gone there for an hour, though 2 items wait. See: journalctl -u camspool-outbox -n 50.",
        ),
        ([replace(WAITING, oldest_id=OLD, outlook=Outlook("", utc_text(NOW)))], ALIVE, "good", "2 items are on their"),
        ([replace(WAITING, oldest_id=OLD, outlook=down(2))], ALIVE, "attention", "nas: It cannot be reached."),
        ([replace(WELL, is_filled=False, began_at=None)], None, "good", "Everything has gone to its target."),
    ],
)
def test_it_says_how_the_way_out_is_doing(found: list[Standing], sign: Sign | None, state: str, sentence: str) -> None:
    part = outbox_part(found, sign, NOW)
    assert (part.name, part.state) == ("outbox", state)
    assert part.sentence.startswith(sentence)


def test_figures_are_there_for_all_and_for_each() -> None:
    part = outbox_part([replace(WAITING, outlook=down(2), failed=3), replace(WELL, name="hook")], ALIVE, NOW)
    figures: dict[str, Any] = part.figures
    assert (figures["waiting"], figures["failed"], figures["oldest_age_s"]) == (2, 3, 600.0)
    assert figures["targets"]["nas"] == {
        "kind": "archive",
        "waiting": 2,
        "failed": 3,
        "oldest_age_s": 600.0,
        "is_paused": False,
        "last_error": "It cannot be reached.",
        "delivered_at": None,
    }
    assert figures["targets"]["hook"]["oldest_age_s"] == 0.0
