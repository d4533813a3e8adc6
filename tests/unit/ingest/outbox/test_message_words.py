"""What messages say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.outbox.message_words import LISTED_MAX, TEXT_MAX, said_of, said_of_photo, said_together, shall_go_together
from ingest.outbox.sightings import Sighting
from ingest.spool.letters import Letter
from ingest.spool.stamp import new_id, utc_text

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def letter(title: str = "Oak is silent", about: str = "a", ago: timedelta = timedelta(0), **content: Any) -> Letter:
    at = NOW - ago
    told = {"message": {"title": title, "text": "It is.\nGo there."}, **content}
    return Letter(new_id(at), "incident", about, utc_text(at), told)


def test_a_message_has_what_is_so_what_to_do_and_where_to_look() -> None:
    said = said_of(letter(link="https://x.example/incidents/1", photo="accepted/oak/a.jpg"), "north")
    assert (said.title, said.photo) == ("Oak is silent", "accepted/oak/a.jpg")
    assert said.text == "It is.\nGo there.\n\nhttps://x.example/incidents/1\n\nnorth, Camspool"


def test_what_a_stranger_named_cannot_break_a_message() -> None:
    said = said_of(letter("Oak\r\nBcc: everybody@example.org"), "north")
    assert "\n" not in said.title and "\r" not in said.title
    assert said_of(Letter(new_id(), "incident", "a", utc_text(NOW), {"message": 7, "photo": 7}), "north").photo is None
    assert len(said_of(letter(text="x" * 99_999, message={"text": "x" * 99_999}), "n").text) <= TEXT_MAX


def test_many_messages_tell_how_each_incident_stands_at_last() -> None:
    letters = [letter(f"Oak, {number}", "oak", timedelta(hours=9 - number)) for number in range(3)]
    said = said_together([*letters, letter("Elm", "elm")], "north")
    assert said.title == "4 messages could not be sent until now"
    assert "Oak, 2" in said.text and "Oak, 1" not in said.text and "- 2026-06-01 12:00 UTC: Elm" in said.text
    many = said_together([letter(about=str(number)) for number in range(LISTED_MAX + 7)], "north")
    assert "- and 7 more" in many.text


@pytest.mark.parametrize(
    ("hours", "is_one"), [((0,), False), ((0, 1, 2), False), ((0,) * 6, True), ((0, 7), True), ((9,), False)]
)
def test_many_or_old_messages_go_as_one(hours: tuple[int, ...], is_one: bool) -> None:
    letters = [letter(ago=timedelta(hours=one)) for one in hours]
    assert shall_go_together(letters, NOW, 5) is is_one


def test_a_photo_is_shown_with_its_camera_its_time_and_its_position() -> None:
    sighting = Sighting("i", "oak", "Oak", "2026-06-01T10:30:00Z", {"latitude": 52.1, "longitude": 5.0}, "a.jpg")
    said = said_of_photo(sighting, "accepted/a.jpg", "north")
    assert said.text == "Oak, 2026-06-01 10:30 UTC\n52.10000, 5.00000\n\nnorth, Camspool"
