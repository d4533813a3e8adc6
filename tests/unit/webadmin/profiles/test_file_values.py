"""What a file says, in pieces to be marked: bounded, visible, each in its own place."""

from ingest.profiles.sources import Subject
from ingest.reading.makernotes import Makernotes
from webadmin.profiles.file_values import MOST_VALUES, Value, one_for_one, values_of
from webadmin.profiles.marks import Mark, parse_mark

OAK = {"Software": "v1", "Make": "Oakfine", "Other": ""}


def photo(path: str, **changes: object) -> Subject:
    return Subject("image", path, "ridge", **{"exif": OAK, **changes})  # type: ignore[arg-type]


def value_of(source: str, subjects: list[Subject], **words: object) -> Value:
    made = values_of(subjects, 0, words.get("roles", {}), words.get("picked"))  # type: ignore[arg-type]
    (value,) = (one for kind in made for one in kind.values if one.source == source)
    return value


def test_values_come_by_their_kinds_the_telling_ones_first_and_those_alike_in_all_files_say_so() -> None:
    subjects = [photo("a/IMG_1.JPG"), photo("a/IMG_2.JPG")]
    made = values_of(subjects, 1, {}, None)
    assert [(kind.title, [one.title for one in kind.values]) for kind in made] == [
        ("How it came", ["Upload path", "Account"]),
        ("EXIF", ["Make", "Software"]),
    ]
    assert [one.is_same for kind in made for one in kind.values] == [False, True, True, True]
    assert not value_of("path", subjects[:1]).is_same


def test_each_piece_marks_its_own_characters_of_the_file_that_is_shown() -> None:
    path = "Höhle/IMG_07.JPG"
    value = value_of("path", [photo(path), photo("x")])
    for piece in value.pieces:
        mark = parse_mark(piece.mark)
        assert mark is not None
        assert (mark.source, mark.file, path[mark.start : mark.end]) == ("path", 0, piece.text)


def test_what_is_marked_or_taken_is_cut_out_of_its_piece() -> None:
    picked, roles = Mark("path", 2, 5, 0), {"exif.Make": [(0, 3, "camera")]}
    subjects = [photo("IMG_12345.JPG")]
    value = value_of("path", subjects, picked=picked)
    assert (value.picked_text, [one.text for one in value.pieces][:4]) == ("G_1", ["IM", "G", "_", "1"])
    assert value_of("exif.Make", subjects, roles=roles).pieces[0].role == "camera"
    assert value_of("path", subjects, picked=Mark("path", 2, 5, 1)).picked is None


def test_reports_have_lines_and_of_two_names_for_one_makernote_value_the_short_one_is_shown() -> None:
    report = Subject("report", "r.txt", report={"imei": "861943070068027", "a|b": "1"})
    assert [one.source for kind in values_of([report], 0, {}, None) for one in kind.values] == ["path", "report.imei"]
    notes = Makernotes({"Reconyx:SerialNumber": "7", "SerialNumber": "7", "Other:SerialNumber": "8"})
    sources = [one.source for kind in values_of([photo("a", makernotes=notes)], 0, {}, None) for one in kind.values]
    assert sources[-2:] == ["makernote.SerialNumber", "makernote.Other:SerialNumber"]


def test_a_hostile_file_is_shown_bounded_and_nothing_in_it_turns_the_text_round() -> None:
    exif = {f"T{number}": "a1" * 32_000 for number in range(10_000)} | {"Make": "a\u202eb\0<b>"}
    hostile = [photo("p", exif=exif) for _ in range(50)]
    made = values_of(hostile, 0, {}, None)
    exif_values = made[1]
    assert (len(exif_values.values), exif_values.left_out) == (MOST_VALUES, 10_001 - MOST_VALUES)
    assert all(one.more > 60_000 for one in exif_values.values[1:])
    assert sum(len(one.pieces) for one in exif_values.values) < 3000
    assert "".join(one.text for one in exif_values.values[0].pieces) == "a�b<b>"


def test_every_character_keeps_its_place() -> None:
    text = "a\u200bb\r\n\u2028\u3000é\u0301😀"
    assert len(one_for_one(text)) == len(text)
