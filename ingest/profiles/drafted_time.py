"""Decides what tells the time of some photos, and how it is read; the order of day and month is never guessed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.profiles.drafts import ANSWERED, Choice, Decision, Find, Given
from ingest.profiles.sources import Subject, look_up
from ingest.profiles.time_formats import Reading, readings_of
from ingest.profiles.time_settling import ORDERS, Hint, arrivals, ask, settle
from ingest.profiles.time_windows import Window, find_windows
from ingest.reading.camera_time import time_text

NONE = "none"
_TAGS = (
    *("exif.DateTimeOriginal", "exif.DateTimeDigitized", "xmp.exif:DateTimeOriginal", "xmp.photoshop:DateCreated"),
    *("makernote.DateTimeOriginal", "xmp.xmp:CreateDate", "exif.DateTime"),
)
_TEXTS = ("exif.ImageDescription", "exif.UserComment", "comment", "exif.XPComment", "xmp.dc:description")
_GPS = "{exif.GPSDateStamp} {exif.GPSTimeStamp}Z"
_STANDARD = 'as = "datetime", format = "%Y:%m:%d %H:%M:%S"'


@dataclass(frozen=True)
class TimeLead:
    """A place that holds a time in all files, and each way to read it."""

    source: str
    words: str
    readings: tuple[Reading, ...]
    find: Find | None = None


def decide_time(given: Sequence[Given], subjects: Sequence[Subject], answer: str | None) -> Decision:
    """Decide what gives `captured_at` of these photos; a choice without a rule says that they tell no time.

    As long as it is open, it is to be as the standard has it, which these files are not: so none of them is accepted.
    """
    leads = list(_leads(subjects))
    if not leads:
        return _without(subjects, answer)
    lead = leads[0]
    choices = tuple(_choice(one, reading) for one in leads for reading in one.readings)
    if answered := next((one for one in choices if one.key == answer), None):
        return Decision("image", "captured_at", answered, ANSWERED, choices)
    settled, because = _settle(lead, given, subjects)
    if settled is None:
        return Decision(
            "image",
            "captured_at",
            _open(lead),
            f"{lead.words} can be read in {len(lead.readings)} ways",
            choices,
            ask(lead.readings),
        )
    return Decision("image", "captured_at", _choice(lead, settled), because, choices)


def _leads(subjects: Sequence[Subject]) -> Iterator[TimeLead]:
    for source in (*_TAGS, _GPS):
        if readings := _readings(source, subjects):
            words = "the time of the satellites" if source == _GPS else f"the tag {source.partition('.')[2]}"
            yield TimeLead(source, words, readings)
    for source in ("path", *_TEXTS):
        if window := time_in(source, subjects):
            words = "the time in the path" if source == "path" else f"the time in {_shown(source)}"
            yield TimeLead(window.source, words, window.readings, Find(source, window.pattern))


def _shown(source: str) -> str:
    return "the comment" if source == "comment" else source.partition(".")[2]


def time_in(source: str, subjects: Sequence[Subject]) -> Window | None:
    """Return where a time stands within a text that all files have."""
    texts = [text for one in subjects if (text := look_up(source, one))]
    return next(iter(find_windows(texts)), None) if len(texts) == len(subjects) else None


def _readings(source: str, subjects: Sequence[Subject]) -> tuple[Reading, ...]:
    texts = [text for one in subjects if (text := look_up(source, one))]
    return tuple(readings_of(texts)) if len(texts) == len(subjects) else ()


def _choice(lead: TimeLead, reading: Reading) -> Choice:
    words = f"{lead.words}, {ORDERS[reading.order]}"
    rule = f'from = "{lead.source}", as = "datetime", format = {reading.formats_text}'
    key = f"{lead.find.source if lead.find else lead.source}:{'|'.join(reading.formats)}"
    return Choice(key, words, rule, tuple(time_text(time) for time in reading.times), find=lead.find)


def _settle(lead: TimeLead, given: Sequence[Given], subjects: Sequence[Subject]) -> tuple[Reading | None, str]:
    """Return the one reading that can be right, and why; None when the files do not tell."""
    if len(lead.readings) == 1:
        return lead.readings[0], f"{lead.words} can be read in one way only"
    for hints, words in ((_of_tags(subjects), "the EXIF time"), (arrivals(given), "the time of arrival")):
        if one := settle(lead.readings, hints):
            return one, f"read so, {lead.words} agrees with {words}"
    return None, ""


def _of_tags(subjects: Sequence[Subject]) -> list[Hint]:
    """Return what the EXIF of some of the files tells, where it can be read in one way only."""
    hints = []
    for at, subject in enumerate(subjects):
        for source in _TAGS[:2]:
            readings = readings_of([text]) if (text := look_up(source, subject)) else []
            if len(readings) == 1:
                hints.append((at, readings[0].times[0]))
                break
    return hints


def _open(lead: TimeLead) -> Choice:
    return Choice("open", lead.words, f'from = "{lead.source}", {_STANDARD}', find=lead.find)


def _without(subjects: Sequence[Subject], answer: str | None) -> Decision:
    """Decide about files that have no time that can be read: by what the standard says, where it is to be there."""
    source = _TAGS[0] if any(one.exif for one in subjects) else _TAGS[2]
    words = "the tag DateTimeOriginal, as the standard has it; photos without it are rejected"
    standard = Choice("standard", words, f'from = "{source}", {_STANDARD}')
    none = Choice(NONE, "no time: the photos are taken, each with a warning", "")
    if answer in (NONE, standard.key):
        chosen = none if answer == NONE else standard
        return Decision("image", "captured_at", chosen, ANSWERED, (standard, none))
    texts = [text for one in subjects if (text := look_up(_TAGS[0], one))]
    if any(character.isdigit() for text in texts for character in text):
        asked = "DateTimeOriginal is damaged or missing in some of these files. Are such photos to be taken at all?"
        return Decision("image", "captured_at", standard, "the tag is there", (standard, none), asked)
    asked = "Nothing in these files tells when they were taken. Are they to be taken without a time?"
    return Decision("image", "captured_at", standard, "no time was found", (standard, none), asked)
