"""What a pattern cannot do without, by which most profiles are told at once that a path is none of theirs. Pure.

With many profiles known by their paths this saves most searches. It errs on the side of nothing: what it cannot tell
with certainty is not needed.
"""

import re

_UNCLEAR = re.compile(r"\(\?[aiLmsux-]|\\[xuUN]")
"""Flags, as a verbose pattern means nothing by its spaces; and characters that are written by their number or name."""

_PIECE = re.compile(
    r"""
    (?P<skipped> \[ \^?\]? (?: \\. | [^\]\\] )* \]      # a class of characters
               | \\ (?: [0-9]+ | [A-Za-z] )                 # a group again, or a kind of character
               | [.^$] )
    | (?P<open> \( ) | (?P<close> \) ) | (?P<choice> \| )
    | (?P<optional> [*?] | \{ (?: [0-9,]+ \} )? ) | (?P<repeat> \+ )
    | \\? (?P<literal> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def needed_texts(pattern: str) -> tuple[str, ...]:
    """Return texts, in small letters, each of which stands in every ASCII text in which a pattern is found.

    >>> needed_texts(r"^INSTAR/(?P<folder>lat.*)/"), needed_texts(r"(?:^|/)[0-9]{1,3}-(\\d+)-SYFW[0-9]+\\.jpe?g$")
    (('instar/', '/'), ('-syfw', '.jp', '-', 'g'))
    >>> needed_texts("a|b"), needed_texts("(?x)a b"), needed_texts("ab?c*"), needed_texts("ab+c")
    ((), (), ('a',), ('ab', 'c'))
    """
    if _UNCLEAR.search(pattern):
        return ()
    runs, depth = [""], 0
    for piece in _PIECE.finditer(pattern):
        kind = piece.lastgroup
        depth += (kind == "open") - (kind == "close")
        if depth or kind == "close":
            runs.append("")
        elif kind == "choice":
            return ()
        elif kind == "literal" and piece["literal"].isascii():
            runs[-1] += piece["literal"].lower()
        elif kind == "optional":
            runs[-1:] = [runs[-1][:-1], ""]
        else:
            runs.append("")
    return tuple(sorted({run for run in runs if run}, key=lambda run: (-len(run), run)))


def lacks(needed: tuple[str, ...], text: str) -> bool:
    """Say whether a text lacks any of what a pattern needs: nothing is known of one with letters beyond ASCII."""
    if not needed or not text.isascii():
        return False
    small = text.lower()
    return not all(one in small for one in needed)
