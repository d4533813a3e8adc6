"""People are told once for each cause, again when it is worse, once when it is over; at night only what is urgent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.alerts.judging import Judged
from ingest.alerts.memory import Memory
from ingest.alerts.telling import Call, Moment, calls, digest, is_digest_due, told
from ingest.settings.values import Alerts
from ingest.spool.incidents import Incident, Known, Message
from ingest.spool.stamp import utc_text
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, incident

LOOKED = Memory(looked_at=NOW - timedelta(minutes=1))
NIGHT = datetime(2026, 6, 1, 23, tzinfo=UTC)


def at(now: datetime = NOW, **settings: Any) -> Moment:
    return Moment(now, UTC, replace(Alerts(), **settings))


def new(key: str, **changes: Any) -> Incident:
    return incident(key, **{"told_at": None, "told_level": 0.0, **changes})


def said(*open_: Incident, ended: tuple[Incident, ...] = (), memory: Memory = LOOKED, **changes: Any) -> list[Call]:
    return calls(Judged(open_, ended, {}), changes.get("known", {}), memory, changes.get("moment") or at())


def test_a_new_incident_is_told_with_what_to_do() -> None:
    (call,) = said(new("battery:oak", title="Oak: 9 %"))
    assert (call.what, call.title, call.text) == ("opened", "Oak: 9 %", "It is.\nGo.")
    assert said(incident("battery:oak")) == []


def test_several_of_one_rule_are_one_message_and_of_two_rules_two() -> None:
    one, two = said(new("battery:a", title="A"), new("battery:b", title="B"), new("card:c", title="C"))
    assert one.title == "A battery runs out, 2 times" and one.text == "- A\n- B\nGo."
    assert two.title == "C"
    (many,) = said(*(new(f"battery:{number}") for number in range(40)))
    assert "- and 10 more" in many.text


def test_the_very_first_look_tells_all_at_once() -> None:
    (call,) = said(new("battery:a"), new("moved:b", urgency="urgent"), memory=Memory())
    assert (call.what, len(call.incidents)) == ("digest", 2)
    assert call.title == "Camspool begins to tell you what is wrong: 2 things are now"


def test_at_night_only_what_is_urgent_is_told_and_the_rest_in_the_morning() -> None:
    notice, urgent = new("battery:a", title="A"), new("moved:b", urgency="urgent", title="B")
    assert [one.title for one in said(notice, urgent, moment=at(NIGHT))] == ["B"]
    assert [one.title for one in said(notice, moment=at(NIGHT + 7 * HOUR))] == ["A"]
    assert [one.title for one in said(notice, moment=at(NIGHT, quiet_from="", quiet_until=""))] == ["A"]


@pytest.mark.parametrize(
    ("hour", "since", "until", "is_quiet"),
    [
        (23, "22:00", "06:00", True),
        (5, "22:00", "06:00", True),
        (6, "22:00", "06:00", False),
        (12, "12:00", "14:00", True),
        (14, "12:00", "14:00", False),
        (11, "12:00", "14:00", False),
    ],
)
def test_quiet_hours_may_reach_over_midnight(hour: int, since: str, until: str, is_quiet: bool) -> None:
    assert at(NOW.replace(hour=hour), quiet_from=since, quiet_until=until).is_quiet is is_quiet


def test_the_hour_is_that_of_the_cameras() -> None:
    assert Moment(NIGHT, ZoneInfo("America/New_York"), Alerts()).is_quiet is False


def test_what_a_rule_finds_soon_after_its_last_message_waits_but_what_is_urgent() -> None:
    memory = replace(LOOKED, told_at={"battery": NOW - HOUR, "moved": NOW - HOUR})
    assert [
        one.title for one in said(new("battery:a"), new("moved:b", urgency="urgent", title="B"), memory=memory)
    ] == ["B"]
    assert len(said(new("battery:a"), memory=replace(memory, told_at={"battery": NOW - 7 * HOUR}))) == 1


def test_worse_is_told_and_as_bad_is_not() -> None:
    (call,) = said(incident("battery:a", level=2.0, title="A: 9 %"))
    assert (call.what, call.title) == ("worse", "Worse: A: 9 %")
    assert said(incident("battery:a", level=0.5)) == []


def test_twice_as_many_cameras_are_told_a_day_later_but_not_of_an_outage() -> None:
    told_at = utc_text(NOW - 25 * HOUR)
    grown = incident("clock:zone 1", told_at=told_at, cameras=("a", "b"), told_cameras=("a",))
    assert [one.what for one in said(grown)] == ["worse"]
    assert said(replace(grown, told_at=utc_text(NOW - HOUR))) == []
    assert said(replace(grown, cameras=("a", "b", "c"), told_cameras=("a", "b"))) == []
    assert said(replace(grown, key="silent:since x", rule="silent", cameras=tuple("abcdef"))) == []


def known(one: Incident, **changes: Any) -> dict[str, Known]:
    return {one.id: Known(one.id, "ann", utc_text(NOW - DAY), **changes)}


def test_what_somebody_knows_of_is_told_no_more_until_the_day_that_they_said() -> None:
    worse = incident("battery:a", level=2.0)
    assert said(worse, known=known(worse)) == []
    assert said(worse, known=known(worse, until=utc_text(NOW + DAY))) == []
    same = incident("battery:a", messages=(Message("m", "opened", utc_text(NOW - 3 * DAY), "", ""),))
    assert [one.what for one in said(same, known=known(same, until=utc_text(NOW - HOUR)))] == ["worse"]
    again = replace(same, messages=(*same.messages, Message("n", "worse", utc_text(NOW - HOUR / 2), "", "")))
    assert said(again, known=known(again, until=utc_text(NOW - HOUR))) == []


def test_the_end_is_told_to_who_was_told_of_the_beginning() -> None:
    over = incident("battery:a", ended_at=utc_text(NOW), how_it_ended="It is over.", title="A")
    (call,) = said(ended=(over,))
    assert (call.what, call.title, call.text) == ("ended", "Over: A", "It is over.")
    assert said(ended=(replace(over, told_at=None),)) == []
    assert said(ended=(over,), moment=at(NIGHT)) == []
    (both,) = said(ended=(over, replace(over, id="x", title="B")))
    assert both.text == "- A. It is over.\n- B. It is over."


def test_a_digest_lists_what_is_open_and_nobody_knows_of() -> None:
    one, two = incident("battery:a", title="A"), incident("watcher:", title="The watcher does not work")
    call = digest([one, two, new("card:c")], known(one), at())
    assert call and (call.title, call.text) == ("one thing is wrong", "- The watcher does not work, since 11:00")
    assert digest([one], known(one), at()) is None
    both = digest([one, two], {}, at())
    assert both and both.text.index("watcher") < both.text.index("- A")


def test_a_digest_is_due_once_a_day_from_its_hour_on() -> None:
    yesterday = Memory(digest_day="2026-05-31")
    assert is_digest_due(yesterday, at()) and not is_digest_due(yesterday, at(NOW.replace(hour=6)))
    assert not is_digest_due(Memory(digest_day="2026-06-01"), at())
    assert not is_digest_due(yesterday, at(digest_at=""))


def test_what_was_told_is_noted() -> None:
    after = told(new("battery:a", level=2.0, cameras=("a",)), "opened", at())
    assert (after.told_at, after.told_level, after.told_cameras) == (utc_text(NOW), 2.0, ("a",))
    assert told(incident("battery:a"), "ended", at()).is_end_told


def test_what_was_told_by_a_clock_that_was_ahead_keeps_nothing_back() -> None:
    ahead = replace(LOOKED, told_at={"battery": NOW + 300 * DAY})
    assert len(said(new("battery:a"), memory=ahead)) == 1
