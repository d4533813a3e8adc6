"""The place of photos is their own position where they have one, and else the site of the camera."""

from ingest.profiles.drafted_location import decide_location
from ingest.profiles.sources import Subject

HERE = {"GPSLatitude": [52.0, 5.0, 0.0], "GPSLatitudeRef": "N", "GPSLongitude": [5.0, 7.0, 0.0], "GPSLongitudeRef": "E"}


def test_photos_with_a_position_keep_it_unless_a_person_wants_the_site() -> None:
    subjects = [Subject("image", "a.jpg", exif=HERE), Subject("image", "b.jpg")]
    made = decide_location(subjects, None)
    assert made.chosen is not None and made.chosen.reads[1] == "" and made.chosen.reads[0].startswith("52.08")
    answered = decide_location(subjects, "record").chosen
    assert answered is not None and answered.rule == 'from = "record"'


def test_without_a_position_the_site_is_all_there_is() -> None:
    assert [one.key for one in decide_location([Subject("image", "a.jpg")], "exif.GPS").choices] == ["record"]
