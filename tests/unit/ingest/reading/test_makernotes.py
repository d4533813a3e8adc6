"""exiftool's answers as values: whole, bounded, and without what it says of itself."""

import json

import pytest

from ingest.reading.exif_values import MOST_CHARACTERS
from ingest.reading.makernotes import MOST_FIELDS, values_in


def answer(**tags: object) -> bytes:
    return json.dumps([{"SourceFile": "/proc/self/fd/3", **tags}]).encode()


def test_a_tag_is_there_with_its_group_and_without() -> None:
    assert values_in(answer(**{"Reconyx:SerialNumber": " H5\0 "})) == {
        "Reconyx:SerialNumber": "H5",
        "SerialNumber": "H5",
    }


def test_of_two_groups_with_one_name_the_first_has_it_alone() -> None:
    values = values_in(answer(**{"Canon:SerialNumber": "1", "CanonCustom:SerialNumber": "2"}))
    assert (values["SerialNumber"], values["CanonCustom:SerialNumber"]) == ("1", "2")


def test_numbers_stay_as_they_are_written() -> None:
    assert values_in(b'[{"A:Version": 1.10, "A:Count": 7, "A:List": [1, "b"], "A:Flag": true}]') == {
        "A:Version": "1.10",
        "Version": "1.10",
        "A:Count": "7",
        "Count": "7",
        "A:List": "1 b",
        "List": "1 b",
        "A:Flag": "True",
        "Flag": "True",
    }


def test_what_exiftool_says_of_itself_is_no_value() -> None:
    assert values_in(answer(**{"ExifTool:Warning": "[minor] Bad MakerNotes"})) == {}
    assert values_in(b"") == values_in(b"[]") == {}


def test_ten_thousand_fields_and_huge_values_are_bounded() -> None:
    values = values_in(answer(**{f"A:Tag{number}": "x" * 2000 for number in range(10_000)}))
    assert len(values) == 2 * MOST_FIELDS
    assert {len(text) for text in values.values()} == {MOST_CHARACTERS}


@pytest.mark.parametrize("said", [b"File not found", b"[1]", b'[{"A:B": ', b"[" * 100_000])
def test_what_is_no_answer_is_an_error(said: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        values_in(said)
