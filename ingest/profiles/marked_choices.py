"""Choices from what a person marked: what a part of a text, or all of it, gives in each file as ID or time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.profiles.drafts import ANSWERED, MARK, Choice, Decision, Find
from ingest.profiles.id_marks import Kind, Trust, trust_in
from ingest.profiles.known_choices import texts_of
from ingest.profiles.marking import Judge, pattern_for
from ingest.profiles.marks import Span
from ingest.profiles.own_rules import Base
from ingest.profiles.sources import Subject
from ingest.profiles.time_formats import Reading, readings_of
from ingest.profiles.time_settling import ORDERS, Hint, ask, settle
from ingest.profiles.toml_writing import toml_text
from ingest.reading.camera_time import time_text
from ingest.reading.imei import is_imei
from ingest.spool.names import one_line

_GROUPS = ("date", "clock", "rest")
_NAMES_NONE = "These look like dates, counters, or words that all cameras write: such do not name a camera."
_NO_TIME = "What is marked is no date and time that all these files have: mark year, month, day, hour and minute."
_LACKING = "Mark it in one of those, or choose something else."
_MOST_NAMED = 3
_STANDARD = 'format = "%Y:%m:%d %H:%M:%S"'


@dataclass(frozen=True)
class Found:
    """What a mark finds: the source that the rule names, the pattern that it needs, and what it gives in each file."""

    source: str
    find: Find | None
    values: tuple[str, ...]


@dataclass(frozen=True)
class MarkedChoices:
    """The choices from a mark, which of them is taken if nobody says otherwise, what to ask, and further patterns."""

    choices: tuple[Choice, ...] = ()
    first: Choice | None = None
    question: str = ""
    base: Base = field(default_factory=Base)


def marked_id(spans: Sequence[Span], subjects: Sequence[Subject]) -> MarkedChoices:
    """Return the choice of what was marked as the ID; none where the mark is in no text."""
    if not spans:
        return MarkedChoices()
    kind = _kind(spans[0], subjects)
    found = _found(spans[0], subjects, "id", lambda values: int(trust_in(values, kind)))
    if found is None:
        return MarkedChoices()
    check = ', check = "imei"' if all(is_imei(value) for value in found.values) else ""
    doubt = _lacking(found.values, subjects)
    if not doubt and kind != "named" and trust_in(found.values, kind) == Trust.NEVER:
        doubt = _NAMES_NONE
    source = "{id}" if found.find else found.source
    rule = f"from = {toml_text(source)}{check}"
    choice = Choice(MARK, _words(spans), rule, found.values, doubt, found.find)
    return MarkedChoices((choice,), choice, _asked(found.values, subjects))


def marked_time(spans: Sequence[Span], subjects: Sequence[Subject], hints: Sequence[Hint]) -> MarkedChoices:
    """Return the choices of how what was marked is read as a time; `hints` may tell the day from the month."""
    parts = [_found(span, subjects, name, len, of_time=True) for span, name in zip(spans, _groups(spans), strict=False)]
    found = [one for one in parts if one]
    if not spans or len(found) < len(parts):
        return MarkedChoices()
    whole = [" ".join(several) if all(several) else "" for several in zip(*(one.values for one in found), strict=True)]
    finds = [one.find for one in found if one.find]
    source = found[0].source if len(found) == 1 and not finds else " ".join(f"{{{one.source}}}" for one in found)
    readings = readings_of([text for text in whole if text])
    base = Base("", _beside(finds[1:]))
    find = finds[0] if finds else None
    opened = Choice(f"{MARK}:open", _words(spans), f"{_from(source)}, {_STANDARD}", (), _NO_TIME, find)
    if not readings:
        return MarkedChoices((replace(opened, key=MARK),), replace(opened, key=MARK), _NO_TIME, base)
    made = tuple(_read(spans, source, find, one, whole, subjects, alone=len(readings) == 1) for one in readings)
    chosen = made[0] if len(made) == 1 else _settled(made, readings, hints, whole)
    asked = _asked(made[0].reads, subjects)
    return MarkedChoices(made, chosen or opened, asked if chosen else ask(readings), base)


def with_marks(decision: Decision, marked: MarkedChoices, answer: str | None) -> Decision:
    """Return a decision with the choices from a mark, of which one is taken unless another choice is the answer."""
    if not marked.choices:
        return decision
    choices = (*decision.choices, *marked.choices)
    if answer is not None and answer in [one.key for one in decision.choices]:
        return replace(decision, choices=choices)
    taken = next((one for one in marked.choices if one.key == answer), None)
    question = marked.question if taken is None or not taken.fills_all else ""
    return replace(decision, chosen=taken or marked.first, because=ANSWERED, choices=choices, question=question)


def _groups(spans: Sequence[Span]) -> Sequence[str]:
    return ("time",) if len(spans) == 1 else _GROUPS


def _found(span: Span, subjects: Sequence[Subject], group: str, judge: Judge, *, of_time: bool = False) -> Found | None:
    """Return what a mark finds; the source itself where all of its text is marked."""
    texts = texts_of(span.source, subjects)
    if span.at >= len(texts) or not 0 <= span.start < span.end <= len(texts[span.at]):
        return None
    if span.end - span.start == len(texts[span.at]) and span.source != "path":
        return Found(span.source, None, texts)
    made = pattern_for(texts, span.at, span.start, span.end, group, judge, of_time=of_time)
    return Found(group, Find(span.source, made.pattern), made.values) if made else None


def _kind(span: Span, subjects: Sequence[Subject]) -> Kind:
    """Say where the mark stands: a whole folder, another part of the path, or a text."""
    if span.source != "path":
        return "text" if span.source.startswith("exif.") else "named"
    path = texts_of("path", subjects)[span.at] if span.at < len(subjects) else ""
    is_folder = path[span.end : span.end + 1] == "/" and (not span.start or path[span.start - 1] == "/")
    return "folder" if is_folder else "part"


def _read(
    spans: Sequence[Span],
    source: str,
    find: Find | None,
    reading: Reading,
    texts: Sequence[str],
    subjects: Sequence[Subject],
    *,
    alone: bool,
) -> Choice:
    times = iter(reading.times)
    reads = tuple(time_text(next(times)) if text else "" for text in texts)
    key = MARK if alone else f"{MARK}:{'|'.join(reading.formats)}"
    rule = f"{_from(source)}, format = {reading.formats_text}"
    return Choice(key, f"{_words(spans)}, {ORDERS[reading.order]}", rule, reads, _lacking(reads, subjects), find)


def _settled(
    made: Sequence[Choice], readings: Sequence[Reading], hints: Sequence[Hint], texts: Sequence[str]
) -> Choice | None:
    if not all(texts):
        return None
    one = settle(readings, hints)
    return made[readings.index(one)] if one else None


def _from(source: str) -> str:
    return f'from = {toml_text(source)}, as = "datetime"'


def _beside(finds: Sequence[Find]) -> dict[str, str]:
    beside: dict[str, str] = {}
    for one in finds:
        key = one.source
        while key in beside:
            key = f"{key} | {one.source}"
        beside[key] = one.pattern
    return beside


def _words(spans: Sequence[Span]) -> str:
    shown = ("the path" if one.source == "path" else one.source.partition(".")[2] or one.source for one in spans)
    sources = dict.fromkeys(shown)
    return f"what was marked in {' and '.join(one_line(name, 40) for name in sources)}"


def _lacking(values: Sequence[str], subjects: Sequence[Subject]) -> str:
    lacking = [one_line(one.path, 60) for value, one in zip(values, subjects, strict=True) if not value]
    if not lacking:
        return ""
    more = ", …" if len(lacking) > _MOST_NAMED else ""
    return f"{len(lacking)} of these {len(values)} files do not have it: {', '.join(lacking[:_MOST_NAMED])}{more}."


def _asked(values: Sequence[str], subjects: Sequence[Subject]) -> str:
    lacking = _lacking(values, subjects)
    return f"What was marked is not in all files. {lacking} {_LACKING}" if lacking else ""
