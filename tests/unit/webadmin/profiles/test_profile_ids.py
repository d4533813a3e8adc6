"""The id under which a profile is saved."""

import pytest

from ingest.spool.saved_profiles import is_profile_id
from webadmin.profiles.profile_ids import id_problem, proposed_id


@pytest.mark.parametrize("make", ["", "Oakfine", "ОХОТА", "../..", "-.-", "a" * 200, "A\u202eB", "<b>"])
def test_whatever_make_and_model_are_the_proposal_is_an_id_that_is_free(make: str) -> None:
    first = proposed_id(make, "T-9 / 4", ())
    second = proposed_id(make, "T-9 / 4", [first])
    assert is_profile_id(first)
    assert is_profile_id(second)
    assert second not in ("", first)
    assert not id_problem(second)


def test_a_model_that_begins_with_the_make_says_it_once_and_no_name_at_all_is_a_new_camera() -> None:
    assert proposed_id("Acme", "ACME X1", ()) == "acme-x1"
    assert proposed_id("", "", ["new-camera", "new-camera-2"]) == "new-camera-3"


@pytest.mark.parametrize("typed", ["", "Acme", ".x", "a b", "../etc", "a" * 64, "a\n"])
def test_an_id_that_could_not_be_a_folder_is_refused_in_a_sentence(typed: str) -> None:
    assert "small letters" in id_problem(typed).lower()
