"""The worst part is the state of the whole."""

from ingest.upkeep.part import Part, shown_age, worst


def test_the_worst_state_wins() -> None:
    parts = [Part("disk", "good", "."), Part("queue", "attention", "."), Part("audit", "good", ".")]
    assert worst(part.state for part in parts) == "attention"
    assert worst(["attention", "bad"]) == "bad"


def test_a_length_of_time_is_said_in_the_unit_that_suits_it() -> None:
    assert [shown_age(age_s) for age_s in (0.4, 119, 120, 7199, 7200, 172_800)] == [
        "0 s",
        "119 s",
        "2 minutes",
        "119 minutes",
        "2 hours",
        "2 days",
    ]
