"""What must hold of a spool in which nothing waits, whatever happened to it before."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.index.places import id_in
from ingest.index.store import open_index
from ingest.spool.camera_records import read_camera_record
from ingest.spool.check_links import card_links_revoked, links_in
from ingest.spool.clock_spans import clock_spans_in
from ingest.spool.deliveries import last_done
from ingest.spool.filters import filters_in
from ingest.spool.incidents import TEST_REQUEST, read_known
from ingest.spool.intake import INTAKE, is_only_a_name
from ingest.spool.names import parse_companion, parse_incoming_name
from ingest.spool.outbox import AT_ONCE, is_paused, marked_ids, target_folder
from ingest.spool.people import Person, people_in
from ingest.spool.saved_profiles import read_confirmation, text_in_use, text_mark, versions
from ingest.spool.sidecar import Sidecar
from ingest.spool.tokens import tokens_in
from ingest.spool.trash import requests_in_trash, trashed_places
from ingest.upkeep.audit import audit
from tests.faults.scene import (
    AGED,
    BACK,
    CAMERA,
    CLIP,
    DELETED,
    DELETED_LAST,
    FORGOTTEN_INCIDENT,
    INVITATION,
    KNOWN_INCIDENT,
    LISTED_CAMERA,
    MADE_LINK,
    MADE_TOKEN,
    NEW_PROFILE,
    OLD_TOKEN,
    OTHER_CAMERA,
    PASSWORD_HASH,
    SAVED,
    SAVED_PROFILE,
    TAKEN_BACK,
    Scene,
)
from tests.integration.watching import decided, lone_sidecars


def complaints(root: Path) -> list[str]:
    """Return what is wrong with the spool as sentences: none for a whole one."""
    found = decided(root)
    said = [f"a sidecar without its item: {place}" for place in lone_sidecars(root)]
    said += [f"still in incoming/: {name}" for name in os.listdir(root / "incoming")]
    said += [f"an origin without its partial: {name}" for name in _lone_origins(root)]
    said += [f"still in uploads/: {path}" for path in _arrived(root / "uploads")]
    said += [f"another content than when it was read: {place}" for place in _changed(root, found)]
    said += [f"two items of one id: {item_id}" for item_id in _twice(sidecar.id for sidecar in found.values())]
    said += [f"a report of a list is nowhere: {item_id}" for item_id in _lost_reports(found)]
    said += [f"the index: {sentence}" for sentence in _index_complaints(root, set(found))]
    said += [f"the audit: {finding.sentence}" for finding in audit(root).findings]
    return said


def scene_complaints(scene: Scene) -> list[str]:
    """Return what is wrong with a scene that has been drained: its items, and what became of the requests."""
    said = complaints(scene.root)
    paths = Counter(one.upload_path for one in decided(scene.root).values() if not _is_found_twice(one))
    if paths != scene.expected:
        said.append(f"lost: {scene.expected - paths}, doubled: {paths - scene.expected}")
    verdicts = {(one.upload_path, one.verdict, one.reason) for one in decided(scene.root).values()}
    if missing := EXPECTED_VERDICTS - verdicts:
        said.append(f"no such verdict: {missing}; verdicts: {verdicts}")
    said += [f"still in partial/: {file}" for file in (scene.root / "partial").rglob("*")]
    said += [f"a request still waits: {name}" for name in os.listdir(scene.root / "requests") if name != "done"]
    said += [f"a request was refused: {outcome}" for outcome in _answers(scene.root) if "refused" in outcome]
    if (deleted := _deleted(scene.root)) != {AGED, CLIP, DELETED, BACK, DELETED_LAST}:
        said.append(f"the log of deletions names {deleted}")
    said += _corrected(scene.root)
    said += _trashed(scene.root)
    said += _saved(scene.root)
    said += _reports(scene.root)
    said += _marks(scene)
    goes_on = scene.is_carrying or (target_folder(scene.root, "photos") / AT_ONCE).exists()
    if not is_paused(scene.root, "archive") or not goes_on:
        said.append("a target does not rest, or another does not go on, as was asked for")
    said += _told(scene.root)
    if not (scene.root / "cameras" / f"{CAMERA}.json").exists():
        said.append("the camera's record is missing")
    return said


EXPECTED_VERDICTS = {
    ("E1.JPG", "accepted", None),
    ("E1.JPG", "rejected", "duplicate"),
    ("r-dr.txt", "accepted", None),
    ("list-dr.txt", "accepted", None),
    ("list-dr.txt", "rejected", "duplicate"),
    ("clip.mp4", "rejected", "unsupported_file_type"),
    ("tried-again.jpg", "accepted", None),
    ("by-hand.jpg", "accepted", None),
    ("whole.jpg", "accepted", None),
    ("late.jpg", "accepted", None),
    ("strange.jpg", "accepted", None),
}


def _told(root: Path) -> list[str]:
    """Say where it is not as was asked: who knows of which incident, who wants a test message, which token is valid."""
    known = [read_known(root, one) is not None for one in (KNOWN_INCIDENT, FORGOTTEN_INCIDENT)]
    tested = (root / TEST_REQUEST).read_text("utf-8") if (root / TEST_REQUEST).exists() else ""
    tokens = [one.token_hash for one in tokens_in(root)]
    right = ([True, False], "admin", [MADE_TOKEN, OLD_TOKEN])
    said = [] if (known, tested, tokens) == right else [f"incidents, test, tokens: {known}, {tested!r}, {tokens}"]
    return said + _let_in(root)


def _let_in(root: Path) -> list[str]:
    """Say where people and links to check pages are not as was asked."""
    people = [replace(one, made_at="", made_by="", request="") for one in people_in(root)]
    rose = Person("rose", "viewer", password_hash=PASSWORD_HASH, second_factor="sealed", **INVITATION)
    links = [(one.id, one.label, one.position, one.health) for one in links_in(root)]
    cards = card_links_revoked(read_camera_record(root, LISTED_CAMERA))
    saved = [(one.name, one.query) for one in filters_in(root)] == [("foxes", "found=animal")]
    is_right = saved and people == [rose] and links == [(MADE_LINK, "ranger", False, True)] and cards == 1
    return [] if is_right else [f"people, links, cards: {people}, {links}, {cards}"]


def _lost_reports(found: dict[str, Sidecar]) -> set[str]:
    """Return the items that files say their earlier reports are, and that are not there."""
    return {item_id for one in found.values() for item_id in one.earlier_reports} - {one.id for one in found.values()}


def _is_found_twice(sidecar: Sidecar) -> bool:
    """Say whether it is a report that two files were found to have at once: the second of them says so."""
    return sidecar.part_of is not None and sidecar.reason == "duplicate"


def _reports(root: Path) -> list[str]:
    """Say where not every report of a camera is there, in the folders and in the index, and once."""
    told = sorted(
        (one.camera_id, one.fields["battery_percent"])
        for one in decided(root).values()
        if one.verdict == "accepted" and one.kind == "report"
    )
    index = open_index(root)
    try:
        known = index.execute("SELECT camera_id, battery_percent FROM reports ORDER BY 1, 2").fetchall()
    finally:
        index.close()
    right = [(CAMERA, 30), (CAMERA, 50), (CAMERA, 60), (LISTED_CAMERA, 40)]
    return [] if told == known == right else [f"reports {told}, in the index {known}"]


def _arrived(uploads: Path) -> Iterator[Path]:
    """Yield what waits to be taken; what a camera still sees of a file that was taken waits for nothing."""
    for folder, _, names in os.walk(uploads):
        for path in (Path(folder) / name for name in names):
            if path.parent.name == INTAKE or not is_only_a_name(path.lstat()):
                yield path


def _lone_origins(root: Path) -> list[str]:
    names = [file.name for file in (root / "partial").glob("*/*")]
    partials = {parsed.id for name in names if (parsed := parse_incoming_name(name))}
    return [name for name in names if (found := parse_companion(name)) and found[0] not in partials]


def _changed(root: Path, found: dict[str, Sidecar]) -> list[str]:
    return [
        place
        for place, sidecar in found.items()
        if sidecar.sha256 not in (None, "00", hashlib.sha256((root / place).read_bytes()).hexdigest())
    ]


def _twice(values: object) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]  # type: ignore[call-overload]


def _index_complaints(root: Path, places: set[str]) -> list[str]:
    """Compare the index with the folders, and its running totals with the same totals counted anew."""
    index = open_index(root)
    try:
        known = {row[0] for row in index.execute("SELECT place FROM items")}
        said = [f"does not know {place}" for place in places - known]
        said += [f"knows what is not there: {place}" for place in known - places]
        kept = index.execute("SELECT verdict, reason, items FROM counts WHERE items != 0 ORDER BY 1, 2").fetchall()
        counted = index.execute(
            "SELECT verdict, coalesce(reason, ''), count(*) FROM items GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
        return said + ([] if kept == counted else [f"counts {kept} instead of {counted}"])
    finally:
        index.close()


def _trashed(root: Path) -> list[str]:
    """Say where the trash holds not just what was deleted, and neither restored nor let go for good."""
    there = {id_in(place) for one in requests_in_trash(root) for place in trashed_places(root, one)}
    return [] if there == {DELETED} else [f"the trash holds {there}"]


def _corrected(root: Path) -> list[str]:
    """Say where the item that was given to another camera is not that camera's, once and everywhere, or where what was
    mended and undone is not there once."""
    item = next(one for one in decided(root).values() if one.id == SAVED)
    notes = [note.value if note.what == "camera_id" else (note.what, note.value is None) for note in item.corrections]
    right = [OTHER_CAMERA, *(("captured_at", undone) for undone in (False, True, False))]
    right += [("location", False), ("location", True)]
    spans = [one.fault.behind_s for one in clock_spans_in(read_camera_record(root, OTHER_CAMERA))]
    index = open_index(root)
    try:
        known = index.execute("SELECT camera_id, corrected, said_at FROM items WHERE id = ?", (SAVED,)).fetchall()
        row = [tuple(one) for one in known]
        counted = [row[0] for row in index.execute("SELECT items FROM feeds WHERE camera_id = ?", (OTHER_CAMERA,))]
    finally:
        index.close()
    told = (notes, spans, row, counted)
    whole = (right, [-3600], [(OTHER_CAMERA, "camera_id captured_at", item.captured_at)], [1])
    return [] if told == whole else [f"the corrections have left {told}"]


def _saved(root: Path) -> list[str]:
    """Say where a saved profile is not in use, the one that was taken back is, or a version was made twice."""
    kept = [[one.text for one in versions(root, name)] for name in (NEW_PROFILE, TAKEN_BACK)]
    in_use = [text_in_use(root, name) for name in (NEW_PROFILE, TAKEN_BACK)]
    told = read_confirmation(root / "profiles" / NEW_PROFILE)
    if in_use == [SAVED_PROFILE, None] and list(map(len, kept)) == [1, 2] and kept[1][1] is None:
        marked = told.sha256 if told else None
        return [] if marked == text_mark(SAVED_PROFILE.encode()) else [f"the confirmation is {told}"]
    return [f"saving profiles has left {kept}, in use {in_use}"]


def _marks(scene: Scene) -> list[str]:
    """Say where not exactly what goes to a target has its mark: all that was decided or corrected, and photos of one
    camera, also the one that is sent again, unless they have gone."""
    items = decided(scene.root).values()
    photos = {one.id for one in items if (one.verdict, one.kind, one.camera_id) == ("accepted", "image", CAMERA)}
    wanted = {"archive": {one.id for one in items}, "photos": set() if scene.is_carrying else photos}
    marked = {target: set(marked_ids(scene.root, target)) for target in wanted}
    said = [] if marked == wanted else [f"marks {marked} in place of {wanted}"]
    return said + (_carried(scene, photos) if scene.is_carrying else [])


def _carried(scene: Scene, wanted: set[str]) -> list[str]:
    """Say where not every photo lies in the folder that it goes to, whole, with an answer that is kept."""
    there = {file.stem: file.read_bytes() for file in scene.tree.iterdir()}
    places = {one.id: place for place, one in decided(scene.root).items() if one.id in wanted}
    right = {item_id: (scene.root / place).read_bytes() for item_id, place in places.items()}
    said = [] if there == right else [f"the folder has {sorted(there)} in place of {sorted(right)}, or other bytes"]
    answers = {one: last_done(scene.root, "photos", one) for one in wanted}
    return said + [f"no answer is kept about {one}" for one, answer in answers.items() if not answer]


def _done(root: Path) -> list[dict[str, Any]]:
    return [json.loads(file.read_bytes()) for file in (root / "requests" / "done").glob("*.json")]


def _deleted(root: Path) -> set[str]:
    return {result["id"] for one in _done(root) for result in one["results"] if result["outcome"] == "deleted"}


def _answers(root: Path) -> list[str]:
    done = _done(root)
    return [f"{one['action']}: {result['outcome']} {result['message']}" for one in done for result in one["results"]]
