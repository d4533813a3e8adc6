"""Which profile claims a file, and for each of the others which condition failed with which value."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.profiles.patterns import TooSlowError
from ingest.profiles.profile import Condition, Part, Profile
from ingest.profiles.sources import Subject, find_in, in_encoding, look_up, named_groups, path_groups
from ingest.spool.names import one_line
from ingest.spool.sidecar import Trace

_FOUND = "all conditions found"


@dataclass(frozen=True)
class Matching:
    """The profiles that claim a file (exactly one is right), and the trace of all."""

    claims: tuple[Profile, ...]
    trace: tuple[Trace, ...]


def match(subject: Subject, profiles: Iterable[Profile]) -> Matching:
    """Ask every profile whether the file is its own."""
    claims, trace = [], []
    for profile in profiles:
        failed = failures(subject, profile)
        if not failed:
            claims.append(profile)
        trace.append(Trace(profile.id, not failed, "; ".join(failed) or _FOUND))
    return Matching(tuple(claims), tuple(trace))


def failures(subject: Subject, profile: Profile) -> list[str]:
    """Return, for each condition that fails, the condition and the value; empty when the profile claims the file."""
    part = profile.part(subject.part)
    if part is None:
        return [f"reads no {subject.part}s"]
    seen = in_encoding(part.encoding, subject)
    try:
        if part.has_path_conditions:
            seen = replace(seen, groups=path_groups(part, seen))
        failed = [failed for condition in part.conditions if (failed := _failure(condition, seen))]
        failed += [_present(source, text) for source in part.absent if (text := look_up(source, seen))]
        if not failed:
            named_groups(part, seen)
    except TooSlowError as error:
        return [str(error)]
    return failed


def seen_by(subject: Subject, part: Part) -> Subject:
    """Return the file as a profile sees it: with the named groups that it finds, and in its encoding."""
    seen = in_encoding(part.encoding, subject)
    try:
        return replace(seen, groups=named_groups(part, seen))
    except TooSlowError:  # only of a profile that does not claim the file
        return seen


def _failure(condition: Condition, subject: Subject) -> str | None:
    if find_in(condition, subject):
        return None
    if condition.sources == ("path",):
        return "path: no match"
    text = next((text for source in condition.sources if (text := look_up(source, subject)) is not None), None)
    if text is None:
        return f"{condition.shown}: not in the file"
    return f"{condition.shown}: `{one_line(text, 80)}` lacks `{condition.pattern.pattern}`"


def _present(source: str, text: str) -> str:
    return f"{source}: `{one_line(text, 80)}` is there"
