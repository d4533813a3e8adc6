"""Walks every profile's samples: adding a camera needs no test code."""

import re
from pathlib import Path

import pytest

from ingest.profiles.profile import IMAGE_FIELDS, REPORT_FIELDS, Profile
from ingest.profiles.profile_table import profiles_markdown, with_table
from ingest.profiles.sample_coverage import uncovered
from ingest.profiles.samples import Sample, find_samples, read_expectation
from ingest.settings.values import SHIPPED_PROFILES
from ingest.spool.sites import Site
from ingest.trial import run_sample
from tests.samples.__main__ import all_samples
from tests.samples.judging import judge, shipped

PROFILES = {profile.id: profile for profile in shipped().profiles}
SAMPLES = [sample for profile in PROFILES.values() for sample in find_samples(profile)]
MOST_BYTES = 3 * 1024 * 1024


def test_every_folder_is_a_sound_profile() -> None:
    folders = {folder.name for folder in SHIPPED_PROFILES.iterdir() if folder.is_dir() and folder.name[0] not in "._"}
    assert shipped().broken == {}
    assert folders == set(PROFILES)


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{sample.profile}: {sample.upload_path}" for sample in SAMPLES])
def test_a_sample_gives_its_sidecar_and_no_other_profile_claims_it(sample: Sample) -> None:
    assert run_sample(sample, PROFILES[sample.profile], shipped()).wrong == ()


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_every_rule_of_a_profile_has_a_sample(profile: Profile) -> None:
    outcomes = [run_sample(sample, profile, shipped()) for sample in find_samples(profile)]
    assert uncovered(profile, [outcome.sidecar for outcome in outcomes]) == []


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_every_expected_sidecar_has_its_sample(profile: Profile) -> None:
    expected = {str(file) for file in Path(profile.folder, "samples").rglob("*.json")}
    assert expected == {str(sample.expectation) for sample in find_samples(profile)}


def test_no_photo_of_a_camera_without_gps_is_lost_for_want_of_a_site() -> None:
    """It is accepted without a position, and with that of its camera's site once somebody has entered it."""
    without = [
        (sample, expected)
        for sample in SAMPLES
        if (expected := read_expectation(sample) or {})["verdict"] == "accepted"
        and expected["kind"] == "image"
        and expected["latitude"] is None
    ]
    assert {sample.profile for sample, _ in without} == {one.id for one in PROFILES.values() if not one.confirmed}
    for sample, expected in without:
        site = {expected["camera_id"]: (Site(52.1, 5.1),)}
        content = sample.file.read_bytes()
        found = judge(content, sample.upload_path, account=expected["account"], sites=site)
        assert (found.verdict, found.latitude, found.sources["location"]) == ("accepted", 52.1, "record"), sample


@pytest.mark.parametrize("profile", [one for one in PROFILES.values() if not one.confirmed], ids=lambda one: one.id)
def test_a_profile_that_nobody_has_confirmed_says_where_its_facts_can_be_read(profile: Profile) -> None:
    assert re.search(r"github\.com/[\w.-]+/[\w.-]+", profile.evidence)
    assert "account of its own" in profile.notes or "ID" in profile.notes


def test_the_samples_stay_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED_PROFILES.rglob("*") if file.is_file()) < MOST_BYTES


def test_the_samples_are_those_that_the_script_draws() -> None:
    """Their metadata, not their pixels: another version of the JPEG encoder may pack those differently."""
    drawn = {(profile, path) for profile, path, _ in all_samples()}
    assert drawn <= {(sample.profile, sample.upload_path) for sample in SAMPLES}


def test_the_table_of_supported_cameras_is_fresh() -> None:
    page = (SHIPPED_PROFILES / "README.md").read_text()
    assert page == with_table(page, profiles_markdown(shipped().profiles))


def test_every_source_and_kind_is_in_the_page() -> None:
    page = (SHIPPED_PROFILES / "README.md").read_text()
    for fields in (IMAGE_FIELDS, REPORT_FIELDS):
        for name, kinds in fields.items():
            assert f"`{name}`" in page
            assert all(f"`{kind}`" in page for kind in kinds)
