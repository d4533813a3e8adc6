"""Texts in the writing of another country are shown in each encoding in which they can be read."""

from ingest.profiles.drafted_encoding import decide_encoding, read_in, sources_of
from ingest.profiles.sources import Subject, look_up

RAW = "测试01".encode("gbk")
PHOTO = Subject("image", "a.jpg", exif={"ImageDescription": "²âÊÔ01"}, foreign={"ImageDescription": RAW})
USED = ["exif.ImageDescription"]


def test_an_id_in_such_a_text_is_asked_for_and_shown_as_it_reads_in_each() -> None:
    made = decide_encoding([PHOTO], USED, USED, None, "")
    assert made is not None and made.question
    reads = {one.key: one.reads for one in made.choices}
    assert (reads["none"], reads["gbk"]) == (("²âÊÔ01",), ("测试01",))
    answered = decide_encoding([PHOTO], USED, USED, "gbk", "")
    assert answered is not None and answered.chosen is not None
    assert (answered.chosen.rule, answered.question) == ("gbk", "")
    assert look_up("exif.ImageDescription", read_in("gbk", "", [PHOTO])[0]) == "测试01"


def test_it_does_not_matter_where_nothing_looks_at_the_text_or_it_is_plain() -> None:
    assert decide_encoding([PHOTO], ["exif.Make"], [], None, "") is None
    plain = Subject(
        "image", "a.jpg", exif={"ImageDescription": "Höhle"}, foreign={"ImageDescription": "Höhle".encode()}
    )
    assert decide_encoding([plain], USED, USED, None, "") is None


def test_a_comment_is_such_a_text_too_and_a_condition_alone_asks_nothing() -> None:
    made = decide_encoding([Subject("image", "a.jpg", comment=RAW)], ["comment"], [], None, "")
    assert made is not None and (made.question, made.choices[0].reads) == ("", ("²âÊÔ01",))


def test_the_profiles_own_encoding_is_a_choice_and_nonsense_is_none() -> None:
    made = decide_encoding([PHOTO], USED, [], None, "cp949")
    assert made is not None and made.chosen is not None and made.chosen.rule == "cp949"
    assert decide_encoding([PHOTO], [], [], None, "no such") is None
    assert read_in("no such", "no such", [PHOTO]) == [PHOTO]
    assert read_in(None, "gbk", [PHOTO])[0].exif["ImageDescription"] == "测试01"


def test_joined_sources_look_at_each_of_their_parts() -> None:
    assert sources_of(["{exif.Make} {day}", "comment | path"]) == ["exif.Make", "day", "comment", "path"]
