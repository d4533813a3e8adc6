"""How a target stands, in one sentence: what a person must act on is said first."""

from dataclasses import replace

import pytest

from ingest.outbox.outlook import Outlook
from ingest.outbox.standing import Standing
from webadmin.outbox.words import files, kind_words, mood_of, waiting_words

WELL = Standing("nas", "folder", 0, None, 0, False, None, None, False)
DOWN = Outlook("x", trouble="It\ndoes not <answer>.", item_trouble="One was too large.")


@pytest.mark.parametrize(
    ("standing", "state", "words"),
    [
        (WELL, "good", "Nothing waits."),
        (replace(WELL, waiting=2), "wait", "2 files wait."),
        (replace(WELL, waiting=1, outlook=replace(DOWN, trouble=None)), "attention", "1 file waits. The last trouble:"),
        (replace(WELL, outlook=replace(DOWN, trouble=None)), "good", "Nothing waits."),
        (replace(WELL, failed=1200), "bad", "It refuses 1\u202f200 files for good"),
        (replace(WELL, waiting=2, failed=1, outlook=DOWN), "bad", "It�does not <answer>."),
        (replace(WELL, waiting=2, outlook=DOWN, is_paused=True), "attention", "Somebody lets it rest. 2 files wait"),
        (replace(WELL, kind=None, waiting=1), "attention", "The settings do not name it any more. 1 file waits"),
    ],
)
def test_what_a_person_must_act_on_is_said_first(standing: Standing, state: str, words: str) -> None:
    mood = mood_of(standing)
    assert mood.state == state
    assert mood.sentence.startswith(words)
    assert mood.is_trouble == (state in ("attention", "bad"))


def test_kinds_and_numbers_are_words() -> None:
    assert (kind_words("earthranger"), kind_words("new-kind"), kind_words(None)) == (
        "EarthRanger", "new-kind", "not in the settings any more",
    )  # fmt: skip
    assert (files(1), waiting_words(0), waiting_words(3)) == ("1 file", "nothing waits", "3 files wait")
