"""What changed between two texts of a profile, line by line. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

MOST_LINES = 400
_AROUND = 2


@dataclass(frozen=True)
class Line:
    """One line; `sign` says whether it came (`+`), went (`-`), stayed (blank), or stands for some that are left out."""

    sign: str
    text: str


def changes(before: str | None, after: str | None) -> list[Line]:
    """Return what came and went, with a little of what stands around it; None is no profile at all.

    >>> [(one.sign, one.text) for one in changes('a\\nb\\n', 'a\\nc\\n')]
    [(' ', 'a'), ('-', 'b'), ('+', 'c')]
    """
    lines = list(_lines(before or "", after or ""))
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], Line("…", f"{len(lines) - MOST_LINES} more lines")]


def _lines(before: str, after: str) -> Iterator[Line]:
    compared = unified_diff(before.splitlines(), after.splitlines(), n=_AROUND, lineterm="")
    for number, line in enumerate(compared):
        if line.startswith("@@"):
            if number > 2:
                yield Line("…", "")
        elif number > 1:  # the first two are names of files
            yield Line(line[0], line[1:])
