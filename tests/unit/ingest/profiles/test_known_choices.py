"""What may be asked of a source fits all the files, and reads as a sentence."""

from ingest.profiles.known_choices import path_choices, text_choices
from ingest.profiles.patterns import compiled
from ingest.profiles.sources import Subject


def photos(*texts: str, tag: str = "Make") -> list[Subject]:
    return [Subject("image", "a.jpg", exif={tag: text} if text else {}) for text in texts]


def words(*texts: str, tag: str = "Make") -> list[str]:
    return [one.words for one in text_choices(f"exif.{tag}", photos(*texts, tag=tag))]


def test_texts_are_asked_for_exactly_by_a_beginning_or_at_all() -> None:
    assert words("HYPERFIRE 2") == [
        "is exactly HYPERFIRE 2",
        "begins with HYPERFIRE",
        "has any text",
        "does not matter",
    ]
    assert words("BS686A1", "BS686B2", tag="Software")[:3] == [
        "is one of BS686A1, BS686B2",
        "begins with BS686",
        "begins with BS",
    ]


def test_where_no_file_has_a_text_it_may_have_to_be_missing_and_where_some_have_it_tells_nothing() -> None:
    assert words("", "") == ["is empty or missing", "does not matter"]
    assert words("X", "") == ["does not matter"]


def test_every_pattern_that_is_offered_finds_all_the_texts() -> None:
    texts = ("Ver 1.2 (A+B)", "Ver 1.25 [C]", "Ver 1.2*")
    for one in text_choices("exif.Make", photos(*texts)):
        assert one.find is None or all(compiled(one.find.pattern).compiled.search(text) for text in texts)


def test_a_path_is_asked_for_by_its_form_its_folders_or_its_name_and_never_by_the_folder_of_one_camera() -> None:
    subjects = [Subject("image", f"camera/2026/11/2{day}/N_{day}.jpg") for day in (1, 2)]
    made = path_choices("form", subjects, "")
    assert [one.words for one in made] == [
        "has the form of these",
        "begins with camera/2026/11/",
        "has a name of this form, in any folder",
        "does not matter",
    ]
    assert "begins:camera/2026/11/" not in [one.key for one in path_choices("form", subjects, "camera")]
    assert len(path_choices("form", [Subject("image", "a.jpg"), Subject("image", "b/c.jpg")], "")) == 2
