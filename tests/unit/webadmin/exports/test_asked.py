"""What an address asks to have exported."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from ingest.exports.choosing import Choice
from webadmin.exports.asked import as_values, as_words, read_choice

ALL = [("camera", " oak "), ("camera", "elm"), ("site", "Old oak "), ("from", "2026-04-09"), ("until", "2026-04-10")]


def test_everything_unless_something_is_asked_for() -> None:
    assert read_choice(MultiDict([("camera", ""), ("site", " "), ("from", "")])) == Choice()
    asked = Choice(("oak", "elm"), "Old oak", date(2026, 4, 9), date(2026, 4, 10))
    assert read_choice(MultiDict(ALL)) == asked
    assert read_choice(MultiDict((key, str(one)) for key, value in as_values(asked).items() for one in (
        value if isinstance(value, list) else [value]
    ))) == asked  # fmt: skip


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ([("from", "June")], "June is no day"),
        ([("from", "2026-04-10"), ("until", "2026-04-09")], "is after"),
        ([("camera", "..")], "can be no camera's ID"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(query: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_choice(MultiDict(query))


def test_words_say_what_is_chosen() -> None:
    assert as_words(Choice()) == "everything"
    assert as_words(read_choice(MultiDict(ALL))) == "oak, elm, site Old oak, from 2026-04-09, until 2026-04-10"
