"""Decides by what the photos of a camera type are known: for each source what it must say, or that it tells nothing.

Only what all the photos fulfil is offered. A profile without any condition would take every camera's photos: it is
never drafted, a person is asked for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.profiles.drafts import Answers, Choice, Decision, Find
from ingest.profiles.known_by import known_by, path_like, span_of
from ingest.profiles.known_choices import (
    ABSENT,
    FORM,
    HOLDS,
    IGNORED,
    condition,
    ignored,
    path_choices,
    text_choices,
    texts_of,
)
from ingest.profiles.own_conditions import answered, others_known, with_own
from ingest.profiles.own_rules import KNOWN
from ingest.profiles.profile import PartName
from ingest.profiles.sources import Subject

_TAGS = ("exif.Make", "exif.Model", "exif.Software")
_TEXTS = ("comment", "exif.UserComment", "exif.ImageDescription", "exif.HostComputer", "exif.Artist")
_MAKERNOTES = ("Model", "CameraModel", "MakerNoteVersion", "FirmwareVersion")
_MOST_CHARACTERS = 400
_ASK = "Nothing would tell this camera's photos from those of others. By what are they known?"
_SHOWN = {"exif.Software": "firmware", "path": "the upload path", "account": "the account", "comment": "the comment"}


@dataclass(frozen=True)
class Known:
    """The decisions on what tells the type, and what they come to: sources with patterns, and absent sources."""

    decisions: tuple[Decision, ...]
    match: Mapping[str, str]
    absent: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """How the files are known, in words."""
        return tuple(
            f"{shown_source(one.field.removeprefix(KNOWN))} {one.chosen.words}"
            for one in self.decisions
            if one.chosen and one.chosen.rule
        )


def shown_source(source: str) -> str:
    """Return what a source is called in a sentence.

    >>> shown_source("exif.Make"), shown_source("exif.Software")
    ('Make', 'firmware')
    """
    return _SHOWN.get(source) or source.removeprefix("exif.").removeprefix("report.")


def decide_known(
    subjects: Sequence[Subject], camera: Find | None, finds: Sequence[Find], answers: Answers, own: Mapping[str, Any]
) -> Known:
    """Decide what tells these photos. `camera` finds their ID, `finds` all that is found in texts; `own` has rules."""
    first = known_by(subjects, camera)
    form = first.match.get("path") or path_like(subjects, camera)
    names = _names(subjects, camera)
    decisions = [_tag(source, subjects, _first_key(source, first.match, subjects, first.absent)) for source in _TAGS]
    is_by_path = "path" in first.match
    decisions.append(decision_on("path", path_choices(form, subjects, names), FORM if is_by_path else IGNORED))
    if any(texts_of("account", subjects)):
        decisions.append(_tag("account", subjects, IGNORED))
    decisions = [with_own(answered(one, answers), own, subjects, answers) for one in decisions]
    match, _ = conditions(decisions)
    holding = {one.source: one for one in reversed(finds) if one.source not in (*_TAGS, "path", "account")}
    sources = dict.fromkeys((*holding, *_TEXTS, *_makernotes(subjects)))
    more = [
        _text(source, subjects, holding.get(source), HOLDS if set(match) == {"path"} else IGNORED) for source in sources
    ]
    decisions += [with_own(answered(one, answers), own, subjects, answers) for one in more if len(one.choices) > 1]
    decisions += others_known("image", decisions, answers, own, subjects)
    return settled(decisions)


def settled(decisions: Sequence[Decision]) -> Known:
    """Return what the decisions come to; with a question, and the form of the path, where that would be nothing."""
    match, without = conditions(decisions)
    if match:
        return Known(tuple(one for one in decisions if len(one.choices) > 1), match, without)
    at, by_path = next((at, one) for at, one in enumerate(decisions) if one.choices and one.choices[0].key == FORM)
    asked = replace(by_path, chosen=by_path.choices[0], question=_ASK)
    kept = [*decisions[:at], asked, *decisions[at + 1 :]]
    return Known(tuple(one for one in kept if len(one.choices) > 1), conditions([asked])[0], without)


def conditions(decisions: Iterable[Decision]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the sources with patterns, and the sources that must be absent, that decisions come to."""
    chosen = [(one.field.removeprefix(KNOWN), one.chosen) for one in decisions if one.chosen and one.chosen.rule]
    match = {source: one.find.pattern for source, one in chosen if one.find}
    return match, tuple(source for source, one in chosen if not one.find)


def _tag(source: str, subjects: Sequence[Subject], key: str) -> Decision:
    return decision_on(source, text_choices(source, subjects), key)


def _first_key(source: str, match: Mapping[str, str], subjects: Sequence[Subject], without: Sequence[str]) -> str:
    if source in without:
        return ABSENT
    if source not in match:
        return IGNORED
    return next(one.key for one in text_choices(source, subjects) if one.find and one.find.pattern == match[source])


def _text(source: str, subjects: Sequence[Subject], holding: Find | None, first: str) -> Decision:
    reads = texts_of(source, subjects)
    if not all(reads) or any(len(text) > _MOST_CHARACTERS for text in reads):
        return decision_on(source, (ignored(source, subjects),), IGNORED)
    choices = text_choices(source, subjects)
    if holding is None:
        return decision_on(source, choices, IGNORED)
    holds = condition(HOLDS, "has what the ID or the time is found by", source, holding.pattern, reads)
    return decision_on(source, (holds, *choices), first)


def _makernotes(subjects: Sequence[Subject]) -> list[str]:
    return [f"makernote.{name}" for name in _MAKERNOTES if all(name in one.makernotes.values for one in subjects)]


def _names(subjects: Sequence[Subject], camera: Find | None) -> str:
    """Return how the first path begins, up to the end of its ID; empty where it has none."""
    span = span_of(subjects[0], camera) if subjects else None
    return subjects[0].path[: span[1]] if span else ""


def decision_on(source: str, choices: tuple[Choice, ...], key: str, part: PartName = "image") -> Decision:
    """Return the decision what a source must say, which is this choice at first."""
    chosen = next((one for one in choices if one.key == key), choices[-1])
    return Decision(part, f"{KNOWN}{source}", chosen, _why(choices), choices, is_optional=True)


def _why(choices: tuple[Choice, ...]) -> str:
    reads = choices[-1].reads
    if not any(reads):
        return "no file has it"
    return "all files have it" if all(reads) else f"{sum(map(bool, reads))} of {len(reads)} files have it"
