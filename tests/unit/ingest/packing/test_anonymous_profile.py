"""Profiles that name a camera or a place name a made-up one in a pack."""

from random import Random

import pytest

from ingest.errors import CamspoolError
from ingest.packing.anonymous_profile import anonymous_profile
from ingest.packing.replacing import replacing
from tests.unit.ingest.packing.hostile import PROFILE, profile

NAMES = replacing(["NorthGate-4711"], {}, Random(1), keeps_letters=False)
MADE_UP = NAMES.names["NorthGate-4711"]


@pytest.mark.parametrize("written", ["NorthGate-4711", r"NorthGate\-4711", "NORTHGATE-4711"])
def test_a_pattern_that_names_a_camera_names_the_made_up_one(written: str) -> None:
    text = PROFILE.replace("ID=(?P<id>[^;]+)", f"ID=(?P<id>{written})")
    made = anonymous_profile(profile(text), text, NAMES)
    assert "northgate" not in made.lower() and MADE_UP.lower() in made.replace("\\", "").lower()


def test_a_position_that_is_the_same_for_all_files_is_moved() -> None:
    text = PROFILE.replace('location = { from = "exif.GPS" }', 'location = { value = "52.098767, 5.125342" }')
    made = anonymous_profile(profile(text), text, NAMES)
    assert "52.09" not in made and 'value = "1.2345678, 2.345678"' in made


def test_numbers_of_patterns_and_evidence_stay() -> None:
    text = PROFILE.replace('"a test"', '"firmware 1.23456, page 52.0987"')
    assert anonymous_profile(profile(text), text, NAMES) == text


def test_a_profile_that_names_it_with_signs_between_is_a_sentence() -> None:
    text = PROFILE.replace('evidence = "a test"', 'evidence = "North\\\\Gate-4711"')
    with pytest.raises(CamspoolError, match="cannot be replaced"):
        anonymous_profile(profile(text), text, NAMES)
