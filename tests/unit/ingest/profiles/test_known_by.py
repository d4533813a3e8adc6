"""A draft knows its camera type by what is telling and no wider: make and model, firmware, or the form of the path."""

from ingest.profiles.drafts import Find
from ingest.profiles.known_by import exactly, known_by, of_most
from ingest.profiles.sources import Subject


def photo(path: str = "a.jpg", **exif: str) -> Subject:
    return Subject("image", path, exif=exif)


def test_make_and_model_are_taken_exactly_and_several_models_as_a_choice() -> None:
    known = known_by([photo(Make="X", Model="A+1"), photo(Make="X", Model="B-2")], None)
    assert known.match == {"exif.Make": "^X$", "exif.Model": r"^(?:A\+1|B-2)$"}


def test_where_the_model_is_empty_the_firmware_tells_without_its_version() -> None:
    known = known_by([photo(Make="BUSHNELL", Model="", Software=f"BS686BWPM0{n}") for n in (1, 2)], None)
    assert known.match == {"exif.Make": "^BUSHNELL$", "exif.Software": "^BS686"}
    assert known.absent == ("exif.Model",)


def test_a_firmware_that_is_only_a_version_or_another_program_is_no_condition() -> None:
    for software in ("V2.11", "Ver1.00.00", "1.0", "Adobe Photoshop"):
        assert known_by([photo(Make="X", Software=software)], None).match == {"exif.Make": "^X$"}


def test_without_make_and_model_the_form_of_the_path_tells_with_any_id_and_any_digits() -> None:
    subjects = [photo("4C0A/2026-11-21/001.jpg"), photo("77B9/2026-11-22/001.jpg")]
    known = known_by(subjects, Find("path", "^(?P<id>[^/]+)/"))
    assert known.match == {"path": r"^[^/]+/[0-9]+-[0-9]+-[0-9]+/[0-9]+\.jpg$"}
    assert known.absent == ("exif.Make", "exif.Model")


def test_very_many_forms_of_paths_are_known_by_their_folders_and_ending_alone() -> None:
    words = [f"x{chr(97 + number) * 3}" for number in range(20)]
    assert known_by([photo(f"a/{word}.jpg") for word in words], None).match == {"path": r"^[^/]*/[^/]*\.jpg$"}
    deep = [photo("/".join(words[:number]) + ".jpg") for number in range(1, 20)]
    assert known_by(deep, None).match == {"path": r"\.jpe?g$"}


def test_a_tag_that_only_some_files_have_is_no_condition() -> None:
    assert known_by([photo(Make="X", Model="A"), photo(Make="X")], None).match == {"exif.Make": "^X$"}


def test_the_make_of_most_files_is_the_one_that_is_drafted_for() -> None:
    assert of_most([photo(Make="X"), photo(Make="Y"), photo(Make="x")]) == [True, False, True]
    assert of_most([]) == []


def test_very_long_and_unprintable_texts_make_patterns_that_can_be_read() -> None:
    assert exactly("a\x1bb") == "^a(?s:.)b$"
    assert len(exactly("x" * 500)) == 101
