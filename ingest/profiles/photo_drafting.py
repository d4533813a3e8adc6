"""Drafts how a profile knows and reads photos: what their values tell, and what a person has to be asked. Pure."""

from collections.abc import Iterable, Sequence

from ingest.profiles.composing import composed
from ingest.profiles.drafted_encoding import decide_encoding, read_in, sources_of
from ingest.profiles.drafted_id import decide_id
from ingest.profiles.drafted_known import decide_known
from ingest.profiles.drafted_location import decide_location
from ingest.profiles.drafted_part import DraftedPart, of_own_accounts
from ingest.profiles.drafted_require import decide_required, required
from ingest.profiles.drafted_time import decide_time, time_in
from ingest.profiles.drafted_zone import decide_zone, with_zones
from ingest.profiles.drafts import MARK, OWN, Answers, Choice, Decision, Given
from ingest.profiles.group_names import groups_of, origins_of, without_names
from ingest.profiles.marked_choices import MarkedChoices, marked_id, marked_time, with_marks
from ingest.profiles.marks import NO_MARKS, Marks
from ingest.profiles.other_choices import Origin, answer_to, further, with_others, without_two_places
from ingest.profiles.part_text import part_block
from ingest.profiles.sources import Subject
from ingest.profiles.time_settling import arrivals

_NO_OWN = Origin(OWN, "", {})


def draft_photos(
    given: Sequence[Given], answers: Answers, origins: Sequence[Origin] = (), marks: Marks = NO_MARKS
) -> DraftedPart:
    """Return the part of a profile for these photos; `origins` are other profiles whose rules may be taken."""
    named = next((one.base.encoding for one in origins if one.base.encoding), "")
    plain = [one.subject for one in given]
    subjects = read_in(answers.get("image.encoding"), named, plain)
    marked = marked_time(marks.get("captured_at", ()), subjects, arrivals(given))
    fields, zone = _decide_fields(given, subjects, answers, origins, marks, marked)
    chosen = {one.field: one.chosen for one in fields if one.chosen and one.chosen.rule}
    finds = [one.find for one in chosen.values() if one.find]
    camera = chosen.get("camera_id")
    own = next((one for one in origins if one.key == OWN), _NO_OWN)
    known = decide_known(subjects, camera.find if camera else None, finds, answers, own.values)
    of_id = _looked_at([camera] if camera else [])
    used = [*of_id, *_looked_at(chosen.values()), *sources_of(list(known.match))]
    encoding = decide_encoding(plain, used, of_id, answers.get("image.encoding"), named)
    model = next((one.values.get("require") for one in origins if one.model), None)
    needed = decide_required(chosen, answers, model)
    part = composed(
        known.match,
        known.absent,
        fields,
        {MARK: marked.base, **{one.key: one.base for one in origins}},
        required(needed),
        encoding.chosen.rule if encoding and encoding.chosen else "",
    )
    others = [one for one in (zone, encoding) if one]
    rule = zone.chosen.rule if zone and zone.chosen else ""
    return DraftedPart(part_block("image", part), (*fields, *others, *known.decisions, *needed), known.words, rule)


def _decide_fields(
    given: Sequence[Given],
    subjects: Sequence[Subject],
    answers: Answers,
    origins: Sequence[Origin],
    marks: Marks,
    marked: MarkedChoices,
) -> tuple[list[Decision], Decision | None]:
    """Decide on every field of a photo, and on the zone of its time."""
    window = time_in("path", subjects)
    time = decide_time(given, subjects, answer_to(answers, "image", "captured_at", origins))
    time = with_marks(with_others(time, origins, subjects, answers), marked, answers.get("image.captured_at"))
    stamp = without_names(window.pattern, groups_of(window.pattern)) if window else ""
    camera = decide_id(given, subjects, stamp, answer_to(answers, "image", "camera_id", origins))
    camera = with_others(camera, origins, of_own_accounts(given, subjects), answers)
    camera = with_marks(camera, marked_id(marks.get("camera_id", ()), subjects), answers.get("image.camera_id"))
    location = decide_location(subjects, answer_to(answers, "image", "location", origins))
    location = with_others(location, origins, subjects, answers)
    decided = [camera, time, location]
    decided += further("image", decided, origins, subjects, answers)
    zone = with_zones(decide_zone(subjects, time, answers.get("image.zone")), origins, answers.get("image.zone"))
    return without_two_places(decided), zone


def _looked_at(choices: Iterable[Choice]) -> list[str]:
    """Return the sources in which choices find what they give."""
    chosen = list(choices)
    named = [source for one in chosen for source in origins_of(one.rule)]
    return sources_of([*named, *(one.find.source for one in chosen if one.find)])
