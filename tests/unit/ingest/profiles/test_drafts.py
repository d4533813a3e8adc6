"""When a draft is settled, and how its questions and patterns stand in its text."""

import tomllib

import pytest

from ingest.profiles.drafts import Choice, Decision, Draft, Find, asked_lines, pattern_text, quoted

FULL = Choice("a", "the tag", 'from = "exif.A"', ("1", "2"))
HALF = Choice("b", "the part", 'from = "{id}"', ("1", ""), find=Find("path", "^(?P<id>x)"))


@pytest.mark.parametrize(
    ("decision", "is_settled"),
    [
        (Decision("image", "camera_id", FULL, "so"), True),
        (Decision("image", "camera_id", HALF, "so"), False),
        (Decision("image", "camera_id", FULL, "so", (), "Is it?"), False),
        (Decision("image", "camera_id", None, "so"), False),
        (Decision("image", "captured_at", Choice("none", "no time", ""), "so"), True),
        (Decision("image", "location", HALF, "so", is_optional=True), True),
    ],
)
def test_it_is_settled_when_nothing_is_asked_and_every_file_gets_what_it_needs(
    decision: Decision, *, is_settled: bool
) -> None:
    assert Draft("", decisions=(decision,)).is_settled == is_settled
    assert Draft("", decisions=(decision,)).missing == (() if is_settled else (decision.field,))


def test_a_draft_without_decisions_is_not_settled() -> None:
    assert not Draft("").is_settled


def test_a_question_stands_in_the_text_as_comments_with_what_each_choice_needs() -> None:
    lines = asked_lines(Decision("image", "camera_id", FULL, "so", (FULL, HALF), "Which?"))
    assert lines == [
        "# Which?",
        '#   camera_id = { from = "exif.A" }',
        '#   camera_id = { from = "{id}" }',
        "#     with find = { \"path\" = '^(?P<id>x)' }",
    ]
    assert asked_lines(Decision("image", "camera_id", FULL, "so")) == []


@pytest.mark.parametrize("pattern", [r"^a\.b$", "it's", "a\x1bb", '"'])
def test_patterns_are_toml_whatever_is_in_them(pattern: str) -> None:
    read = tomllib.loads(f"x = {pattern_text(pattern)}")["x"]
    assert read == pattern.replace("\x1b", ".")
    assert quoted('a"\x1b') == '"a\\"."'
