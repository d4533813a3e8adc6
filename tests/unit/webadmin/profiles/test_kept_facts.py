"""What is kept of sidecars: read once, and whatever lies there, only what is a sidecar's EXIF."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.index.store import read_index
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import utc_text
from ingest.verdict.candidate import Candidate
from tests.unit.webadmin.site import NOW, Site, accepted, rejected
from webadmin.profiles import kept_facts
from webadmin.profiles.candidates import list_candidates
from webadmin.profiles.kept_facts import KeptFacts, exif_text

EXIF = {"Make": "Oakfine", "ImageDescription": '"exif": {\n },', "GPSLatitude": [52, 5.5, 0], "ISO": 100, "Ä": "\u2028"}


def look(site: Site, kept: KeptFacts) -> list[Candidate]:
    with closing(read_index(site.root)) as index:
        return kept.candidates(site.root, list_candidates(index, ()).rows)[0]


def sidecar_file(site: Site, sidecar: Sidecar) -> Path:
    return site.root / f"{place_of(sidecar)}.json"


def test_the_exif_is_that_of_the_sidecar_whatever_its_texts_say() -> None:
    sidecar = replace(accepted(), exif=EXIF, fields={"exif": "x"})
    for text in (
        sidecar_text(sidecar),
        json.dumps(json.loads(sidecar_text(sidecar))),
        json.dumps({"exif": EXIF}, indent=1),
    ):
        assert json.loads(exif_text(text.encode())) == EXIF
    assert exif_text(sidecar_text(accepted()).encode()) == b"{}"


def test_an_item_is_read_once_and_again_when_its_verdict_has_changed(site: Site) -> None:
    first = site.put(replace(rejected(), exif=EXIF), b"x")
    report = site.put(rejected(timedelta(hours=1), kind="report", upload_path="dr.txt"), b"x")
    kept = KeptFacts()
    photo, other = look(site, kept)
    assert (photo.id, photo.kind, photo.is_accepted, photo.path) == (first.id, "image", False, "E1000159.JPG")
    assert photo.facts and photo.facts.exif == EXIF and photo.facts.metadata_problem is None
    assert (other.id, other.kind, other.facts) == (report.id, "report", None)
    sidecar_file(site, first).write_text("{}")
    assert look(site, kept)[0].facts == photo.facts
    site.put(replace(rejected(), id=first.id, decided_at=utc_text(NOW), exif={"Make": "Elmfine"}), b"x")
    again = look(site, kept)[0].facts
    assert again and again.exif == {"Make": "Elmfine"}


def test_a_photo_without_exif_keeps_what_is_wrong_with_it(site: Site) -> None:
    site.put(rejected(reason="unreadable_metadata"), b"x")
    site.put(rejected(timedelta(hours=1)), b"x")
    problems = [one.facts.metadata_problem for one in look(site, KeptFacts()) if one.facts]
    assert [problem and problem.code for problem in problems] == ["unreadable_metadata", "no_metadata"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[" * 100_000, '{"exif": 7}', '{\n "exif": {\n  "Make": "x\n },\n', "x" * 2_000_000, "\0" * 500],
    ids=["empty", "torn", "null", "deep", "number", "torn inside", "huge", "zeros"],
)
def test_of_a_sidecar_that_is_none_nothing_is_known(site: Site, text: str) -> None:
    item = site.put(replace(rejected(), exif=EXIF), b"x")
    sidecar_file(site, item).write_text(text)
    (found,) = look(site, KeptFacts())
    assert found.facts is None


def test_what_has_gone_is_no_candidate(site: Site) -> None:
    gone, link, here = (site.put(replace(rejected(timedelta(hours=hour)), exif=EXIF), b"x") for hour in range(3))
    sidecar_file(site, gone).unlink()
    sidecar_file(site, link).unlink()
    sidecar_file(site, link).symlink_to("/etc/passwd")
    assert [one.id for one in look(site, KeptFacts())] == [here.id]


def test_memory_is_bounded_and_what_finds_no_room_is_read_each_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_facts, "MOST_BYTES", 100)
    items = [site.put(replace(rejected(timedelta(hours=hour)), exif={"Make": "O" * 80}), b"x") for hour in range(3)]
    kept = KeptFacts()
    assert [one.id for one in look(site, kept)] == [one.id for one in items]
    for item in items:
        sidecar_file(site, item).write_text('{"exif": {"Make": "Elm"}}')
    exif = [one.facts.exif["Make"] for one in look(site, kept) if one.facts]
    assert exif == ["O" * 80, "Elm", "Elm"]


def test_what_there_was_no_time_for_is_said_and_read_the_next_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put(replace(rejected(), exif=EXIF), b"x")
    kept = KeptFacts()
    with closing(read_index(site.root)) as index:
        rows = list_candidates(index, ()).rows
    monkeypatch.setattr(kept_facts, "PATIENCE_S", -1)
    assert kept.candidates(site.root, rows) == ([], 1)
    monkeypatch.undo()
    found, late = kept.candidates(site.root, rows)
    assert (len(found), late) == (1, 0)
