"""Patterns of profiles: Python's syntax, and an end to every search."""

import pickle
import re
from contextlib import suppress
from time import process_time
from warnings import catch_warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.profiles.patterns import MOST_CHARACTERS, BadPatternError, Budget, TooSlowError, compiled, search

HOSTILE = [
    r"(a+)+$",
    r"(a|aa)+$",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(?:(?:a{1,30}){1,30}){1,30}[b]",
    r"((a*)*)*$(?<=b)",
]


def finds(pattern: str, text: str) -> bool:
    return search(compiled(pattern), text, Budget()) is not None


def test_it_works() -> None:
    found = search(compiled("^INSTAR/(?P<folder>[^/]+)/"), "instar/gate/a.jpg", Budget())
    assert found
    assert found.groupdict() == {"folder": "gate"}


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"(?<![0-9A-Za-z])(?P<imei>[0-9]{15})(?![0-9A-Za-z])", "WBC398-868020035314870-1.JPG", True),
        (r"(?<![0-9A-Za-z])(?P<imei>[0-9]{15})(?![0-9A-Za-z])", "8680200353148701.JPG", False),
        (r"^(?P<word>[a-z]+)-(?P=word)$", "gate-gate", True),
        (r"(?s:.)\Z", "a\n", True),
        (r"(?i:x)\d{2,3}?", "X12", True),
        (r"[^\W\d]", "é", True),
        ("straße", "STRAßE", True),
        ("ab{d}", "a", False),
        ("ab{d}", "ab{d}", True),
        ("(?:abc){e}[{]", "xyz{", False),
        (r"\{[0-9a-f]{4}\}", "{00ff}", True),
        ("a{e<=1}", "b", False),
        ("", "", True),
    ],
)
def test_the_syntax_is_pythons(pattern: str, text: str, *, expected: bool) -> None:
    assert finds(pattern, text) is expected
    assert (re.search(pattern, text, re.IGNORECASE) is not None) is expected


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_search_that_would_never_end_is_given_up_with_a_sentence(pattern: str) -> None:
    began = process_time()
    with pytest.raises(TooSlowError, match=r"the pattern `.+` takes too long; expected no repeat in a repeat"):
        finds(pattern, "a" * 1000 + "!")
    assert process_time() - began < 1


def test_a_file_has_one_budget_for_all_patterns() -> None:
    budget, hostile = Budget(0.12), compiled(HOSTILE[0])
    began = process_time()
    for _ in range(100):
        with pytest.raises(TooSlowError):
            search(hostile, "a" * 1000 + "!", budget)
    assert process_time() - began < 1
    assert search(compiled("^Willfine$"), "WILLFINE", budget), "what takes no time has its answer all the same"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "unterminated"),
        ("a" * (MOST_CHARACTERS + 1), f"more than {MOST_CHARACTERS}"),
        ("(?R)", "unknown extension"),
        (r"\p{L}", "bad escape"),
        ("(?P<a>x)(?P<a>y)", "redefinition"),
        ("(" * 3000 + ")" * 3000, "recursion"),
        ("a{99999999999999}", "large"),
    ],
)
def test_what_is_no_pattern_says_why(pattern: str, said: str) -> None:
    with pytest.raises(BadPatternError, match=said):
        compiled(pattern)


def test_a_pattern_is_the_same_after_it_was_sent_to_a_worker() -> None:
    pattern = compiled("(?P<id>[0-9]+)x")
    sent = pickle.loads(pickle.dumps(pattern))  # noqa: S301 - our own
    assert (sent, dict(sent.groupindex)) == (pattern, {"id": 1})
    assert search(sent, "17x", Budget())


@pytest.mark.filterwarnings("ignore:Possible:FutureWarning")  # of sets in sets, which Python may read one day
@given(st.text("ab^$.*+?{}()[]|\\d12,", max_size=25), st.text("ab1 ", max_size=30))
def test_every_text_is_a_pattern_that_finds_as_pythons_or_a_sentence(pattern: str, text: str) -> None:
    try:
        ours = compiled(pattern)
    except BadPatternError as error:
        assert str(error)
        return
    with suppress(TooSlowError), catch_warnings(action="ignore", category=FutureWarning):
        assert (search(ours, text, Budget()) is not None) == (re.search(pattern, text, re.IGNORECASE) is not None)
