"""Marks come from a form, so that any text may be one."""

import pytest

from ingest.profiles.marks import Span, mark_text, marks_in


def numbers(number: int) -> int | None:
    return {0: 0, 2: 1}.get(number)


def test_marks_are_read_with_the_numbers_of_their_files_among_those_of_the_part() -> None:
    spans = [Span("path", 7, 17, 2), Span("report.a b", 0, 2, 0)]
    assert marks_in({"image.mark.camera_id": mark_text(spans), "image.x": "y"}, "image", numbers) == {
        "camera_id": (Span("path", 7, 17, 1), Span("report.a b", 0, 2, 0))
    }


@pytest.mark.parametrize(
    "text",
    ["", "path", "path|1|2", "path|2|1|0", "path|-1|2|0", "path|a|b|c", "path|0|1|1", "path|0|99999|0", "|0|1|0"],
)
def test_nonsense_is_no_mark(text: str) -> None:
    assert marks_in({"image.mark.camera_id": text}, "image", numbers) == {}
    assert marks_in({"image.mark.camera_id": f"path|0|1|0;{text}"}, "image", numbers) == {}
    assert marks_in({"image.mark.camera_id": ";".join(["path|0|1|0"] * 4)}, "image", numbers) == {}
