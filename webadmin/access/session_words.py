"""Sessions in words: from which browser, system and address. Pure."""

import re
from collections.abc import Sequence

from ingest.spool.names import one_line
from webadmin.access.sessions import Session

_BROWSERS = (
    ("Edge", r"\bEdgi?A?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Headless)?Chrom(e|ium)/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Mac OS X|Macintosh"),
    ("Linux", "Linux"),
)


def agent_words(agent: str) -> str:
    """Return which browser on which system calls itself so.

    >>> agent_words("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), agent_words("curl/8")
    ('Firefox on Linux', 'curl/8')
    """
    browser, system = (_first(agent, known) for known in (_BROWSERS, _SYSTEMS))
    if browser or system:
        return f"{browser or 'A browser'} on {system}" if system else browser
    return one_line(agent, 40) or "unknown"


def ended_words(ended: Sequence[Session]) -> str:
    """Return what is put down of sessions that somebody ended."""
    places = ", ".join(f"{agent_words(one.agent)}, {one_line(one.address, 45)}" for one in ended)
    names = ", ".join(dict.fromkeys(one.person for one in ended))
    return f"{len(ended)} {'session' if len(ended) == 1 else 'sessions'} of {names} ended: {places}."


def _first(text: str, known: Sequence[tuple[str, str]]) -> str:
    return next((name for name, pattern in known if re.search(pattern, text)), "")
