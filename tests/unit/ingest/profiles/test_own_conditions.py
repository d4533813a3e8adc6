"""Conditions of a profile's own are choices that show which files they know."""

from ingest.profiles.drafts import Decision
from ingest.profiles.known_choices import ignored, text_choices
from ingest.profiles.own_conditions import answered, others_known, own_condition, with_own
from ingest.profiles.sources import Subject

PHOTOS = [Subject("image", "a.jpg", exif={"Make": "BUSHNELL"}), Subject("image", "b.jpg", comment=b"x")]
MAKE = Decision("image", "known.exif.Make", ignored("exif.Make"), "so", text_choices("exif.Make", PHOTOS[:1]))


def test_an_own_condition_says_which_files_are_not_so() -> None:
    choice = own_condition("exif.Make | exif.Model", "^B", PHOTOS)
    assert choice is not None and choice.doubt == "1 of these 2 files are not so."
    missing = own_condition("comment", False, PHOTOS)
    assert missing is not None and missing.rule == 'absent = ["comment"]'
    assert own_condition("comment", "(", PHOTOS) is None
    assert own_condition("comment", 7, PHOTOS) is None


def test_it_is_taken_unless_another_choice_is_the_answer() -> None:
    taken = with_own(MAKE, {"known.exif.Make": "^B"}, PHOTOS, {}).chosen
    assert taken is not None and taken.key == "own"
    answers = {"image.known.exif.Make": "exactly"}
    other = with_own(answered(MAKE, answers), {"known.exif.Make": "^B"}, PHOTOS, answers).chosen
    assert other is not None and other.key == "exactly"
    assert answered(MAKE, {"image.known.exif.Make": "nonsense"}) is MAKE


def test_a_source_that_only_the_profile_names_is_a_decision_of_its_own() -> None:
    (made,) = others_known("image", [MAKE], {}, {"known.exif.Make": "^B", "known.comment": "x", "path": "y"}, PHOTOS)
    assert (made.field, [one.key for one in made.choices]) == ("known.comment", ["ignored", "own"])
