"""Decides by what the reports of a camera type are known: for each line if it must be there, and its text. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.profiles.drafted_known import Known, decision_on, settled
from ingest.profiles.drafts import OWN, Answers, Choice, Decision, Find
from ingest.profiles.known_by import path_like
from ingest.profiles.known_choices import IGNORED, condition, ignored, path_choices, text_choices, texts_of
from ingest.profiles.other_choices import Origin
from ingest.profiles.own_conditions import answered, others_known, with_own
from ingest.profiles.report_figures import COUNTERS, NAMES
from ingest.profiles.sources import Subject

DATES = ("date", "datetime", "date time", "time", "timestamp")
IDS = ("imei", "serial", "serial number", "sn", "device id", "camera id", "id", "camid")
THERE = "there"
_MOST_TELLING = 4
_MOST_LINES = 30


def decide_known_report(
    subjects: Sequence[Subject],
    camera: str | None,
    values: Mapping[str, str],
    find: Find | None,
    answers: Answers,
    origins: Sequence[Origin],
) -> Known:
    """Decide what tells these reports. `camera` is the line of their ID, `values` are the lines of the first."""
    own = next((one.values for one in origins if one.key == OWN), {})
    first = known_by_lines(camera, values)
    lines = dict.fromkeys([*first, *(f"report.{key}" for key in list(values)[:_MOST_LINES])])
    made = [_line(source, subjects, THERE if source in first else IGNORED) for source in lines]
    made.append(decision_on("path", path_choices(path_like(subjects, find), subjects, ""), IGNORED, "report"))
    if any(texts_of("account", subjects)):
        made.append(decision_on("account", text_choices("account", subjects), IGNORED, "report"))
    made = [with_own(answered(one, answers), own, subjects, answers) for one in made]
    return settled([*made, *others_known("report", made, answers, own, subjects)])


def known_by_lines(camera: str | None, values: Mapping[str, str]) -> list[str]:
    """Return the sources that must be there: the ID, and one of those that tell this camera from others.

    Few, so that a day without GPS, or without another line, is a report of that camera. Most telling is a line that few
    cameras have; counters have many names.
    """
    others = [key for key in values if key != camera and key not in DATES]
    others = others or [key for key in values if key != camera]
    if camera is None:
        return [f"report.{key}" for key in others[:2]]
    rare = [key for key in others if key not in NAMES and key not in IDS]
    counters = [key for key in COUNTERS if key in others]
    some = " | ".join(f"report.{key}" for key in (rare or counters or others)[:_MOST_TELLING])
    return [f"report.{camera}", *([some] if some else [])]


def _line(source: str, subjects: Sequence[Subject], key: str) -> Decision:
    return decision_on(source, _choices(source, subjects), key, "report")


def _choices(source: str, subjects: Sequence[Subject]) -> tuple[Choice, ...]:
    if "|" in source:
        return condition(THERE, "one of these lines must be there", source, ""), ignored(source)
    reads = texts_of(source, subjects)
    there = condition(THERE, "this line must be there", source, "", reads)
    lacking = sum(source.removeprefix("report.") not in one.report for one in subjects)
    if lacking:
        there = replace(there, doubt=f"{lacking} of these {len(subjects)} reports do not have it.")
    return there, *text_choices(source, subjects)
