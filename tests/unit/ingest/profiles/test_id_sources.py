"""Where an ID may stand in files: tags, behind keys in texts, folders, parts of names; and what each place gives."""

import pytest

from ingest.profiles.id_sources import Lead, find_leads, values_of
from ingest.profiles.sources import Subject


def leads_of(*subjects: Subject) -> dict[str, tuple[str, ...]]:
    return {lead.key: lead.values for lead in find_leads(subjects, "")}


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("ID=UO001;TEMP=12C;BAT=80%", "exif.UserComment:ID", "UO001"),
        ("CamName:RIDGE1, Temp:12C", "exif.UserComment:CamName", "RIDGE1"),
        ("SN=ACCC8E123456 TS=2026-11-21 01:15:30", "exif.UserComment:SN", "ACCC8E123456"),
        ("Camera ID: Gate North; 12C", "exif.UserComment:Camera ID", "Gate North"),
        ("IMEI：861943070068027", "exif.UserComment:IMEI", "861943070068027"),
    ],
)
def test_what_stands_behind_a_key_ends_where_the_next_begins(text: str, key: str, value: str) -> None:
    assert leads_of(Subject("image", "a.jpg", exif={"UserComment": text}))[key] == (value,)


def test_texts_of_several_values_are_no_names_by_themselves() -> None:
    found = leads_of(Subject("image", "a.jpg", exif={"UserComment": "TEMP=12C", "ImageDescription": "CAM1"}))
    assert found == {"exif.ImageDescription": ("CAM1",), "part:0": ("a",)}


def test_folders_are_counted_from_the_left_and_where_paths_differ_in_depth_from_the_right() -> None:
    found = leads_of(Subject("image", "north/2026/1.jpg"), Subject("image", "south/2027/2.jpg"))
    assert (found["folder:0"], found["folder:1"]) == (("north", "south"), ("2026", "2027"))
    found = leads_of(Subject("image", "a/north/1.jpg"), Subject("image", "south/2.jpg"))
    assert found["folder:0"] == ("north", "south")


def test_parts_of_a_name_stand_between_its_marks_and_its_last_is_none_when_it_counts() -> None:
    path = "WBC398      -868020035314870-10032026090126-4-SYPR0067.JPG"
    found = leads_of(Subject("image", path))
    assert found["part:0"] == ("WBC398",)
    assert found["path:imei"] == ("868020035314870",)
    assert "part:4" not in found


def test_a_place_that_one_file_lacks_is_none() -> None:
    subjects = [Subject("image", "a.jpg", exif={"BodySerialNumber": "1"}), Subject("image", "a.jpg")]
    assert "exif.BodySerialNumber" not in leads_of(*subjects)
    assert values_of(Lead("x", "x", "tag", "exif.BodySerialNumber"), subjects) == ()
    assert find_leads([], "") == []
