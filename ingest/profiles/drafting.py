"""Drafts a profile from files of a new camera type: what their values tell, and what a person has to be asked. Pure."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from ingest.profiles.drafted_id import decide_id
from ingest.profiles.drafted_time import decide_time, time_in
from ingest.profiles.drafted_zone import decide_zone
from ingest.profiles.drafts import Answers, Choice, Decision, Draft, Find, Given, asked_lines, pattern_text, quoted
from ingest.profiles.known_by import KnownBy, known_by, of_most
from ingest.profiles.report_drafting import can_be_named, draft_report
from ingest.profiles.sources import Subject
from ingest.reading.location import InvalidLocationError, position_from_exif

MOST_FILES = 50
"""How many photos a draft looks at: of more, those that are evenly spread over all."""

_File = TypeVar("_File")
_NO_PLACE = "the site of the camera, as its record has it"


def draft(name: str, files: Sequence[Given], today: date, answers: Answers | None = None) -> Draft:
    """Return the draft of a profile for the photos among the files, and for the reports that are like the first.

    `answers` are the choices of a person, by the names of the decisions; an answer that is no choice counts for none.
    """
    answers = answers or {}
    photos = evenly([one for one in files if one.facts.kind == "image"], MOST_FILES)
    mine = [one for one, is_mine in zip(photos, of_most([one.subject for one in photos]), strict=True) if is_mine]
    reports = evenly([one for one in files if any(map(can_be_named, one.facts.report))], MOST_FILES)
    known, decisions = _decide(mine, answers) if mine else (KnownBy({}), [])
    blocks = [_head_block(name, today, decisions), *([_image_block(known, decisions)] if mine else [])]
    if reports:
        block, more = draft_report(reports, answers)
        blocks.append(block)
        decisions = [*decisions, *more]
    kept = {id(one) for one in mine}
    left_out = [one.path for one in files if one.facts.kind == "other"]
    left_out += [one.path for one in photos if id(one) not in kept]
    return Draft("\n\n".join(blocks) + "\n", known.words, tuple(decisions), tuple(left_out))


def evenly(files: Sequence[_File], most: int) -> list[_File]:
    """Return at most so many of the files, the first and the last among them.

    >>> evenly(["a", "b", "c", "d", "e"], 3)
    ['a', 'c', 'e']
    """
    if len(files) <= most:
        return list(files)
    return [files[at * (len(files) - 1) // (most - 1)] for at in range(most)]


def _decide(given: Sequence[Given], answers: Answers) -> tuple[KnownBy, list[Decision]]:
    subjects = [one.subject for one in given]
    window = time_in("path", subjects)
    time = decide_time(given, subjects, answers.get("image.captured_at"))
    stamp = _without_names(window.pattern) if window else ""
    camera = decide_id(given, subjects, stamp, answers.get("image.camera_id"))
    masked = camera.chosen.find if camera.chosen else None
    zone = decide_zone(subjects, time, answers.get("image.zone"))
    decisions = [camera, time, *([zone] if zone else []), _decide_location(subjects, answers.get("image.location"))]
    return known_by(subjects, masked), decisions


def _without_names(pattern: str) -> str:
    for name in ("time", "date", "clock"):
        pattern = pattern.replace(f"(?P<{name}>", "(?:")
    return pattern


def _decide_location(subjects: Sequence[Subject], answer: str | None) -> Decision:
    """Decide on the photos' own position where they have one, and on that of the camera's site where not."""
    reads = tuple(map(_position, subjects))
    site = Choice("record", _NO_PLACE, 'from = "record"')
    if not any(reads):
        words = "no file has a position; enter the camera's site on its page"
        return Decision("image", "location", site, words, (site,), is_optional=True)
    own = Choice("exif.GPS", f"EXIF GPS, else {_NO_PLACE}", 'from = ["exif.GPS", "record"]', reads)
    words = f"{sum(map(bool, reads))} of {len(reads)} files have a position"
    if answer == site.key:
        return Decision("image", "location", site, words, (own, site), is_optional=True)
    return Decision("image", "location", own, words, (own, site), is_optional=True)


def _position(subject: Subject) -> str:
    try:
        position = position_from_exif(subject.exif)
    except InvalidLocationError:
        return ""
    return f"{position[0]}, {position[1]}" if position else ""


def _head_block(name: str, today: date, decisions: Sequence[Decision]) -> str:
    lines = [
        f"name = {quoted(name)}",
        f"evidence = {quoted(f'Files given on {today}: say whose they are and where they come from')}",
        'notes = "A draft: loosen or tighten the patterns until the samples do what you expect."',
    ]
    zones = [one.chosen.rule for one in decisions if one.field == "zone" and one.chosen]
    return "\n".join([*lines, *(f"zone = {quoted(zone)}" for zone in zones if zone)])


def _image_block(known: KnownBy, decided: Sequence[Decision]) -> str:
    decisions = [one for one in decided if one.field != "zone"]
    chosen = {one.field: one.chosen for one in decisions if one.chosen and one.chosen.rule}
    match, path, find = _patterns(known.match, [one.find for one in chosen.values() if one.find])
    require = [name for name, one in chosen.items() if name != "location" or one.fills_all]
    lines = ["[image]", f"match = {_table(match)}"]
    lines += [f"absent = {json.dumps(list(known.absent))}"] if known.absent else []
    lines += [f"path = {pattern_text(path)}"] if path else []
    lines += [f"find = {_table(find)}"] if find else []
    lines += [f"require = {json.dumps(require)}", "", "[image.fields]"]
    for one in decisions:
        lines += asked_lines(one)
        lines += [f"{one.field} = {{ {one.chosen.rule} }}"] if one.chosen and one.chosen.rule else []
    return "\n".join(lines)


def _patterns(match: dict[str, str], finds: Sequence[Find]) -> tuple[dict[str, str], str, dict[str, str]]:
    """Put each pattern with groups where it may stand: a source has one place as a condition and one beside.

    Where nothing but the path tells the camera type, what a text must hold for the ID or the time is a condition too.
    """
    is_by_path = set(match) == {"path"}
    match, path, find = dict(match), "", dict[str, str]()
    for one in finds:
        if one.source == "path" and not path:
            path = one.pattern
        elif is_by_path and one.source not in match:
            match[one.source] = one.pattern
        elif one.source not in find:
            find[one.source] = one.pattern
        else:
            match[one.source] = one.pattern
    return match, path, find


def _table(entries: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{quoted(key)} = {pattern_text(value)}' for key, value in entries.items())} }}"
