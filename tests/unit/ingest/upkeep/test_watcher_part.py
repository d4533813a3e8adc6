"""The watcher is only good as long as it lives, takes everything, and does not have to be started again and again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.spool.stamp import utc_text
from ingest.upkeep.part import Part
from ingest.upkeep.watcher_part import watcher_part
from ingest.watching.heartbeat import Heartbeat

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def judged(heartbeat: Heartbeat | None, broken_off: int = 0, unit: dict[str, str] | None = None) -> Part:
    return watcher_part(heartbeat, [utc_text(NOW)] * broken_off, unit, NOW)


def heartbeat(age_s: float = 1.0, trouble: str | None = None, broken: dict[str, str] | None = None) -> Heartbeat:
    at = utc_text(NOW - timedelta(seconds=age_s))
    return Heartbeat(1, "1", at, at, 0, 0, None, 5, trouble, broken or {})


def test_a_watcher_that_never_ran_is_bad() -> None:
    assert judged(None).state == "bad"


def test_a_watcher_that_has_gone_silent_is_bad_and_says_since_when() -> None:
    part = judged(heartbeat(age_s=600))
    assert part.state == "bad" and "10 minutes ago" in part.sentence


def test_trouble_and_broken_profiles_are_told() -> None:
    assert judged(heartbeat(trouble="No space left on device")).state == "bad"
    broken = judged(heartbeat(broken={"x": "profiles/x/profile.toml: unknown key"}))
    assert (broken.state, broken.sentence) == ("attention", "profiles/x/profile.toml: unknown key")
    assert judged(heartbeat()).state == "good"


def test_what_cannot_be_taken_is_said() -> None:
    part = judged(replace(heartbeat(), out_of_reach=["a.jpg cannot be taken"]))
    assert (part.state, part.sentence) == ("attention", "a.jpg cannot be taken.")


def test_a_watcher_that_keeps_ending_is_bad_however_fresh_its_heartbeat_is() -> None:
    assert [judged(heartbeat(), broken_off).state for broken_off in (0, 1, 2, 3, 9)] == [*["good"] * 3, *["bad"] * 2]
    part = judged(heartbeat(), 5)
    assert "keeps ending: it had to be started again 5 times" in part.sentence and "journalctl" in part.sentence
    assert part.figures["restarts"] == 5


def test_systemds_counter_tells_of_one_that_ends_before_it_can_tell_itself() -> None:
    just_now = {"NRestarts": "40", "ExecMainStartTimestampMonotonic": str(10**18)}
    assert "started again 40 times" in judged(heartbeat(), 0, just_now).sentence
    never_lived = judged(None, 0, just_now)
    assert never_lived.state == "bad" and "ends before its first sign of life" in never_lived.sentence
    long_ago = {**just_now, "ExecMainStartTimestampMonotonic": str(-(10**12))}
    assert judged(heartbeat(), 0, long_ago).state == "good"


@pytest.mark.parametrize("unit", [None, {}, {"NRestarts": "[not set]", "ExecMainStartTimestampMonotonic": "0"}])
def test_without_systemds_word_its_own_counts(unit: dict[str, str] | None) -> None:
    assert judged(heartbeat(), 0, unit).state == "good"
    assert judged(heartbeat(), 3, unit).state == "bad"
