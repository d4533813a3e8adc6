"""Silent cameras are told each for itself, or together where one thing keeps them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ingest.alerts.judging import judge
from ingest.alerts.memory import Memory
from ingest.alerts.silence import silences, silent_troubles
from ingest.alerts.trouble import Facts, Trouble
from ingest.index.contacts import Contacts
from ingest.spool.incidents import Incident
from ingest.spool.stamp import new_id, utc_text
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, daily, facts, incident


def found(*contacts: Contacts, **changes: Any) -> list[Trouble]:
    return list(silent_troubles(facts(contacts=contacts, **changes)))


def opened(known: Facts) -> list[Incident]:
    return list(judge(known, silent_troubles(known), Memory(), lambda: new_id(NOW)).open)


def test_a_camera_that_keeps_its_rhythm_is_not_silent() -> None:
    assert found(daily("oak", NOW - 24 * HOUR), daily("elm", NOW - HOUR)) == []


def test_a_camera_that_does_not_is_told_with_its_last_contact() -> None:
    (one,) = found(daily("oak", NOW - 30 * HOUR), daily("elm", NOW - HOUR))
    assert (one.key, one.began_at, one.cameras) == ("silent:oak", NOW - 30 * HOUR, ("oak",))
    assert one.title == "oak is silent since 2026-05-31 06:00"
    assert "every 24 hours at the longest" in one.sentence


def test_cameras_of_one_account_that_fall_silent_together_are_one_trouble() -> None:
    north = [daily(f"n{number}", NOW - (30 + number) * HOUR) for number in range(12)]
    south = [daily(f"s{number}", NOW - number * HOUR, "south") for number in range(12)]
    (one,) = found(*north, *south)
    assert one.title == "12 cameras of account north are silent since 2026-05-31 06:00"
    assert (one.account, len(one.cameras), one.began_at) == ("north", 12, NOW - 30 * HOUR)


def test_those_of_several_accounts_are_one_trouble_without_an_account() -> None:
    cameras = [daily(f"c{number}", NOW - 30 * HOUR, f"a{number}") for number in range(4)]
    (one,) = found(*cameras)
    assert (one.account, one.title) == (None, "4 cameras are silent since 2026-05-31 06:00")


def test_two_that_fall_silent_on_the_same_day_are_two_troubles() -> None:
    assert [one.key for one in found(daily("a", NOW - 30 * HOUR), daily("b", NOW - 31 * HOUR))] == [
        "silent:b",
        "silent:a",
    ]


def test_who_should_have_been_heard_of_during_an_outage_joins_it_and_who_not_is_told_alone() -> None:
    north = [daily(f"n{number}", NOW - 30 * HOUR) for number in range(4)]
    (outage,) = opened(facts(contacts=north))
    seldom = Contacts("seldom", "north", tuple((NOW - day * DAY, NOW - day * DAY) for day in range(82, 2, -6)))
    before = daily("before", NOW - 5 * DAY)
    later = facts(now=NOW + 9 * DAY, contacts=[*north, seldom, before], open=[outage])
    grown, alone = silent_troubles(later)
    assert grown.key == outage.key and set(grown.cameras) == {"n0", "n1", "n2", "n3", "seldom"}
    assert alone.key == "silent:before"


def test_an_outage_is_over_when_most_are_heard_of_again_and_the_others_get_their_time() -> None:
    north = [daily(f"n{number}", NOW - 30 * HOUR) for number in range(8)]
    (outage,) = opened(facts(contacts=north))
    back = [daily(f"n{number}", NOW + HOUR) for number in range(2, 8)]
    still = facts(now=NOW + HOUR, contacts=[*north[:2], *back[:3], *north[5:]], open=[outage])
    assert [one.key for one in silent_troubles(still)] == [outage.key]
    over = facts(now=NOW + HOUR, contacts=[*north[:2], *back], open=[outage])
    assert list(silent_troubles(over)) == []
    (ended,) = judge(over, silent_troubles(over), Memory(), lambda: new_id(NOW)).ended
    assert ended.how_it_ended == "All are heard of again after 31 hours, but for n0 and n1: they get their time."
    span = (NOW - 30 * HOUR, NOW + HOUR)
    afterwards = facts(now=NOW + 6 * HOUR, contacts=north[:2], outages={"n0": (span,), "n1": (span,)})
    assert list(silent_troubles(afterwards)) == []
    assert [round(one.hours) for one in silences(afterwards)] == [5, 5]
    much_later = replace(afterwards, now=NOW + 30 * HOUR)
    assert [one.key for one in silent_troubles(much_later)] == ["silent:n0", "silent:n1"]


def test_one_that_is_silent_for_long_stays_so_until_it_is_heard_of() -> None:
    old = Contacts("oak", None, ((NOW - 90 * DAY, NOW - 90 * DAY),))
    known = incident("silent:oak", cameras=("oak",), began_at=utc_text(NOW - 90 * DAY))
    assert [one.key for one in found(old, open=[known])] == ["silent:oak"]
    assert found(daily("oak", NOW - HOUR), open=[known]) == []


def test_while_the_gateway_itself_is_blind_nobody_is_found_silent_anew() -> None:
    silent = daily("oak", NOW - 30 * HOUR)
    for rule in ("watcher", "ports", "nobody"):
        assert found(silent, open=[incident(f"{rule}:")]) == []
    assert found(silent, open=[incident("certificate:")]) != []


def test_time_in_which_no_camera_could_be_heard_is_no_silence() -> None:
    assert found(daily("oak", NOW - 30 * HOUR), away=[(NOW - 20 * HOUR, NOW - 10 * HOUR)]) == []


def test_a_camera_may_have_bounds_of_its_own_or_none() -> None:
    silent = daily("oak", NOW - 30 * HOUR)
    assert found(silent, records={"oak": {"alerts": {"silent_hours": 48}}}) == []
    assert found(silent, records={"oak": {"alerts": {"off": ["silent"]}}}) == []
    assert len(found(silent, records={"oak": {"alerts": {"silent_hours": "soon", "off": "silent"}}})) == 1


def test_a_camera_that_is_only_late_is_nobodys_trouble() -> None:
    assert found(daily("oak", NOW - timedelta(hours=24, minutes=40))) == []
