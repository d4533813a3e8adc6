"""Drafts a profile from files of a new camera type: what their values tell, and what a person has to be asked. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from ingest.errors import CamspoolError
from ingest.profiles.drafted_part import DraftedPart
from ingest.profiles.drafts import OWN, Answers, Decision, Draft, Given
from ingest.profiles.known_by import of_most
from ingest.profiles.marks import marks_in
from ingest.profiles.models import decide_model, model_of
from ingest.profiles.other_choices import LIKE, Origin
from ingest.profiles.own_parts import head_block, own_part, tail_block
from ingest.profiles.own_rules import own_values
from ingest.profiles.photo_drafting import draft_photos
from ingest.profiles.profile import PartName, Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.report_drafting import can_be_named, draft_report
from ingest.settings.time_zones import zone_named

MOST_FILES = 50
"""How many photos a draft looks at: of more, those that are evenly spread over all."""

_File = TypeVar("_File")


def draft(
    name: str, files: Sequence[Given], today: date, answers: Answers | None = None, known: Sequence[Profile] = ()
) -> Draft:
    """Return the draft of a profile for the photos among the files, and for the reports that are like the first.

    `answers` are the choices of a person, by the names of the decisions; an answer that is no choice counts for none,
    and so do own rules that no profile can have. `known` are profiles of which one may be the model.
    """
    answers = answers or {}
    made = _draft(name, files, today, answers, known)
    plain = {name: one for name, one in answers.items() if not _is_rule(name)}
    return made if len(plain) == len(answers) or _loads(made.text) else _draft(name, files, today, plain, known)


def _draft(name: str, files: Sequence[Given], today: date, answers: Answers, known: Sequence[Profile]) -> Draft:
    photos = evenly([one for one in files if one.facts.kind == "image"], MOST_FILES)
    mine = [one for one, is_mine in zip(photos, of_most([one.subject for one in photos]), strict=True) if is_mine]
    reports = evenly([one for one in files if any(map(can_be_named, one.facts.report))], MOST_FILES)
    photo = report = DraftedPart("")
    if mine:
        marks = marks_in(answers, "image", _numbers(files, mine))
        like, origins = _origins("image", mine, answers, known)
        photo = draft_photos(mine, answers, origins, marks)
        photo = replace(photo, decisions=(*photo.decisions, *like))
    if reports:
        marks = marks_in(answers, "report", _numbers(files, reports))
        like, origins = _origins("report", reports, answers, known)
        report = draft_report(reports, answers, origins, marks)
        report = replace(report, decisions=(*report.decisions, *like))
    photo, report = own_part("image", photo, answers), own_part("report", report, answers)
    head = head_block(name, today, photo.zone or _own_zone(answers), answers)
    blocks = [head, *(one.block for one in (photo, report) if one.block), *tail_block(answers)]
    kept = {id(one) for one in mine}
    left_out = [one.path for one in files if one.facts.kind == "other"]
    left_out += [one.path for one in photos if id(one) not in kept]
    decisions = (*photo.decisions, *report.decisions)
    return Draft("\n\n".join(blocks) + "\n", photo.known_by or report.known_by, decisions, tuple(left_out))


def evenly(files: Sequence[_File], most: int) -> list[_File]:
    """Return at most so many of the files, the first and the last among them.

    >>> evenly(["a", "b", "c", "d", "e"], 3)
    ['a', 'c', 'e']
    """
    if len(files) <= most:
        return list(files)
    return [files[at * (len(files) - 1) // (most - 1)] for at in range(most)]


def _origins(
    part: PartName, given: Sequence[Given], answers: Answers, known: Sequence[Profile]
) -> tuple[list[Decision], list[Origin]]:
    """Return the decision which profile is the model, if one may be, and the profiles whose rules may be taken."""
    own = Origin(OWN, "as the profile says", own_values(answers, part))
    decision = decide_model(part, given, known, answers.get(f"{part}.{LIKE}"))
    if decision is None or decision.chosen is None or not decision.chosen.rule:
        return [decision] if decision else [], [own]
    return [decision], [own, model_of(part, next(one for one in known if one.id == decision.chosen.key))]


def _numbers(files: Sequence[Given], some: Sequence[Given]) -> Callable[[int], int | None]:
    """Return what gives the number among some of the files to a number among all."""
    at = {id(one): number for number, one in enumerate(some)}
    return lambda number: at.get(id(files[number])) if number < len(files) else None


def _own_zone(answers: Answers) -> str:
    """Return the zone that an own rule names, where the photos have no decision on it."""
    zone = own_values(answers, "image").get("zone")
    return zone if isinstance(zone, str) and answers.get("image.zone") in (None, OWN) and zone_named(zone) else ""


def _is_rule(name: str) -> bool:
    """Say whether an answer holds a rule, or a mark from which one is made."""
    return name.partition(".")[2].partition(".")[0] in ("own", "mark", "like")


def _loads(text: str) -> bool:
    try:
        parse_profile(text, Path("draft"))
    except CamspoolError:
        return False
    return True
