"""A mark is a choice that shows what it gives in every file, and asks where one has nothing there."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import MARK, Answers, Decision, Draft, Given
from ingest.profiles.marked_choices import MarkedChoices, marked_id, marked_time, with_marks
from ingest.profiles.marks import Span
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject
from ingest.reading.facts import Facts, read_facts
from ingest.settings.values import Limits
from ingest.spool.sidecar import Sidecar
from tests.samples.judging import judge
from tests.samples.strangers import Bundle, bare, tagged

TODAY = date(2026, 5, 1)


def subjects(*paths: str) -> list[Subject]:
    return [Subject("image", path, exif={"Artist": path[:1]}) for path in paths]


def span(path: str, mark: str, source: str = "path", at: int = 0) -> Span:
    return Span(source, path.index(mark), path.index(mark) + len(mark), at)


def text(files: Bundle, *marks: str) -> str:
    return ";".join(f"path|{files[0][0].index(one)}|{files[0][0].index(one) + len(one)}|0" for one in marks)


def drafted(files: Bundle, answers: Answers, arrived: datetime | None = None) -> tuple[Draft, list[Sidecar]]:
    facts = [Given(path, read_facts(one, len(one), path, Limits()), arrived=arrived) for path, one in files]
    made = draft("x", facts, TODAY, answers)
    profile = parse_profile(made.text, Path("x"))
    return made, [judge(one, path, catalogue=Catalogue((profile,))) for path, one in files]


def decision(made: Draft, field: str) -> Decision:
    return next(one for one in made.decisions if one.field == field)


FOLDERS = bare(["a1/0001/2026-11-21/x/01-15-30 T.jpg", "a2/0001/2026-11-22/y/01-16-31 T.jpg"])


def test_an_id_and_a_time_in_two_places_are_marked_and_the_photos_are_accepted() -> None:
    answers = {
        "image.camera_id": MARK,
        "image.mark.camera_id": text(FOLDERS, "a1"),
        "image.mark.captured_at": text(FOLDERS, "2026-11-21", "01-15-30"),
    }
    made, sidecars = drafted(FOLDERS, answers)
    assert made.is_settled, made.questions
    assert [(one.camera_id, one.captured_at) for one in sidecars] == [
        ("a1", "2026-11-21T01:15:30"),
        ("a2", "2026-11-22T01:16:31"),
    ]


def test_another_choice_is_taken_before_a_mark_that_lies_about() -> None:
    answers = {"image.camera_id": "account", "image.mark.camera_id": text(FOLDERS, "a1")}
    camera = decision(drafted(FOLDERS, answers)[0], "camera_id")
    assert camera.chosen is not None and camera.chosen.key == "account"
    assert MARK in [one.key for one in camera.choices]


def test_where_the_day_may_be_the_month_a_mark_asks_too_and_arrival_may_tell() -> None:
    files = bare(["gate/01022026 011530 s.jpg"])
    answers = {"image.mark.captured_at": text(files, "01022026 011530")}
    made, sidecars = drafted(files, answers)
    time = decision(made, "captured_at")
    assert "1 February 2026" in time.question
    assert sidecars[0].reason == "bad_datetime"
    keys = [one.key for one in time.choices if one.key.startswith(MARK)]
    assert len(keys) == 2
    made, sidecars = drafted(files, {**answers, "image.captured_at": keys[1]})
    assert sidecars[0].captured_at == "2026-01-02T01:15:30"
    made, _ = drafted(files, answers, datetime(2026, 2, 1, 2, tzinfo=UTC))
    assert decision(made, "captured_at").question == ""


def test_a_mark_that_is_not_in_every_file_says_in_which_and_asks() -> None:
    found = marked_id([span("SN=7 a.jpg", "7")], subjects("SN=7 a.jpg", "none.jpg"))
    assert found.choices[0].doubt == "1 of these 2 files do not have it: none.jpg."
    assert "none.jpg" in found.question


def test_a_counter_or_a_date_that_was_marked_as_the_id_is_doubted() -> None:
    paths = [f"n/IMG_{number:04d}.jpg" for number in (1, 2, 3)]
    assert "do not name a camera" in marked_id([span(paths[0], "0001")], subjects(*paths)).choices[0].doubt


def test_a_whole_value_is_taken_as_it_is() -> None:
    (choice,) = marked_id([Span("exif.Artist", 0, 1, 0)], subjects("a.jpg", "b.jpg")).choices
    assert (choice.rule, choice.reads, choice.find) == ('from = "exif.Artist"', ("a", "b"), None)
    files = [("a.jpg", tagged("X", "Y", "21/11/2026 01:15:30", serial="S1"))]
    answers = {"image.mark.captured_at": "exif.DateTimeOriginal|0|19|0"}
    assert drafted(files, answers)[1][0].captured_at == "2026-11-21T01:15:30"


def test_what_is_no_time_is_said_and_accepts_nothing() -> None:
    made, sidecars = drafted(FOLDERS, {"image.mark.captured_at": text(FOLDERS, "a1")})
    assert "no date and time" in decision(made, "captured_at").question
    assert {one.verdict for one in sidecars} == {"rejected"}


@pytest.mark.parametrize(
    "spans", [(), (Span("exif.None", 0, 1, 0),), (Span("path", 0, 9999, 0),), (Span("path", 0, 1, 7),)]
)
def test_a_mark_in_no_text_counts_for_none(spans: tuple[Span, ...]) -> None:
    assert marked_id(spans, subjects("a.jpg")).choices == ()
    assert marked_time(spans, subjects("a.jpg"), []).choices == ()
    empty = Decision("image", "camera_id", None, "so")
    assert with_marks(empty, MarkedChoices(), None) is empty


@pytest.mark.parametrize("source", ["record", "x", "exif.GPS", "report.a", "xmp.x", "makernote. ", "exif.No Such"])
def test_a_mark_in_what_is_no_source_leaves_a_draft_that_loads(source: str) -> None:
    assert drafted(FOLDERS, {"image.mark.camera_id": f"{source}|0|1|0", "image.camera_id": MARK})[0].text


def test_lines_of_reports_are_marked_alike() -> None:
    report = {"station": "North (7) at 21.11.2026 01:15", "battery": "60%"}
    facts = [Given("a.txt", Facts("report", 1, report=report))]
    at = report["station"].index("21")
    answers = {
        "report.mark.camera_id": "report.station|0|5|0",
        "report.mark.reported_at": f"report.station|{at}|{at + 16}|0",
    }
    made = draft("x", facts, TODAY, answers)
    chosen = {one.field: one.chosen for one in made.decisions if one.chosen}
    assert chosen["camera_id"].reads == ("North",)
    assert chosen["reported_at"].reads == ("2026-11-21T01:15:00",)
    assert parse_profile(made.text, Path("x")).report is not None
