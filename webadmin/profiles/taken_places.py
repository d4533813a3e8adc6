"""Where in a file's values the profile finds the camera and the time, so that a person sees it. Pure."""

import re
from collections.abc import Iterator, Sequence

from ingest.profiles.drafts import Choice, Decision
from ingest.profiles.joined import is_group, names_in
from ingest.profiles.patterns import BadPatternError, TooSlowError, compiled, search
from ingest.profiles.sources import Subject, look_up
from webadmin.profiles.file_values import Roles

_ROLES = {"camera_id": "camera", "captured_at": "time", "reported_at": "time", "location": "place"}
_FROM = re.compile(r'from = (?:"([^"]+)"|\[([^\]]*)\])')


def taken_places(decisions: Sequence[Decision], subject: Subject) -> Roles:
    """Return the places of a file's values that the chosen choices take."""
    roles: Roles = {}
    for one in decisions:
        if one.part == subject.part and one.chosen and not one.question and one.field in _ROLES:
            for source, start, end in _places(one.chosen, subject):
                roles.setdefault(source, []).append((start, end, _ROLES[one.field]))
    return roles


def _places(choice: Choice, subject: Subject) -> Iterator[tuple[str, int, int]]:
    if choice.find:
        yield from (
            (choice.find.source, start, end) for start, end in _found(choice.find.source, choice.find.pattern, subject)
        )
        return
    for source in _sources(choice.rule):
        if text := look_up(source, subject):
            yield source, 0, len(text)


def _sources(rule: str) -> list[str]:
    found = _FROM.search(rule)
    if found is None:
        return []
    named = [found[1]] if found[1] else re.findall(r'"([^"]+)"', found[2])
    return [name for source in named for name in names_in(source) if not is_group(name)]


def _found(source: str, pattern: str, subject: Subject) -> list[tuple[int, int]]:
    text = look_up(source, subject)
    try:
        found = search(compiled(pattern), text, subject.budget) if text else None
    except (BadPatternError, TooSlowError):
        return []
    spans = [found.span(name) for name in found.groupdict()] if found else []
    return [span for span in spans if span[0] < span[1]]
