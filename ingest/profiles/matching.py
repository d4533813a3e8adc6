"""Which profile claims a file, and for each of the others which condition failed with which value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ingest.profiles.needed_text import lacks
from ingest.profiles.patterns import TooSlowError
from ingest.profiles.profile import MAKERNOTE, TYPE_SOURCES, Condition, Part, Profile
from ingest.profiles.sources import Subject, find_in, in_encoding, look_up, named_groups, path_groups, subject_of
from ingest.reading.facts import Facts
from ingest.spool.names import one_line
from ingest.spool.sidecar import Trace

_FOUND = "all conditions found"


@dataclass(frozen=True)
class Matching:
    """The profiles that claim a file (exactly one is right), and the trace of all."""

    claims: tuple[Profile, ...]
    trace: tuple[Trace, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a profile claims no file of a camera type; where it `needs` texts in the path, no file that lacks one."""

    trace: Trace
    needs: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Say whether it is the answer for a file of this path, too."""
        return not self.needs or lacks(self.needs, path)


Answers = dict[tuple[str | None, ...], dict[str, Refusal]]
"""What profiles said to the files of a camera type, by what names the type, as far as it holds for the next one."""

_MOST_TYPES = 500


def match(
    subject: Subject,
    profiles: Iterable[Profile],
    answers: Answers | None = None,
    yields: Mapping[str, frozenset[str]] | None = None,
) -> Matching:
    """Ask every profile whether the file is its own. Of several, one that `yields` it to another does not claim it.

    `answers` are those that these profiles gave to earlier files, to which this one's are added: with 60 profiles
    nearly all are known from the second photo of a camera type on.
    """
    known = {} if answers is None else _known(subject, answers)
    claims, traces = [], []
    for profile in profiles:
        refusal = known.get(profile.id)
        if refusal and refusal.holds(subject.path):
            traces.append(refusal.trace)
            continue
        failed = failures(subject, profile)
        traces.append(Trace(profile.id, not failed, "; ".join(failed) or _FOUND))
        if not failed:
            claims.append(profile)
        elif not subject.budget.gave_up and (kept := _lasting(traces[-1], profile.part(subject.part), subject.path)):
            known[profile.id] = kept
    found = Matching(tuple(claims), tuple(traces))
    return _settled(found, yields) if yields and len(claims) > 1 else found


def leaving(claims: Iterable[Profile], yields: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Return which of the profiles that claim a file leave it to which others of them; never all of them."""
    claiming = {one.id for one in claims}
    left = {id_: sorted(claiming & others) for id_ in claiming if (others := yields.get(id_, frozenset())) & claiming}
    return {} if len(left) == len(claiming) else left


def _settled(found: Matching, yields: Mapping[str, frozenset[str]]) -> Matching:
    """Take back the claims of profiles that leave such a file to another that claims it."""
    left = leaving(found.claims, yields)
    traces = (
        Trace(one.profile, False, f"{_FOUND}, but it leaves the file to {' and '.join(left[one.profile])}")
        if one.profile in left
        else one
        for one in found.trace
    )
    return Matching(tuple(one for one in found.claims if one.id not in left), tuple(traces))


def _lasting(trace: Trace, part: Part | None, path: str) -> Refusal | None:
    """Return the refusal if it holds for other files of the camera type, too."""
    if part is None or part.asks_for_type:
        return Refusal(trace)
    return Refusal(trace, part.needed_path) if lacks(part.needed_path, path) else None


def _known(subject: Subject, answers: Answers) -> dict[str, Refusal]:
    """Return the answers for the camera type of a file; a stranger who sends ever new types fills no memory."""
    if len(answers) >= _MOST_TYPES:
        answers.clear()
    type_ = (subject.part, *(look_up(source, subject) for source in TYPE_SOURCES))
    return answers.setdefault(type_, {})


def asks_for_makernotes(facts: Facts, path: str, account: str | None, profiles: Iterable[Profile]) -> bool:
    """Say whether a profile may claim a photo that reads its MakerNote: all its other conditions are found.

    Only then is it worth the milliseconds that exiftool takes.
    """
    if facts.unread is None:
        return False
    asking = [profile for profile in profiles if profile.image and profile.image.reads_makernotes]
    subject = subject_of(facts, "image", path, account) if asking else None
    return any(subject and not unmet(subject, profile.image.but_makernotes) for profile in asking if profile.image)


def failures(subject: Subject, profile: Profile) -> list[str]:
    """Return, for each condition that fails, the condition and the value; empty when the profile claims the file."""
    part = profile.part(subject.part)
    if part is None:
        return [f"reads no {subject.part}s"]
    return unmet(subject, part)


def unmet(subject: Subject, part: Part) -> list[str]:
    """Return, for each condition of a part that fails, the condition and the value."""
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


def meets(subject: Subject, part: Part) -> bool:
    """Say whether all conditions of a part are met: `unmet` at a third of its cost, as it ends at the first that is
    not."""
    seen = in_encoding(part.encoding, subject)
    try:
        if part.has_path_conditions:
            seen = replace(seen, groups=path_groups(part, seen))
        if not all(find_in(one, seen) for one in part.conditions) or any(look_up(one, seen) for one in part.absent):
            return False
        if part.named or part.path:
            named_groups(part, seen)
    except TooSlowError:
        return False
    return True


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
        unread = subject.makernotes.problem and any(source.startswith(MAKERNOTE) for source in condition.sources)
        return f"{condition.shown}: {subject.makernotes.problem if unread else 'not in the file'}"
    return f"{condition.shown}: `{one_line(text, 80)}` lacks `{condition.pattern.pattern}`"


def _present(source: str, text: str) -> str:
    return f"{source}: `{one_line(text, 80)}` is there"
