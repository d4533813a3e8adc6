"""All about a profile, as text."""

from dataclasses import replace

import pytest

from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_page import profile_page
from ingest.settings.values import SHIPPED_PROFILES

PROFILES = load_catalogue([SHIPPED_PROFILES]).profiles


@pytest.mark.parametrize("one", PROFILES, ids=lambda one: one.id)
def test_it_tells_menu_names_faults_and_evidence_of_every_profile(one: Profile) -> None:
    page = profile_page(one)
    words = " ".join(page.split())
    for part in (one.name, one.notes, "Names that it sends", "What is known to go wrong", one.evidence):
        assert " ".join(part.split()) in words
    assert ("Nobody has confirmed" in page) is not one.confirmed


def test_a_text_of_a_stranger_controls_no_terminal() -> None:
    page = profile_page(replace(PROFILES[0], notes="a\x1b[31mb", folder="/nowhere"))
    assert "\x1b" not in page and "It has no samples." in page
