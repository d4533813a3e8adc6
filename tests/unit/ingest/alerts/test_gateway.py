"""What is wrong with the gateway itself."""

from typing import Any

import pytest

from ingest.alerts.gateway import gateway_troubles, is_blind
from ingest.alerts.trouble import RefusedLogIns, Trouble
from ingest.settings.values import Alerts
from ingest.spool.stamp import utc_text
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, facts, incident, part


def found(*parts: dict[str, Any], **changes: Any) -> list[Trouble]:
    return list(gateway_troubles(facts(parts={one["name"]: one for one in parts}, **changes)))


def test_of_a_gateway_that_is_well_nothing_is_told() -> None:
    names = ("watcher", "queue", "disk", "uploads", "ftps", "ftps-implicit", "certificate", "audit", "timers")
    assert found(*(part(name, "good") for name in names), part("outbox", "good", targets={})) == []
    assert found() == []


@pytest.mark.parametrize("name", ["watcher", "queue", "disk", "certificate", "audit", "uploads"])
def test_a_part_that_is_not_well_is_told_in_its_own_words(name: str) -> None:
    for state, is_urgent, level in (("attention", False, 1.0), ("bad", True, 2.0)):
        (one,) = found(part(name, state, "It is <bad>.\n", transfers=1))
        assert (one.rule, one.sentence, one.is_urgent, one.level) == (
            name,
            "It is <bad>.\N{REPLACEMENT CHARACTER}",
            is_urgent,
            level,
        )
        assert one.task and one.title


def test_an_audit_that_has_not_run_yet_is_nobodys_trouble() -> None:
    assert found(part("audit", "attention")) == []


def test_both_ports_are_one_trouble_and_two_are_worse_than_one() -> None:
    (one,) = found(part("ftps", "bad", "Port 21 is down."), part("ftps-implicit", "good"))
    (both,) = found(part("ftps", "bad", "Port 21 is down."), part("ftps-implicit", "bad", "Port 990 too."))
    assert one.key == both.key == "ports:" and one.level < both.level
    assert both.sentence == "Port 21 is down. Port 990 too."


def test_the_canary_is_told_apart_from_other_tasks() -> None:
    assert [one.rule for one in found(part("timers", "bad", **{"camspool-canary": "exit-code"}))] == ["canary"]
    other = part("timers", "attention", **{"camspool-canary": "success", "camspool-audit": "exit-code"})
    assert [one.rule for one in found(other)] == ["tasks"]


def outbox(**figures: Any) -> dict[str, Any]:
    whole = {"waiting": 0, "failed": 0, "oldest_age_s": 0.0, "is_paused": False, "last_error": None, **figures}
    return part("outbox", "attention", targets={"nas": whole})


def test_a_target_is_told_whose_items_wait_too_long_or_are_refused() -> None:
    (late,) = found(outbox(waiting=9, oldest_age_s=90_000.0, last_error="It is off."))
    assert late.key == "backlog:nas" and late.sentence == "9 items wait for nas, the oldest for 25 h. It is off."
    (refused,) = found(outbox(failed=2))
    assert refused.sentence == "nas refuses 2 for good." and refused.level < late.level
    assert found(outbox(waiting=9, oldest_age_s=80_000.0)) == []
    assert found(outbox(waiting=9, oldest_age_s=90_000.0, is_paused=True)) == []


def test_refused_log_ins_are_told_from_a_number_on() -> None:
    def told(times: int) -> list[Trouble]:
        return found(log_ins=[RefusedLogIns("north", times, "100.64.1.7", NOW - HOUR, NOW)])

    assert told(2) == []
    (one,) = told(3)
    assert one.key == "log-ins:north" and "last from 100.64.1.7" in one.sentence
    assert found(log_ins=[RefusedLogIns("n", 3, None, NOW, NOW)], settings=Alerts(refused_log_ins=9)) == []


def heard(hours_ago: float, **changes: Any) -> list[str]:
    return [one.key for one in found(last_heard_at=NOW - hours_ago * HOUR, longest_pause_h=4.0, **changes)]


def test_no_camera_at_all_is_told_after_twice_the_longest_pause() -> None:
    assert (heard(8), heard(8.5)) == ([], ["nobody:"])
    assert [one.key for one in found(last_heard_at=NOW - 4 * HOUR, longest_pause_h=0.5)] == ["nobody:"]
    assert found(last_heard_at=NOW - 9 * DAY) == [] and found(longest_pause_h=1.0) == []


def test_it_is_over_with_the_first_sign_of_a_camera() -> None:
    known = incident("nobody:", began_at=utc_text(NOW - 9 * HOUR))
    assert heard(9, open=[known]) == ["nobody:"] and heard(8.9, open=[known]) == []


def test_it_lasts_though_the_pauses_of_before_are_forgotten_meanwhile() -> None:
    known = incident("nobody:", began_at=utc_text(NOW - 20 * DAY))
    for heard_at in (NOW - 20 * DAY, None):
        assert [one.key for one in found(last_heard_at=heard_at, open=[known])] == ["nobody:"]
    assert found(last_heard_at=NOW, open=[known]) == []


def test_while_the_gateway_is_blind_nobody_is_missed_but_what_is_known_stays() -> None:
    watcher = incident("watcher:")
    assert is_blind(facts(open=[watcher])) and not is_blind(facts(open=[incident("audit:")]))
    assert heard(20, open=[watcher]) == []
    assert heard(20, open=[watcher, incident("nobody:", began_at=utc_text(NOW - 20 * HOUR))]) == ["nobody:"]
