"""A part for photos: what tells the camera type, what a photo must have, and how its texts are read are choices."""

from pathlib import Path

from ingest.profiles.drafted_part import DraftedPart
from ingest.profiles.drafts import Answers, Given
from ingest.profiles.photo_drafting import draft_photos
from ingest.profiles.profile import Part
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts

EXIF = {"Make": "X", "ImageDescription": "²âÊÔ01", "DateTimeOriginal": "2026:11:21 01:15:30"}
FACTS = Facts("image", 1, exif=EXIF, foreign={"ImageDescription": "测试01".encode("gbk")})


def drafted(answers: Answers) -> tuple[DraftedPart, Part]:
    made = draft_photos([Given("a.jpg", FACTS)], answers)
    part = parse_profile(f'name = "x"\nevidence = "x"\n{made.block}', Path("x")).image
    assert part is not None
    return made, part


def test_every_choice_stands_in_the_part() -> None:
    _, part = drafted({"image.require.captured_at": "may", "image.known.exif.Make": "any"})
    assert part.require == ("camera_id",)
    assert [(one.shown, one.pattern.pattern) for one in part.conditions] == [("exif.Make", ".")]


def test_an_id_in_another_writing_is_asked_for_and_read_as_it_was_answered() -> None:
    answers = {"image.camera_id": "exif.ImageDescription"}
    made, part = drafted(answers)
    assert part.encoding is None
    assert [one.field for one in made.decisions if one.question] == ["encoding"]
    made, part = drafted({**answers, "image.encoding": "gbk"})
    assert part.encoding == "gbk"
    chosen = {one.field: one.chosen for one in made.decisions}["camera_id"]
    assert chosen is not None and chosen.reads == ("测试01",)
