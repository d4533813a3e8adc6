"""The ways in which a source may tell that a file is of its camera type, as choices, the narrowest first. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ingest.profiles.drafts import Choice, Find
from ingest.profiles.known_by import MOST_ALTERNATIVES, any_digits, any_of, beginning, escaped, exactly, firmware_of
from ingest.profiles.sources import Subject, look_up
from ingest.profiles.toml_writing import pattern_table
from ingest.spool.names import one_line

EXACTLY, ONE_OF, ANY, IGNORED, ABSENT, FORM, HOLDS = "exactly", "one-of", "any", "ignored", "absent", "form", "holds"

_BEGINS = "begins:"
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|[^\w]+|_+")
_LEAST_BEGINNING, _MOST_BEGINNING, _MOST_BEGINNINGS = 2, 60, 4
_MOST_SHOWN = 40


def texts_of(source: str, subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Return what a source says in each file, empty where nothing."""
    return tuple(look_up(source, one) or "" for one in subjects)


def condition(key: str, words: str, source: str, pattern: str, reads: tuple[str, ...] = ()) -> Choice:
    """Return the choice that a source must hold this pattern."""
    return Choice(key, words, pattern_table({source: pattern}), reads, find=Find(source, pattern))


def ignored(source: str, subjects: Sequence[Subject] = ()) -> Choice:
    """Return the choice that a source tells nothing."""
    return Choice(IGNORED, "does not matter", "", texts_of(source, subjects))


def absent(source: str) -> Choice:
    """Return the choice that a source must have no text."""
    return Choice(ABSENT, "is empty or missing", pattern_absent(source))


def pattern_absent(source: str) -> str:
    """Return the rule of a source that must have no text."""
    return f'absent = ["{source}"]'


def text_choices(source: str, subjects: Sequence[Subject]) -> tuple[Choice, ...]:
    """Return what may be asked of a source so that all these files are known, the narrowest first."""
    reads = texts_of(source, subjects)
    if not any(reads):
        return (absent(source), ignored(source))
    if not all(reads):
        return (ignored(source, subjects),)
    values = list(dict.fromkeys(reads))
    made = [*_listed(source, values, reads), *_beginnings(source, values, reads, subjects)]
    return (*made, condition(ANY, "has any text", source, ".", reads), ignored(source, subjects))


def begins(text: str) -> str:
    """Return the key of the choice that a text begins so."""
    return f"{_BEGINS}{text}"


def path_choices(pattern: str, subjects: Sequence[Subject], names: str) -> tuple[Choice, ...]:
    """Return what may be asked of the upload path: the form of all, which is this pattern, folders, or a name.

    `names` is the beginning that is the ID's, which tells a camera and not its type.
    """
    reads = texts_of("path", subjects)
    made = [condition(FORM, "has the form of these", "path", pattern, reads)]
    folders = _common([one[: one.rfind("/") + 1] for one in reads]).rpartition("/")[0]
    if folders and not (names and f"{folders}/".startswith(names)):
        begin, shown = f"{folders}/", one_line(f"{folders}/", _MOST_SHOWN)
        made.append(condition(begins(begin), f"begins with {shown}", "path", beginning(begin), reads))
    forms = list(dict.fromkeys(any_digits(one.rpartition("/")[2]) for one in reads))
    if len(forms) == 1:
        made.append(condition("name", "has a name of this form, in any folder", "path", f"(?:^|/){forms[0]}$", reads))
    return (*made, ignored("path", subjects))


def _listed(source: str, values: Sequence[str], reads: tuple[str, ...]) -> Iterator[Choice]:
    if len(values) == 1:
        yield condition(EXACTLY, f"is exactly {one_line(values[0], _MOST_SHOWN)}", source, exactly(values[0]), reads)
    elif len(values) <= MOST_ALTERNATIVES and any_of(values) != ".":
        shown = ", ".join(one_line(value, _MOST_SHOWN) for value in values)
        yield condition(ONE_OF, f"is one of {shown}", source, any_of(values), reads)


def _beginnings(
    source: str, values: Sequence[str], reads: tuple[str, ...], subjects: Sequence[Subject]
) -> Iterator[Choice]:
    common = _common(values)
    ends = [common[: found.end()].rstrip(" -_./:") for found in _TOKEN.finditer(common[:_MOST_BEGINNING])]
    firmware = [firmware_of(subjects)] if source == "exif.Software" else []
    whole = values[0] if len(values) == 1 else ""
    possible = dict.fromkeys([*firmware, *([] if whole else [common[:_MOST_BEGINNING].rstrip()]), *reversed(ends)])
    chosen = [one for one in possible if len(one) >= _LEAST_BEGINNING and one.isprintable()]
    chosen = [one for one in chosen if one != whole or one in firmware]
    for text in chosen[:_MOST_BEGINNINGS]:
        yield condition(begins(text), f"begins with {text}", source, f"^{escaped(text)}", reads)


def _common(texts: Sequence[str]) -> str:
    """Return how all texts begin."""
    alike = takewhile(lambda several: len(set(several)) == 1, zip(*texts, strict=False))
    return "".join(several[0] for several in alike)
