"""The patterns of profiles: Python's regular expressions, each with a bound on the time that it may take.

A pattern such as `(a+)+$` takes years on an unlucky text, and cameras choose the texts. `regex` reads all of Python's
syntax, look-behind too, and gives up after a time; RE2 has no look-behind, and `re` never gives up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import process_time
from warnings import catch_warnings

import regex

from ingest.profiles.needed_text import lacks, needed_texts

MOST_CHARACTERS = 10_000
_SEARCH_S = 0.05
_FILE_S = 2.0
_REPEATS = re.compile(r"[*+?{|]")
_NO_REPEAT = re.compile(r"(\\.)|\{(?!\d*,?\d*\})", re.DOTALL)


@dataclass(frozen=True)
class Pattern:
    """A pattern and its text. `plain` is one without repeats and choices: it takes no time, whatever the text is.

    `needs` stand in every ASCII text in which it is found, in small letters.
    """

    pattern: str
    compiled: regex.Pattern[str] = field(compare=False, repr=False)  # one that was sent to a worker is another object
    plain: bool
    needs: tuple[str, ...] = ()

    @property
    def groupindex(self) -> Mapping[str, int]:
        """The names of its groups."""
        return self.compiled.groupindex


@dataclass
class Budget:
    """What is left of the time that all patterns of all profiles together may take on one file.

    `gave_up` says that a search was given up, so that what was found is not all that there is.
    """

    left_s: float = _FILE_S
    gave_up: bool = False


class BadPatternError(Exception):
    """The text is no pattern; says why, and fits behind `is not a regular expression`."""


class TooSlowError(Exception):
    """A search was given up; the text says of which pattern, and fits behind the name of a source."""


def compiled(text: str) -> Pattern:
    """Return a pattern that finds text in any case. Raise BadPatternError."""
    if len(text) > MOST_CHARACTERS:
        raise BadPatternError(f"it has {len(text)} characters, more than {MOST_CHARACTERS}")
    try:
        with catch_warnings(action="ignore", category=FutureWarning):  # of what may once mean something else
            re.compile(text, re.IGNORECASE)  # what only `regex` knows, such as recursion, is no part of the contract
            found = regex.compile(_plain_braces(text), regex.IGNORECASE)
            return Pattern(text, found, not _REPEATS.search(text), needed_texts(text))
    except (re.error, regex.error, OverflowError, RecursionError, ValueError) as error:
        raise BadPatternError(str(error)) from error


def _plain_braces(text: str) -> str:
    """Escape braces that Python takes as they are, and `regex` for a search of what is alike.

    >>> _plain_braces("ab{d}"), _plain_braces("a{2,3}"), _plain_braces(r"[{]" + r"\\{e}")
    ('ab\\\\{d}', 'a{2,3}', '[\\\\{]\\\\{e}')
    """
    return _NO_REPEAT.sub(lambda found: found[1] or r"\{", text)


def search(pattern: Pattern, text: str, budget: Budget) -> regex.Match[str] | None:
    """Find a pattern in a text. Raise TooSlowError when it takes too long by itself, or the budget is spent."""
    if lacks(pattern.needs, text):
        return None
    if pattern.plain:
        return pattern.compiled.search(text)
    began = process_time()
    try:
        # The timeout is of processor time: a busy machine changes no verdict. One of 0 would be none.
        return pattern.compiled.search(text, timeout=max(min(_SEARCH_S, budget.left_s), 1e-6))
    except TimeoutError:
        budget.gave_up = True
        shown = pattern.pattern[:80]
        raise TooSlowError(f"the pattern `{shown}` takes too long; expected no repeat in a repeat") from None
    finally:
        budget.left_s -= process_time() - began
