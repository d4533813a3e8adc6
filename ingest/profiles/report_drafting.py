"""Drafts how a profile reads a report, from its keys and its values; what these do not tell is asked. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.profiles.composing import composed
from ingest.profiles.drafted_part import DraftedPart, of_own_accounts
from ingest.profiles.drafts import ANSWERED, MARK, Answers, Choice, Decision, Find, Given, quoted
from ingest.profiles.joined import names_in
from ingest.profiles.marked_choices import MarkedChoices, marked_id, marked_time, with_marks
from ingest.profiles.marks import NO_MARKS, Marks
from ingest.profiles.other_choices import Origin, answer_to, further, with_others, without_two_places
from ingest.profiles.part_text import part_block
from ingest.profiles.report_figures import decide_figures
from ingest.profiles.report_known import DATES, IDS, decide_known_report
from ingest.profiles.sources import Subject
from ingest.profiles.time_formats import Reading, readings_of
from ingest.profiles.time_settling import ORDERS, arrivals, ask, settle
from ingest.reading.camera_time import time_text

FOLDER = r"(?P<folder>[^/]+)/(?=[^/]*$)"
_ASK_CAMERA = (
    "No line of the report names its camera. Is it the folder, or does each camera have an account of its own?"
)


def draft_report(
    given: Sequence[Given], answers: Answers, origins: Sequence[Origin] = (), marks: Marks = NO_MARKS
) -> DraftedPart:
    """Return the part of a profile that knows and reads reports like the first; `origins` have rules to take.

    The others tell the day from the month, where they can.
    """
    values = {key: value for key, value in given[0].facts.report.items() if can_be_named(key)}
    key = next((key for key in IDS if values.get(key)), None)
    mine = [one for one in given if key is None or one.facts.report.get(key)]
    subjects = [one.subject for one in mine]
    marked = _marked(marks, given, mine, subjects)
    fields = _decide_fields(mine, subjects, key, values, answers, origins, has_time_mark="reported_at" in marks)
    fields = [
        with_marks(one, marked[one.field], answers.get(one.name)) if one.field in marked else one for one in fields
    ]
    camera = next((one.chosen for one in fields if one.field == "camera_id"), None)
    known = decide_known_report(subjects, key, values, camera.find if camera else None, answers, origins)
    part = composed(
        known.match, known.absent, fields, {MARK: marked["reported_at"].base, **{one.key: one.base for one in origins}}
    )
    return DraftedPart(part_block("report", part), (*fields, *known.decisions), known.words)


def _marked(
    marks: Marks, given: Sequence[Given], mine: Sequence[Given], subjects: Sequence[Subject]
) -> dict[str, MarkedChoices]:
    """Return the choices from marks, whose files are numbered among those that were given."""
    numbers = {at: mine.index(one) for at, one in enumerate(given) if one in mine}
    here = {
        field: tuple(replace(span, at=numbers[span.at]) for span in spans)
        for field, spans in marks.items()
        if all(span.at in numbers for span in spans)
    }
    time = marked_time(here.get("reported_at", ()), subjects, arrivals(mine))
    return {"camera_id": marked_id(here.get("camera_id", ()), subjects), "reported_at": time}


def can_be_named(key: str) -> bool:
    """Say whether a profile can name a report's key: without the mark between sources, and all of it to be seen."""
    return "|" not in key and key.isprintable()


def _decide_fields(
    given: Sequence[Given],
    subjects: Sequence[Subject],
    key: str | None,
    values: Mapping[str, str],
    answers: Answers,
    origins: Sequence[Origin],
    *,
    has_time_mark: bool,
) -> list[Decision]:
    own = {f"report.{field}": answer_to(answers, "report", field, origins) for field in _answered(answers)}
    asked = {name: answer for name, answer in own.items() if answer is not None}
    decided = [_camera(given, key, asked.get("report.camera_id")), *_times(given, asked.get("report.reported_at"))]
    if not any(one.field == "reported_at" for one in decided) and has_time_mark:
        decided.append(Decision("report", "reported_at", None, "no line was found to tell it", is_optional=True))
    decided += decide_figures(subjects, values, asked)
    named = of_own_accounts(given, subjects)
    made = [with_others(one, origins, named if one.field == "camera_id" else subjects, answers) for one in decided]
    return without_two_places([*made, *further("report", made, origins, subjects, answers)])


def _answered(answers: Answers) -> list[str]:
    names = (name.removeprefix("report.") for name in answers if name.startswith("report."))
    return [name for name in names if "." not in name]


def _camera(given: Sequence[Given], key: str | None, answer: str | None) -> Decision:
    own = tuple(one.account if one.is_own and one.account else "" for one in given)
    account = Choice("account", "the camera's own FTPS account", 'from = "account"', own)
    choices = (account, *_folder(given))
    if key:
        check = ', check = "imei"' if key == "imei" else ""
        reads = tuple(one.facts.report.get(key, "") for one in given)
        line = Choice(f"report.{key}", f"the line {key}", f"from = {quoted(f'report.{key}')}{check}", reads)
        choices = (line, *choices)
    if answered := next((one for one in choices if one.key == answer), None):
        return Decision("report", "camera_id", answered, ANSWERED, choices)
    if key:
        return Decision("report", "camera_id", choices[0], "the report says so itself", choices)
    question = "" if account.fills_all else _ASK_CAMERA
    return Decision("report", "camera_id", account, "no line of the report names the camera", choices, question)


def _folder(given: Sequence[Given]) -> list[Choice]:
    found = [re.search(FOLDER, one.path) for one in given]
    if not found or found[0] is None:
        return []
    reads = tuple(one["folder"] if one else "" for one in found)
    return [Choice("folder", "the folder", 'from = "path.folder"', reads, find=Find("path", FOLDER))]


def _times(given: Sequence[Given], answer: str | None) -> list[Decision]:
    """Decide on `reported_at`, where a line may tell it; nothing is chosen where the day may be the month."""
    possible = [("{report.date} {report.time}", ("date", "time")), *((f"report.{one}", (one,)) for one in DATES)]
    for source, keys in possible:
        told = [one for one in given if all(one.facts.report.get(key) for key in keys)]
        if not told or told[0] is not given[0]:
            continue
        readings = readings_of([" ".join(one.facts.report[key] for key in keys) for one in told])
        if readings:
            return [_time_of(source, readings, told, [one in told for one in given], answer)]
    return []


def _time_of(
    source: str, readings: Sequence[Reading], told: Sequence[Given], has: Sequence[bool], answer: str | None
) -> Decision:
    choices = tuple(_time(source, one, has) for one in readings)
    if answered := next((one for one in choices if one.key == answer), None):
        return Decision("report", "reported_at", answered, ANSWERED, choices, is_optional=True)
    if settled := readings[0] if len(readings) == 1 else settle(readings, arrivals(told)):
        because = "it can be read in one way only, or agrees with its arrival"
        return Decision("report", "reported_at", _time(source, settled, has), because, choices, is_optional=True)
    because = f"{source} can be read in {len(readings)} ways"
    return Decision("report", "reported_at", None, because, choices, ask(readings), is_optional=True)


def _time(source: str, reading: Reading, has: Sequence[bool]) -> Choice:
    rule = f"from = {quoted(source)}, format = {reading.formats_text}"
    times = iter(reading.times)
    reads = tuple(time_text(next(times)) if one else "" for one in has)
    keys = [one.removeprefix("report.") for one in names_in(source)]
    words = f"the line{'s' if len(keys) > 1 else ''} {' and '.join(keys)}, {ORDERS[reading.order]}"
    return Choice(f"{source}:{'|'.join(reading.formats)}", words, rule, reads)
