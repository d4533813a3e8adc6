"""Undoes what an earlier request did: its notes are taken back, and what was accepted only by them is decided anew."""

import sqlite3
from typing import Any

from ingest.requests.answers import Answer, read_answer
from ingest.requests.clock_spans import undo_clock
from ingest.requests.correcting import note_all
from ingest.requests.result import Alive, Result
from ingest.requests.retrying import judged_again
from ingest.requests.trash import restore_items
from ingest.requests.wanted import Surroundings, Wanted, at_its_site, wanted_by
from ingest.requests.whereabouts import surroundings
from ingest.settings.values import Settings
from ingest.spool.corrections import by_hand, last_note, with_correction
from ingest.spool.names import one_line
from ingest.spool.sidecar import Sidecar
from ingest.verdict.right_time import Undone

_CHANGED_BY = ("corrected", "requeued")


def undo(
    settings: Settings, index: sqlite3.Connection, request_id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Undo the request that this one names. Doing it again changes nothing that is undone."""
    named = str(request["request"])
    answer = read_answer(settings.root, named)
    if answer is None or answer.done_at is None:
        return [Result(request_id, "refused", f"No request {one_line(named, 60)} has been carried out.")]
    undone = Undone(*(str(request.get(key) or "") for key in ("by", "at", "why")))
    action = answer.request.get("action")
    if action == "mend_clock":
        camera_id, at = (str(answer.request.get(key)) for key in ("camera_id", "at"))
        return undo_clock(settings, index, camera_id, at, undone, alive)
    if action == "delete":
        deleted = [str(one.get("id")) for one in answer.done]
        return restore_items(settings, index, deleted, alive, named)
    if action == "correct":
        return _undo_corrections(settings, index, answer, undone, alive)
    return [Result(request_id, "refused", f"Nothing undoes {one_line(str(action), 40)}.")]


def can_be_undone(answer: Answer) -> bool:
    """Say whether something undoes what a request has done."""
    is_for_good = answer.request.get("for_good") is True
    return answer.request.get("action") in ("correct", "mend_clock", "delete") and bool(answer.done) and not is_for_good


def _undo_corrections(
    settings: Settings, index: sqlite3.Connection, answer: Answer, undone: Undone, alive: Alive
) -> list[Result]:
    wanted, around = wanted_by(answer.request), surroundings(settings, index)
    ids = [str(one.get("id")) for one in answer.results if one.get("outcome") in _CHANGED_BY]

    def take_back(sidecar: Sidecar) -> Sidecar | str:
        return without_notes(sidecar, wanted, undone, around)

    outcomes = note_all(settings, index, ids, take_back, lambda _: "It is as it was before.", alive)
    return judged_again(settings.root, index, [Result(*one) for one in outcomes], undone.at, alive)


def without_notes(sidecar: Sidecar, wanted: Wanted, undone: Undone, around: Surroundings) -> Sidecar | str:
    """Return a sidecar with what was held before some notes; the same one where they are undone. Say so when there are
    newer ones. Pure."""
    new, said = sidecar, (undone.by, undone.at, undone.why)
    for what in wanted.values:
        note = last_note(new.corrections, what)
        if note and note.at == wanted.at and note.value is not None:
            before = by_hand(new.corrections[: new.corrections.index(note)], what)
            new = with_correction(new, what, before, *said)
        elif note and note.at != undone.at:
            return "It was corrected again since; that stays."
    return new if "location" in wanted.values or new is sidecar else at_its_site(new, around, *said)
