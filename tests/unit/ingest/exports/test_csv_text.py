"""Tables as CSV: a spreadsheet reads every value back and runs none of it."""

import csv
from collections.abc import Iterator

import pytest

from ingest.exports.csv_text import cell, stream_csv


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "＝1+1", "\t=1", "\r@x"])
def test_what_a_spreadsheet_takes_for_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert str(cell(text)).startswith("'")


def test_numbers_stay_numbers_and_words_stay_words() -> None:
    assert [cell(value) for value in (-3.5, 0, True, "oak-ride", "52.1, 5.2", None)] == [
        -3.5, 0, True, "oak-ride", "52.1, 5.2", "",
    ]  # fmt: skip


def test_every_cell_is_one_bounded_line_of_visible_characters() -> None:
    assert cell("two\nlines\x00\u202e") == "two lines  "
    assert len(str(cell("x" * 5000))) == 1000


def test_a_table_is_read_back_as_it_was_with_commas_quotes_and_umlauts() -> None:
    rows = [["Große Eiche, Süd", 12, None], ['He said "oak"', -1.5, "ok"]]
    text = "".join(stream_csv(["name", "photos", "notes"], rows))
    assert text[0] == "\ufeff"
    assert list(csv.reader(text[1:].splitlines())) == [
        ["name", "photos", "notes"], ["Große Eiche, Süd", "12", ""], ['He said "oak"', "-1.5", "ok"],
    ]  # fmt: skip


def test_lines_are_sent_as_they_come() -> None:
    def endless() -> Iterator[list[int]]:
        number = 0
        while True:
            yield [number := number + 1]

    lines = stream_csv(["n"], endless())
    assert [next(lines) for _ in range(4)] == ["\ufeff", "n\r\n", "1\r\n", "2\r\n"]


def test_lines_within_a_cell_are_none() -> None:
    assert cell("\n=1") == "' =1"
    assert list(stream_csv(["a"], [["x\r\ny"]]))[2] == "x  y\r\n"
