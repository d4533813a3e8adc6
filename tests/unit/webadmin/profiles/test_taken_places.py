"""Where in the values the profile finds camera and time."""

from ingest.profiles.drafts import Choice, Decision, Find
from ingest.profiles.sources import Subject
from webadmin.profiles.taken_places import taken_places

SUBJECT = Subject("image", "gate/IMG_20261121.JPG", "ridge", {"Model": "T-9", "GPSDateStamp": "2026:11:21"})


def chosen(field: str, rule: str, find: Find | None = None, question: str = "") -> Decision:
    choice = Choice("key", "words", rule, find=find)
    return Decision("image", field, choice, "", (choice,), question)


def test_a_group_of_a_pattern_is_a_part_of_the_value_and_a_source_is_all_of_it() -> None:
    time = chosen("captured_at", 'from = "{date}"', Find("path", "IMG_(?P<date>[0-9]{8})"))
    camera = chosen("camera_id", 'from = ["exif.Model", "account"]')
    assert taken_places([time, camera], SUBJECT) == {
        "path": [(9, 17, "time")],
        "exif.Model": [(0, 3, "camera")],
        "account": [(0, 5, "camera")],
    }


def test_of_joined_sources_each_is_taken_and_what_the_file_lacks_is_not() -> None:
    time = chosen("captured_at", 'from = "{exif.GPSDateStamp} {exif.GPSTimeStamp}Z"')
    assert taken_places([time], SUBJECT) == {"exif.GPSDateStamp": [(0, 10, "time")]}


def test_what_is_still_asked_and_a_pattern_that_is_none_take_nothing() -> None:
    asked = chosen("camera_id", 'from = "account"', question="Is it?")
    broken = chosen("captured_at", 'from = "{date}"', Find("path", "(?P<date>"))
    assert taken_places([asked, broken, chosen("zone", "UTC")], SUBJECT) == {}
