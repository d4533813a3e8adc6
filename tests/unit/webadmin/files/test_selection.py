"""What an address asks the list for."""

import pytest

from webadmin.files.selection import read_selection


@pytest.mark.parametrize(
    "query",
    [
        {
            "verdict": "x",
            "reason": "../x",
            "camera": "../x",
            "profile": "'",
            "day": "2026-99-99",
            "sort": "x",
            "after": "x",
        },
        {"after": "9" * 40, "day": "0001-01-01", "camera": "x" * 70},
    ],
)
def test_an_address_that_makes_no_sense_asks_for_everything(query: dict[str, str]) -> None:
    assert not read_selection(query).is_filtered
    assert read_selection(query).after == ""


@pytest.mark.parametrize("text", ["-", "no camera", " No camera "])
def test_no_camera_can_be_asked_for(text: str) -> None:
    wanted = read_selection({"camera": text})
    assert (wanted.camera, wanted.camera_words, wanted.link()) == ("-", "no camera", "?camera=-")
