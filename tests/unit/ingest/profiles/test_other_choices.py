"""Rules of other profiles are choices beside those that a draft finds."""

from ingest.profiles.drafts import Choice, Decision
from ingest.profiles.other_choices import LIKE, Origin, answer_to, further, with_others, without_two_places
from ingest.profiles.sources import Subject

PHOTO = [Subject("image", "n/a.jpg", exif={"Artist": "A7"})]
OWN = Origin("own", "as the profile says", {"camera_id": {"from": "exif.Artist"}, "location": None, "latitude": 7})
MODEL = Origin(LIKE, "as Acme is read", {"camera_id": {"from": "exif.Artist"}}, "acme")
FOUND = Choice("account", "the account", 'from = "account"', ("ridge",))
CAMERA = Decision("image", "camera_id", FOUND, "so", (FOUND,), "Is it?")


def test_an_own_rule_is_taken_unless_another_choice_is_the_answer() -> None:
    made = with_others(CAMERA, [OWN], PHOTO, {})
    assert made.chosen is not None and (made.chosen.key, made.chosen.reads, made.question) == ("own", ("A7",), "")
    other = with_others(CAMERA, [OWN], PHOTO, {"image.camera_id": "account"})
    assert other.chosen == FOUND and [one.key for one in other.choices] == ["account", "own"]
    assert with_others(CAMERA, [], PHOTO, {}) is CAMERA


def test_what_was_chosen_before_there_was_a_model_is_not_the_answer_any_more() -> None:
    stale = {"image.camera_id": "account"}
    made = with_others(CAMERA, [MODEL], PHOTO, stale)
    assert made.chosen is not None and made.chosen.key == LIKE
    assert answer_to(stale, "image", "camera_id", [MODEL]) is None
    chosen = {"image.camera_id": made.choices[0].key}
    assert answer_to(chosen, "image", "camera_id", [MODEL]) == "account"
    again = with_others(CAMERA, [MODEL], PHOTO, chosen)
    assert again.chosen is not None and again.chosen.rule == FOUND.rule


def test_fields_that_only_another_profile_has_are_decisions_and_nonsense_is_none() -> None:
    assert further("image", [CAMERA], [OWN], PHOTO, {})[0].chosen is None
    half = Origin("own", "so", {"latitude": {"from": "exif.Artist"}, "other": {"from": "x"}})
    (made,) = further("image", [CAMERA], [half], PHOTO, {})
    assert (made.field, [one.key for one in made.choices]) == ("latitude", ["none", "own"])


def test_a_place_is_a_location_or_both_halves() -> None:
    halves = [Decision("image", name, FOUND, "so") for name in ("latitude", "longitude")]
    place = Decision("image", "location", FOUND, "so")
    without = Decision("image", "location", Choice("own", "left out", ""), "so")
    assert without_two_places([without, *halves]) == [without, *halves]
    assert without_two_places([place, *halves]) == [place]
    assert without_two_places([halves[0]]) == []
