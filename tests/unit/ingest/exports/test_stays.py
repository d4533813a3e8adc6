"""Where cameras stood."""

from datetime import datetime
from random import Random

from ingest.exports.camera_facts import CameraFacts, Shot
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay, stays_of, when_s
from ingest.exports.wrong_clocks import WrongClock
from ingest.reading.location import Position
from ingest.spool.sites import Site
from tests.exported import DAY_S, NOON_S, OAK, facts

ELM = (52.12, 5.1)


def around(position: Position, days: range, look: str = "") -> tuple[Shot, ...]:
    """Return a photo of each day, with the error of a GPS."""
    dice = Random(15)
    return tuple(
        Shot(
            NOON_S + day * DAY_S,
            NOON_S + day * DAY_S + 30,
            position=(position[0] + dice.uniform(-1e-4, 1e-4), position[1] + dice.uniform(-1e-4, 1e-4)),
            look=look,
        )
        for day in days
    )


def found(known: CameraFacts) -> list[Stay]:
    return stays_of(known, ())


def test_without_a_site_photos_tell_where_and_from_when_on_it_stood_elsewhere() -> None:
    first, second = found(facts(shots=(*around(OAK, range(10)), *around(ELM, range(10, 20)))))
    assert (first.since_s, first.until_s) == (ALWAYS_S, NOON_S + 10 * DAY_S)
    assert (second.since_s, second.until_s) == (NOON_S + 10 * DAY_S, NEVER_S)
    assert abs(first.position[0] - OAK[0]) < 1e-4 and abs(second.position[0] - ELM[0]) < 1e-4
    assert first.uncertainty_m and first.uncertainty_m <= 20 and not first.is_entered


def test_one_photo_that_is_far_off_is_an_error_of_the_gps() -> None:
    (stay,) = found(facts(shots=(*around(OAK, range(10)), *around(ELM, range(10, 11)), *around(OAK, range(11, 20)))))
    assert abs(stay.position[0] - OAK[0]) < 1e-4 and stay.uncertainty_m is not None


def test_sites_of_the_record_hold_from_then_until_then_and_end_where_the_next_begins() -> None:
    day_2, day_5 = (datetime.fromisoformat(day) for day in ("2026-06-03", "2026-06-06"))
    sites = (Site(*OAK, "Oak", day_2, None), Site(*ELM, "Elm", day_5, None))
    oak, elm = found(facts(sites=sites))
    assert (oak.name, oak.since_s, oak.until_s) == ("Oak", NOON_S + DAY_S * 3 // 2, NOON_S + DAY_S * 9 // 2)
    assert oak.knows_since and oak.knows_until and elm.knows_since and not elm.knows_until and elm.is_entered


def test_a_camera_that_photos_show_elsewhere_has_moved_whatever_its_record_says() -> None:
    site = Site(*OAK, "Oak")
    oak, away, back = found(
        facts(sites=(site,), shots=(*around(OAK, range(5)), *around(ELM, range(5, 9)), *around(OAK, range(9, 12))))
    )
    assert (oak.name, away.name, back.name) == ("Oak", "", "Oak") and not away.is_entered
    assert back.position == OAK and away.since_s == NOON_S + 5 * DAY_S


def test_another_model_from_a_moment_on_is_another_camera_and_two_in_turns_are_left() -> None:
    replaced = (*around(OAK, range(5), "A-1"), *around(OAK, range(7, 12), "B-2"))
    first, second = found(facts(shots=replaced))
    assert (first.look, second.look) == ("A-1", "B-2") and second.since_s == NOON_S + 7 * DAY_S
    turns = [*around(OAK, range(0, 10, 2), "A-1"), *around(OAK, range(1, 11, 2), "B-2")]
    assert len(found(facts(shots=turns))) == 1


def test_where_nothing_tells_there_is_none_and_the_record_of_former_times_is_better_than_nothing() -> None:
    assert found(facts(shots=(Shot(NOON_S, NOON_S),))) == []
    (stay,) = found(facts(other_position=OAK))
    assert stay.position == OAK


def test_a_photo_of_a_clock_at_another_day_counts_when_it_came() -> None:
    clock = WrongClock(NOON_S, NOON_S, 2192 * DAY_S)
    assert when_s(Shot(NOON_S - 2192 * DAY_S, NOON_S), (clock,)) == NOON_S
    assert when_s(Shot(NOON_S - 42 * DAY_S, NOON_S), ()) == NOON_S - 42 * DAY_S
