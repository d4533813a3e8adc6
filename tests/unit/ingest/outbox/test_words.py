"""How a target stands, in a sentence for the person who may act."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.outbox.outlook import Outlook
from ingest.outbox.standing import Standing
from ingest.outbox.words import is_stuck, oldest_words, standing_words
from ingest.spool.stamp import new_id, utc_text

NOW = datetime(2026, 4, 9, 12, tzinfo=UTC)
OLDEST = new_id(NOW - timedelta(hours=2))
WELL = Standing("nas", "archive", 0, None, 0, is_paused=False, outlook=None, began_at=NOW, is_filled=True)
DOWN = Outlook("", None, "It is full.", "", "2026-04-09T12:10:00.000000Z", 3)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Everything has gone."),
        ({"waiting": 3}, "Carries what waits."),
        ({"waiting": 3, "outlook": DOWN}, "It is full. It is tried again at 12:10 UTC."),
        ({"waiting": 0, "outlook": DOWN}, "Everything has gone."),
        ({"waiting": 1, "outlook": Outlook("", item_trouble="too dark")}, "Of some items: too dark"),
        ({"is_paused": True}, "It rests, as somebody wanted; camspool outbox resume nas lets it go on."),
        ({"failed": 1}, "1 item refused for good; camspool outbox retry nas sends again."),
        ({"failed": 2}, "2 items refused for good; camspool outbox retry nas sends again."),
        ({"kind": None, "waiting": 1}, "The settings name it no more, so nothing goes there: set it again, or delete"),
        ({"is_filled": False}, "What was accepted before 2026-04-09 12:00 UTC does not go there by itself: camspool"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(changes: dict[str, Any], sentence: str) -> None:
    assert standing_words(replace(WELL, **changes)).startswith(sentence)


def test_several_things_stand_beside_each_other() -> None:
    said = standing_words(replace(WELL, waiting=1, failed=2, outlook=DOWN))
    assert (
        said
        == "It is full. It is tried again at 12:10 UTC. 2 items refused for good; camspool outbox retry nas \
sends again."
    )


def test_something_that_waits_for_an_hour_is_stuck_unless_somebody_wants_that() -> None:
    waiting = replace(WELL, waiting=1, oldest_id=OLDEST)
    assert [is_stuck(one, NOW) for one in (WELL, waiting, replace(waiting, is_paused=True))] == [False, True, False]
    assert not is_stuck(replace(waiting, oldest_id=new_id(NOW)), NOW)
    assert (oldest_words(waiting), oldest_words(WELL)) == ("2026-04-09 10:00", "–")


def test_years_that_go_one_after_the_other_are_not_stuck() -> None:
    years = replace(WELL, waiting=9000, oldest_id=new_id(NOW - timedelta(days=700)))
    just_now, long_ago = (utc_text(NOW - timedelta(minutes=minutes)) for minutes in (1, 61))
    assert not is_stuck(replace(years, outlook=Outlook("", just_now)), NOW)
    assert is_stuck(replace(years, outlook=Outlook("", long_ago)), NOW)
    assert is_stuck(replace(years, outlook=Outlook("", just_now, item_trouble="too dark")), NOW)
