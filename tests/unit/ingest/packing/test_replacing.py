"""Real texts are replaced however they are written, and the bytes stay as many."""

from random import Random
from urllib.parse import quote

import pytest

from ingest.packing.replacing import Replacing, replacing

NAMES = ("861943070068027", "Gate North", "WBC398", "Höhle 1", "测试01")
ALL = replacing(NAMES, {"52.1N 5.1E": "1.23N 2.3E"}, Random(3), keeps_letters=False)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("name", NAMES)
def test_a_text_goes_in_every_encoding_that_has_it(name: str, encoding: str) -> None:
    try:
        raw = b"\x00\x01x=" + name.encode(encoding) + b"\x00\xff;"
    except UnicodeEncodeError:
        return
    made = ALL.in_bytes(raw)
    assert len(made) == len(raw)
    assert name.encode(encoding) not in made
    assert ALL.left_in(raw) and ALL.left_in(made) is None


@pytest.mark.parametrize(
    "text",
    [
        "gate_north",
        "GATE-NORTH",
        "Gate.North",
        "86 194307 006802 7",
        "86-194307-006802-7",
        "HÖHLE 1",
        "wbc398.jpg",
        quote("Gate North"),
        quote("Höhle 1"),
        "Gate+North",
        "H\\u00f6hle 1",
    ],
)
def test_a_text_goes_however_it_is_spelled(text: str) -> None:
    assert ALL.left_in(text.encode())
    made = ALL.in_text(text)
    assert made != text and len(made) == len(text) and ALL.left_in(made.encode()) is None


def test_case_and_signs_stay_as_they_were_written() -> None:
    small, large = ALL.in_text("gate_north"), ALL.in_text("GATE-NORTH")
    assert small.islower() and large.isupper() and small.replace("_", "-").upper() == large


def test_a_word_goes_only_as_a_word_and_a_short_number_only_as_a_number() -> None:
    words = replacing(["Ridge", "0017"], {}, Random(1), keeps_letters=False)
    assert words.in_text("Bridges 20170 100179") == "Bridges 20170 100179"
    assert "Ridge" not in words.in_text("The Ridge_0017") and "0017" not in words.in_text("IMG_0017.JPG")


def test_two_texts_never_become_one_and_two_spellings_do() -> None:
    many = replacing([f"CAM{number}" for number in range(1000, 3000)], {}, Random(1), keeps_letters=True)
    assert len(set(many.names.values())) == 2000
    two = replacing(["North", "NORTH"], {}, Random(1), keeps_letters=False)
    assert len(set(two.names.values())) == 1


def test_a_written_position_goes_but_not_as_a_part_of_other_figures() -> None:
    assert ALL.in_text("at 52.1N 5.1E now") == "at 1.23N 2.3E now"
    places = Replacing(places={"12.5": "1.23"})
    assert places.in_text("112.5 12.57 12.5") == "112.5 12.57 1.23"


def test_nothing_to_replace_leaves_everything() -> None:
    raw = bytes(range(256))
    assert Replacing().in_bytes(raw) == raw
    assert Replacing().left_in(raw) is None
    assert ALL.names_in_text("WBC398 1.2345678") != "WBC398 1.2345678"
