"""One rule makes IDs of the names that people give; what no person would call a camera stays no ID."""

import unicodedata

import pytest

from ingest.spool.camera_ids import camera_id_from
from ingest.spool.names import is_camera_id

NAMES = [
    ("Gate North", "Gate_North"),
    ("Höhle", "Hoehle"),
    (unicodedata.normalize("NFD", "Höhle"), "Hoehle"),
    ("Übergang Straße", "Uebergang_Strasse"),
    ("  Gate   North  ", "Gate_North"),
    ("Gate (North) #3", "Gate_North_3"),
    ("Ñandú 7", "Nandu_7"),
    ("测试01", "CeShi01"),
    ("Камера 3", "Kamera_3"),
    ("861943070068027", "861943070068027"),
    ("lat52.02368_lon12.98290", "lat52.02368_lon12.98290"),
    ("192.168.1.61", "192.168.1.61"),
]


@pytest.mark.parametrize(("name", "camera_id"), NAMES)
def test_a_name_that_a_person_gave_becomes_an_id(name: str, camera_id: str) -> None:
    assert camera_id_from(name) == camera_id
    assert camera_id_from(camera_id) == camera_id


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "..",
        "../x",
        "a/b",
        "a\\b",
        ".hidden",
        "-rf",
        "a\nb",
        "a\x1b[2J",
        "a\u202eb",
        "!",
        "___",
        "x" * 65,
        "ö" * 33,
    ],
)
def test_what_no_person_would_call_a_camera_is_no_id(name: str) -> None:
    assert camera_id_from(name) is None


@pytest.mark.parametrize("name", ["<script>alert(1)</script>x", "%2e%2e", "$(id)", "a;b", "🦊 den", "con\u200dnect"])
def test_whatever_becomes_an_id_is_fit_to_be_a_folder(name: str) -> None:
    made = camera_id_from(name)
    assert made is None or is_camera_id(made)
