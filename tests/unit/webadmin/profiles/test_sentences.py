"""The choices as a person reads them."""

from ingest.profiles.drafts import Choice, Decision
from ingest.profiles.profile import PartName
from webadmin.profiles.sentences import decision_title, gives, headings, spoken_time


def decision(part: PartName, field: str, question: str = "") -> Decision:
    return Decision(part, field, None, "", (), question)


def test_decisions_stand_under_their_headings_photos_first_and_unknown_ones_are_not_lost() -> None:
    fields = ("camera_id", "captured_at", "zone", "location", "require.location", "known.exif.Make", "novelty")
    made = headings([decision("report", "camera_id"), *(decision("image", one) for one in fields)])
    assert [(one.part, one.title, len(one.decisions)) for one in made] == [
        ("image", "Known by", 1),
        ("image", "Camera", 1),
        ("image", "Time", 2),
        ("image", "Place", 1),
        ("image", "Must have", 1),
        ("image", "Also", 1),
        ("report", "Camera", 1),
    ]


def test_what_is_to_be_decided_stands_first_and_what_does_not_matter_apart() -> None:
    ignored = Choice("ignored", "does not matter", "")
    silent = Decision("image", "known.path", ignored, "", (ignored,))
    made = headings([silent, decision("image", "known.exif.Make"), decision("image", "captured_at", "When?")])
    assert [(one.title, one.is_open) for one in made] == [("Time", True), ("Known by", False)]
    assert [one.field for one in made[1].telling] == ["known.exif.Make"]
    assert made[1].silent == (silent,)


def test_what_a_choice_gives_is_said_once_each_and_times_as_people_say_them() -> None:
    times = Choice("k", "w", "", ("2026-11-21T01:15:30", "2026-11-21T01:15:30", ""))
    assert gives("captured_at", times) == ["21 November 2026, 01:15"]
    assert gives("require.captured_at", times) == []
    assert gives("camera_id", Choice("k", "w", "", tuple("abcd"))) == ["a", "b", "c", "…"]
    assert spoken_time("0001-01-01T00:00:00").endswith(", 00:00")


def test_titles_are_words() -> None:
    fields = ("known.path", "known.xmp.dc:title", "known.report.total | report.send", "require.captured_at")
    assert [decision_title(one) for one in fields] == ["Upload path", "dc:title", "total or send", "Time"]
