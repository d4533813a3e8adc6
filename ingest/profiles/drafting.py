"""Drafts a profile from files of a new camera type: what their values tell, and what a person has to be asked. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from ingest.profiles.drafted_part import DraftedPart
from ingest.profiles.drafts import OWN, Answers, Draft, Given, quoted
from ingest.profiles.known_by import of_most
from ingest.profiles.other_choices import Origin
from ingest.profiles.own_rules import own_values
from ingest.profiles.photo_drafting import draft_photos
from ingest.profiles.profile import PartName
from ingest.profiles.report_drafting import can_be_named, draft_report

MOST_FILES = 50
"""How many photos a draft looks at: of more, those that are evenly spread over all."""

_File = TypeVar("_File")


def draft(name: str, files: Sequence[Given], today: date, answers: Answers | None = None) -> Draft:
    """Return the draft of a profile for the photos among the files, and for the reports that are like the first.

    `answers` are the choices of a person, by the names of the decisions; an answer that is no choice counts for none.
    """
    answers = answers or {}
    photos = evenly([one for one in files if one.facts.kind == "image"], MOST_FILES)
    mine = [one for one, is_mine in zip(photos, of_most([one.subject for one in photos]), strict=True) if is_mine]
    reports = evenly([one for one in files if any(map(can_be_named, one.facts.report))], MOST_FILES)
    photo = draft_photos(mine, answers, _origins("image", answers)) if mine else DraftedPart("")
    blocks = [_head_block(name, today, photo.zone), *([photo.block] if mine else [])]
    decisions = list(photo.decisions)
    if reports:
        report = draft_report(reports, answers, _origins("report", answers))
        blocks.append(report.block)
        decisions += report.decisions
    kept = {id(one) for one in mine}
    left_out = [one.path for one in files if one.facts.kind == "other"]
    left_out += [one.path for one in photos if id(one) not in kept]
    return Draft("\n\n".join(blocks) + "\n", photo.known_by, tuple(decisions), tuple(left_out))


def evenly(files: Sequence[_File], most: int) -> list[_File]:
    """Return at most so many of the files, the first and the last among them.

    >>> evenly(["a", "b", "c", "d", "e"], 3)
    ['a', 'c', 'e']
    """
    if len(files) <= most:
        return list(files)
    return [files[at * (len(files) - 1) // (most - 1)] for at in range(most)]


def _origins(part: PartName, answers: Answers) -> list[Origin]:
    return [Origin(OWN, "as the profile says", own_values(answers, part))]


def _head_block(name: str, today: date, zone: str) -> str:
    lines = [
        f"name = {quoted(name)}",
        f"evidence = {quoted(f'Files given on {today}: say whose they are and where they come from')}",
        'notes = "A draft: loosen or tighten the patterns until the samples do what you expect."',
    ]
    return "\n".join([*lines, *([f"zone = {quoted(zone)}"] if zone else [])])
