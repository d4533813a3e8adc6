"""What a pattern cannot do without: never more than it needs, or a camera would lose its photos."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.profiles.needed_text import lacks, needed_texts
from ingest.profiles.patterns import BadPatternError, compiled
from tests.samples.judging import shipped


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("INSTAR", ("instar",)),
        (r"^(?P<id>[^/]+)/[0-9]{4}-[0-9]{2}/jpg/.*\[M\]", ("/jpg/", "[m]", "-", "/")),
        (r"a(?:bcd|efg)h", ("a", "h")),
        ("ab*c", ("a", "c")),
        ("ab{0,2}c", ("a", "c")),
        ("ab{d}", ("d}", "a")),
        (r"\x41bc", ()),
        (r"(\d)-\1-x", ("-x", "-")),
        (r"[]abc]x[^]]y", ("x", "y")),
        (r"\.\\d", (".\\d",)),
        ("(?i)abc", ()),
        ("straße", ("stra", "e")),
        ("", ()),
    ],
)
def test_only_what_stands_in_every_text_is_needed(pattern: str, needed: tuple[str, ...]) -> None:
    assert needed_texts(pattern) == needed


@given(st.text("ab^$.*+?{}()[]|\\d12,x:=!<>P#-", max_size=25), st.text("abAB1 x41,", max_size=30))
@example("a(?#[)b]c)d", "ad")
@example(r"a\101", "aA")
@example("a(?<=b)?c", "ac")
def test_no_text_in_which_a_pattern_is_found_lacks_what_it_needs(pattern: str, text: str) -> None:
    with suppress(BadPatternError):
        made = compiled(pattern)
        found = made.compiled.search(text, timeout=1)
        assert not (found and lacks(made.needs, text))


def test_letters_that_only_look_like_others_are_left_to_the_pattern() -> None:
    """The Kelvin sign is found by a k in any case, and has no small letter of ASCII."""
    assert compiled("kk").compiled.search("\u212a\u212a") and not lacks(needed_texts("kk"), "\u212a\u212a")


def test_every_shipped_profile_that_is_known_by_its_path_tells_most_paths_at_once() -> None:
    parts = [one.image for one in shipped().profiles if one.image]
    by_path = [part for part in parts if any("path" in one.sources for one in part.conditions)]
    assert by_path and all(lacks(part.needed_path, "E1000159.JPG") for part in by_path)
