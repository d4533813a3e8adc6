"""What a command says about a draft: what was chosen and why, and its questions with the words that answer them."""

from ingest.profiles.draft_words import choice_words, draft_lines
from ingest.profiles.drafts import ANSWERED, Choice, Decision, Draft

DAY = Choice("path:%d%m", "the time in the path, day first", 'from = "{time}"', ("2026-03-01", "2026-02-01"))
ADDRESS = Choice("part:0", "the first part", 'from = "{id}"', ("192.168.1.61",), "Routers give the same addresses.")


def test_choices_are_told_with_what_they_give_and_questions_with_their_answers() -> None:
    chosen = Decision("image", "captured_at", DAY, "it can be read in one way only", (DAY,))
    asked = Decision("image", "camera_id", ADDRESS, "so", (ADDRESS,), "Which?")
    assert draft_lines(Draft("", ("Make is X", "Model is Y"), (chosen, asked), ("odd.jpg",))) == [
        "Photos known by: Make is X; Model is Y.",
        "image.captured_at: the time in the path, day first (2026-03-01, 2026-02-01); it can be read in one way only.",
        "Not drafted for, as they are of another type or no photos: 1, such as odd.jpg.",
        "To be answered: Which?",
        "  --choose 'image.camera_id=part:0'",
        "      the first part (192.168.1.61). Routers give the same addresses.",
    ]


def test_many_values_are_a_few_of_them_and_no_value_breaks_a_line() -> None:
    choice = Choice("a", "the tag", "", ("1", "2", "2", "3\n", "4"))
    assert choice_words(choice) == "the tag (1, 2, 3�, …)"
    assert draft_lines(Draft("")) == []


def test_of_conditions_only_those_are_told_that_a_person_made() -> None:
    made = Decision("image", "known.exif.Make", DAY, "all files have it")
    told = Decision("image", "known.exif.Model", DAY, ANSWERED)
    assert [line.partition(":")[0] for line in draft_lines(Draft("", (), (made, told)))] == ["image.known.exif.Model"]
