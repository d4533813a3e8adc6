"""What is marked in one text is found in all others by what stands around it, and never by the same text elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.profiles.marking import like_text, pattern_for


def found(texts: list[str], mark: str, *, of_time: bool = False) -> tuple[str, ...]:
    start = texts[0].index(mark)
    made = pattern_for(texts, 0, start, start + len(mark), "id", len, of_time=of_time)
    return made.values if made else ()


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["camera/2026/11/21/Gate North_01_1.jpg", "camera/2026/11/22/Ridge_01_2.jpg"], ("Gate North", "Ridge")),
        (["192.168.1.61_01_2.jpg", "192.168.1.7_01_3.jpg"], ("192.168.1.61", "192.168.1.7")),
        (["FI98_00626E/snap/a.jpg", "FI98_00777E/snap/b.jpg"], ("00626E", "00777E")),
        (["reserve/north/a.jpg", "reserve/ridge/b.jpg"], ("north", "ridge")),
        (["ID=UO001;TEMP=12C", "TEMP=9C;ID=UO22;X"], ("UO001", "UO22")),
        (["Cam Name: North Gate, 12C", "Cam Name: Ridge, 9C"], ("North Gate", "Ridge")),
        (["[North] 12C", "[Ridge West] 9C"], ("North", "Ridge West")),
        (["IMGCAM120001.jpg", "IMGCAM130077.jpg"], ("CAM12", "CAM13")),
        (["HCO.861943070068027.0001.JPG", "HCO.861943070068099.0002.JPG"], ("861943070068027", "861943070068099")),
        (["N12 station 7 note", "N13 station 88 note"], ("7", "88")),
        (["a-b-c-Höhle.jpg", "a-b-c-Wald.jpg"], ("Höhle", "Wald")),
        (["SN=7", "no number"], ("7", "")),
    ],
)
def test_an_id_is_found_where_it_stands(texts: list[str], values: tuple[str, ...]) -> None:
    assert found(texts, values[0]) == values


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["a/2026-11-21/x/01-15-30.jpg", "a/2026-11-22/y/01-16-31.jpg"], ("2026-11-21", "2026-11-22")),
        (["a/2026-11-21/x/01-15-30.jpg", "a/2026-11-22/y/01-16-31.jpg"], ("01-15-30", "01-16-31")),
        (["x/PICT_211126_1530.jpg", "y/PICT_221126_1531.jpg"], ("211126_1530", "221126_1531")),
        (["at 21 Nov 2026 01:15, X", "at 3 Dec 2026 01:15, Y"], ("21 Nov 2026 01:15", "3 Dec 2026 01:15")),
    ],
)
def test_a_time_is_found_by_numbers_as_wide(texts: list[str], values: tuple[str, ...]) -> None:
    assert found(texts, values[0], of_time=True) == values


def test_a_mark_that_is_not_in_the_text_finds_nothing() -> None:
    for start, end in ((0, 0), (3, 2), (-1, 2), (0, 99)):
        assert pattern_for(["abc"], 0, start, end, "id", len) is None
    assert pattern_for(["x" * 2000], 0, 0, 5, "id", len) is None


def test_a_pattern_reads_as_numbers_of_a_width() -> None:
    assert like_text("1:05") == "[0-9]{1,2}:[0-9]{2}"


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=3), st.data())
def test_whatever_is_marked_is_found_in_its_own_text_or_nowhere(texts: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(texts[0]) - 1))
    end = data.draw(st.integers(start + 1, len(texts[0])))
    made = pattern_for(texts, 0, start, end, "id", len, of_time=data.draw(st.booleans()))
    assert made is None or made.values[0] == texts[0][start:end].strip()
