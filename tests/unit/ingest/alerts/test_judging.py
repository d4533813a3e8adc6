"""What rules find becomes incidents: not at once, not twice, and over only when it is over for a while."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ingest.alerts.judging import Judged, away_now, judge, learned
from ingest.alerts.memory import ASLEEP, Memory
from ingest.alerts.trouble import Facts, Trouble
from ingest.spool.stamp import new_id, utc_text
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, daily, facts, incident

MINUTE = timedelta(minutes=1)


def trouble(rule: str = "battery", about: str = "oak", **changes: Any) -> Trouble:
    return replace(Trouble(rule, about, NOW, "Oak", "It is.", "Go.", ("oak",), level=1.0), **changes)


def judged(known: Facts, *found: Trouble, memory: Memory | None = None) -> Judged:
    return judge(known, found, memory or Memory(), lambda: new_id(known.now))


def test_a_trouble_becomes_an_incident_of_its_rule_s_urgency() -> None:
    (notice,) = judged(facts(), trouble()).open
    assert (notice.key, notice.urgency, notice.cameras, notice.told_at) == ("battery:oak", "notice", ("oak",), None)
    (urgent,) = judged(facts(), trouble("moved")).open
    assert urgent.urgency == "urgent" and urgent.began_at == urgent.opened_at == utc_text(NOW)
    (minor,) = judged(facts(), trouble("moved", is_urgent=False)).open
    assert minor.urgency == "notice"


def test_what_does_not_last_is_never_an_incident() -> None:
    first = judged(facts(), trouble("watcher", ""))
    assert first.open == () and first.suspects == {"watcher:": NOW}
    later = facts(now=NOW + 4 * MINUTE)
    second = judged(later, trouble("watcher", ""), memory=Memory(suspects=first.suspects))
    assert second.open == () and second.suspects == {"watcher:": NOW}
    third = judged(facts(now=NOW + 5 * MINUTE), trouble("watcher", ""), memory=Memory(suspects=second.suspects))
    assert [one.began_at for one in third.open] == [utc_text(NOW)] and third.suspects == {}
    assert judged(later, memory=Memory(suspects=first.suspects)).suspects == {}


def test_what_lasts_is_the_same_incident_with_the_words_of_now() -> None:
    before = incident("battery:oak", cameras=("oak",), calm_since=utc_text(NOW))
    after = judged(facts(open=[before]), trouble(title="Oak: 9 %", level=2.0, cameras=("elm", "oak")))
    (one,) = after.open
    assert one == replace(before, title="Oak: 9 %", level=2.0, cameras=("elm", "oak"), calm_since=None)
    assert after.ended == ()


def test_it_is_over_only_when_it_has_been_calm_for_a_while() -> None:
    before = incident("disk:")
    (calm,) = judged(facts(open=[before])).open
    assert calm.calm_since == utc_text(NOW)
    again = judged(facts(now=NOW + 30 * MINUTE, open=[calm]), trouble("disk", "")).open
    assert [one.calm_since for one in again] == [None]
    over = judged(facts(now=NOW + HOUR, open=[calm])).ended
    assert [(one.ended_at, one.how_it_ended) for one in over] == [(utc_text(NOW), "It is over after 2 hours.")]


def test_while_the_index_tells_nothing_incidents_of_cameras_stay_as_they_are() -> None:
    before = [incident("battery:oak"), incident("audit:")]
    found = judged(facts(open=before, knows_cameras=False))
    assert found.open == (before[0],) and [one.key for one in found.ended] == ["audit:"]


def test_a_rule_that_is_turned_off_ends_what_it_has_found() -> None:
    known = facts(open=[incident("battery:oak")])
    off = replace(known, settings=replace(known.settings, off=("battery",)))
    assert [one.how_it_ended for one in judged(off).ended] == ["The rule battery was turned off."]


def ended_with(key: str, began_at: datetime, **changes: Any) -> Judged:
    over = incident(key, began_at=utc_text(began_at), ended_at=utc_text(NOW), **changes)
    return Judged((), (over,), {})


def test_when_the_gateway_was_blind_or_nobody_was_heard_is_remembered_for_all() -> None:
    for key in ("ports:", "nobody:"):
        memory = learned(facts(), Memory(looked_at=NOW), ended_with(key, NOW - HOUR), ASLEEP)
        assert memory.away == ((NOW - HOUR, NOW),) and memory.outages == {}
    assert learned(facts(), Memory(looked_at=NOW), ended_with("audit:", NOW - HOUR), ASLEEP).away == ()


def test_an_outage_is_remembered_for_its_cameras_alone_and_for_weeks_only() -> None:
    over = ended_with("silent:since x", NOW - HOUR, cameras=("a", "b"))
    memory = learned(facts(), Memory(looked_at=NOW), over, ASLEEP)
    assert memory.outages == dict.fromkeys(("a", "b"), ((NOW - HOUR, NOW),))
    later = learned(facts(now=NOW + 61 * DAY), replace(memory, looked_at=NOW + 61 * DAY), Judged((), (), {}), ASLEEP)
    assert later.outages == {} and later.looked_at == NOW + 61 * DAY


def test_who_has_not_looked_for_long_was_away() -> None:
    memory = Memory(looked_at=NOW - HOUR)
    assert away_now(memory, [], NOW, ASLEEP) == ((NOW - HOUR, NOW),)
    assert away_now(replace(memory, looked_at=NOW - 2 * MINUTE), [], NOW, ASLEEP) == ()
    blind = [incident("ports:", began_at=utc_text(NOW - 3 * HOUR)), incident("battery:oak")]
    assert away_now(memory, blind, NOW, ASLEEP) == ((NOW - 3 * HOUR, NOW),)


def test_a_clock_that_was_ahead_leaves_no_time_of_the_future_behind() -> None:
    ahead = Memory(looked_at=NOW + DAY, away=((NOW, NOW + DAY), (NOW - DAY, NOW - HOUR)))
    assert learned(facts(), ahead, Judged((), (), {}), ASLEEP).away == ((NOW - DAY, NOW - HOUR),)


def test_how_a_silence_ended_names_the_camera() -> None:
    silent = incident("silent:oak", cameras=("oak",), began_at=utc_text(NOW - 3 * DAY))
    over = judged(facts(open=[silent], contacts=[daily("oak", NOW)])).ended
    assert [one.how_it_ended for one in over] == ["oak is heard of again, after 3 days."]


def test_a_clock_that_was_ahead_delays_no_beginning_and_no_end() -> None:
    ahead = NOW + 300 * DAY
    first = judged(facts(), trouble("watcher", ""), memory=Memory(suspects={"watcher:": ahead}))
    assert first.suspects == {"watcher:": NOW}
    (calm,) = judged(facts(open=[incident("disk:", calm_since=utc_text(ahead))])).open
    assert calm.calm_since == utc_text(NOW)
