"""What a person marks in a value, and what it becomes."""

import pytest

from webadmin.profiles.marks import Mark, marked_answers, offers, parse_mark, pieces


def test_a_mark_is_read_as_it_was_written_also_where_the_source_has_the_sign_between() -> None:
    for mark in (Mark("path", 0, 15, 0), Mark("report.a|b", 3, 4, 49), Mark("xmp.dc:title", 1, 9, 2)):
        assert parse_mark(mark.text) == mark


@pytest.mark.parametrize(
    "sent", ["", "path", "path|1|2", "|1|2|0", "path|2|2|0", "path|-1|2|0", "path|٣|9|0", "x" * 999]
)
def test_what_is_no_mark_is_none(sent: str) -> None:
    assert parse_mark(sent) is None


def test_a_piece_beside_makes_a_mark_longer_and_one_within_is_marked_alone() -> None:
    mark = Mark("path", 4, 8, 1)
    assert mark.with_piece(9, 12) == Mark("path", 4, 12, 1)
    assert mark.with_piece(0, 2) == Mark("path", 0, 8, 1)
    assert mark.with_piece(5, 6) == Mark("path", 5, 6, 1)


@pytest.mark.parametrize("sent", ["", "image.camera_id", "image.require|path|0|4|0", "other.camera_id|path|0|4|0"])
def test_a_mark_for_nothing_that_can_be_marked_is_no_answer(sent: str) -> None:
    assert marked_answers(sent) == {}


def test_a_mark_for_the_time_of_a_report_is_an_answer_about_reports() -> None:
    place = "report.date|0|10|0"
    answers = {"report.reported_at": "mark", "report.mark.reported_at": place}
    assert marked_answers(f"report.reported_at|{place}") == answers


def test_the_pieces_are_all_of_the_text_however_many_it_has() -> None:
    for text in ("016719001060737-28-4-01012026011530-SYFW00011.JPG", "测试01 é", "", "a1" * 500):
        spans = list(pieces(text))
        assert "".join(text[start:end] for start, end in spans) == text
        assert len(spans) <= 40


def test_a_date_in_a_folder_and_an_hour_in_the_name_are_marked_one_after_the_other() -> None:
    answers = {"image.captured_at": "mark:%d%m%Y", "image.mark.captured_at": "path|0|10|0"}
    (rest,) = (
        sent for sent, words in offers("image", Mark("path", 11, 19, 0), answers) if words.endswith("rest of the time")
    )
    assert marked_answers(rest)["image.mark.captured_at"] == "path|0|10|0;path|11|19|0"
    other_choice = answers | {"image.captured_at": "path:%d"}
    for said in ({}, other_choice):
        assert len(offers("image", Mark("path", 11, 19, 0), said)) == 2
    assert marked_answers("image.captured_at|" + ";".join(["path|0|1|0"] * 4)) == {}
