"""What runs by the clock and fails is told, with where to look; a canary that fails now is bad."""

from typing import Any

import pytest

from ingest.upkeep import timers
from ingest.upkeep.part import Part
from ingest.upkeep.timers import judge_timers, timers_part

NOW_S = 100_000.0
NAMES = ("camspool-canary", "camspool-audit", "camspool-retention")


def _units(**changes: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return what systemd says where all is well; `changes` by the last word of a name: result, ago_s, timer."""
    units: dict[str, dict[str, str]] = {}
    for name in NAMES:
        change = changes.get(name.rpartition("-")[2], {})
        ended = NOW_S - change.get("ago_s", 300.0)
        units[f"{name}.service"] = {
            "ActiveState": "inactive",
            "Result": change.get("result", "success"),
            "ExecMainExitTimestampMonotonic": str(int(ended * 1e6)) if ended else "0",
        }
        units[f"{name}.timer"] = {"ActiveState": change.get("timer", "active"), "Result": "success"}
    return units


def _judged(**changes: dict[str, Any]) -> Part:
    return judge_timers(_units(**changes), NOW_S)


def test_all_is_good_when_every_last_run_succeeded_or_none_was_yet() -> None:
    assert _judged() == Part(
        "timers", "good", "Every task that runs by the clock succeeded.", dict.fromkeys(NAMES, "success")
    )
    assert _judged(retention={"ago_s": NOW_S}).state == "good"


def test_a_canary_that_fails_now_is_bad_and_one_that_failed_long_ago_is_not() -> None:
    part = _judged(canary={"result": "exit-code"})
    assert part.state == "bad"
    assert part.sentence == (
        "The canary, a test photo over both ports, failed 5 min ago (exit-code). "
        "See: journalctl -u camspool-canary -n 50."
    )
    old = _judged(canary={"result": "timeout", "ago_s": 3 * 3600.0})
    assert (old.state, "failed 3 h ago (timeout)" in old.sentence) == ("attention", True)


def test_a_canary_that_could_not_even_start_is_bad() -> None:
    part = _judged(canary={"result": "resources", "ago_s": NOW_S})
    assert (part.state, "failed (resources)." in part.sentence) == ("bad", True)


@pytest.mark.parametrize("task", ["audit", "retention"])
def test_another_task_that_fails_asks_for_attention_and_says_where_to_look(task: str) -> None:
    part = _judged(**{task: {"result": "exit-code"}})
    assert (part.state, part.figures[f"camspool-{task}"]) == ("attention", "exit-code")
    assert f"See: journalctl -u camspool-{task} -n 50." in part.sentence


def test_every_failure_is_told_and_the_worst_counts() -> None:
    part = _judged(canary={"result": "exit-code"}, retention={"result": "signal"})
    assert part.state == "bad"
    assert part.sentence.count("See: ") == 2


def test_a_timer_that_was_stopped_is_told() -> None:
    part = _judged(canary={"timer": "inactive"})
    assert part.state == "attention"
    assert part.sentence.endswith("does not run any more. Start it: systemctl start camspool-canary.timer.")


def test_a_certificate_that_is_not_renewed_is_told_where_certbot_does_that() -> None:
    certbot = {"ActiveState": "failed", "Result": "exit-code", "ExecMainExitTimestampMonotonic": "1000000"}
    part = judge_timers(_units() | {"certbot.service": certbot}, NOW_S)
    assert (part.state, "The renewal of the certificate failed 27 h ago" in part.sentence) == ("attention", True)


def test_a_systemd_that_tells_nothing_is_not_taken_for_good() -> None:
    assert judge_timers({}, NOW_S).state == "attention"


def test_where_systemd_does_not_run_nothing_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "has_systemd", lambda: False)
    assert timers_part().state == "good"
