"""Time and place are what a photo may have to have, as far as the profile reads them."""

from ingest.profiles.drafted_require import decide_required, required
from ingest.profiles.drafts import Choice

FULL, HALF, SITE = Choice("a", "x", "r", ("1", "2")), Choice("a", "x", "r", ("1", "")), Choice("a", "x", "r")


def test_a_place_must_be_there_where_every_photo_has_it_and_a_time_always() -> None:
    assert required(decide_required({"captured_at": HALF, "location": FULL}, {})) == (
        "camera_id",
        "captured_at",
        "location",
    )
    assert required(decide_required({"captured_at": FULL, "location": SITE}, {})) == ("camera_id", "captured_at")
    assert required(decide_required({"latitude": FULL}, {})) == ("camera_id", "location")


def test_a_person_may_want_it_otherwise_and_is_told_what_that_means() -> None:
    answers = {"image.require.captured_at": "may", "image.require.location": "must"}
    made = decide_required({"captured_at": FULL, "location": HALF}, answers)
    assert required(made) == ("camera_id", "location")
    assert "1 of these 2 photos" in made[1].choices[0].doubt
    assert "tell no place" in decide_required({"location": SITE}, {})[0].choices[0].doubt


def test_what_the_profile_does_not_read_cannot_be_asked_for() -> None:
    assert decide_required({"captured_at": Choice("none", "no time", "")}, {"image.require.location": "must"}) == []
