"""A profile that claims too much takes no other camera its photos, and its own cameras keep theirs."""

import shutil
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.yielding import find_yields
from ingest.settings.values import SHIPPED_PROFILES
from ingest.simulation.photos import instar_path, photo, plain_photo, swift_name, swift_photo, willfine_exif
from ingest.simulation.reports import willfine_report
from ingest.spool.sidecar import Sidecar
from ingest.trial import stolen_samples
from tests.samples.judging import judge, shipped
from tests.samples.willfine import IMEI, POSITION, WHEN

WIDE = ["\"exif.Make\" = ''", "path = '.*'", r"path = '\.jpe?g$'", "\"exif.DateTimeOriginal\" = '^20'", "account = ''"]
OURS = {
    "E1000159.JPG": photo(willfine_exif(IMEI, WHEN, *POSITION), size=(64, 48), seed=1),
    swift_name(IMEI, WHEN, 1): swift_photo(WHEN, *POSITION, size=(64, 48), seed=2),
    instar_path(52.02368, 12.9829, WHEN): plain_photo(size=(64, 48), seed=3),
}


def write(folder: Path, id_: str, match: str, part: str = "image") -> None:
    (folder / id_).mkdir(parents=True, exist_ok=True)
    require = 'require = ["camera_id"]' if part == "image" else ""
    (folder / id_ / "profile.toml").write_text(f"""
        name = "n"
        evidence = "e"
        [{part}]
        match = {{ {match} }}
        {require}
        [{part}.fields]
        camera_id = {{ value = "ours" }}
        """)


def with_own(folder: Path, match: str, part: str = "image") -> Catalogue:
    write(folder, "own", match, part)
    return load_catalogue([SHIPPED_PROFILES, folder])


def verdict_on(content: bytes, path: str, catalogue: Catalogue) -> Sidecar:
    return judge(content, path, catalogue=catalogue)


@pytest.mark.parametrize("match", WIDE)
def test_beside_a_profile_that_claims_everything_every_camera_keeps_its_photos(tmp_path: Path, match: str) -> None:
    catalogue = with_own(tmp_path, match)
    for path, content in OURS.items():
        sidecar = verdict_on(content, path, catalogue)
        assert (sidecar.verdict, sidecar.profile) == ("accepted", verdict_on(content, path, shipped()).profile)
        because = {trace.profile: trace for trace in sidecar.trace}["own"]
        assert not because.matched
        if because.because.startswith("all"):
            assert because.because == f"all conditions found, but it leaves the file to {sidecar.profile}"
    (sentence,) = catalogue.complaints.values()
    assert sentence == (
        f"{tmp_path / 'own'} claims the files of any camera, so it leaves to every other profile what that one knows. "
        "Name in its match what only its own camera has: the make, the model, a folder."
    )


def test_a_profile_from_documents_leaves_a_file_to_one_that_somebody_made_for_it(tmp_path: Path) -> None:
    path = "gate/2026/11/21/Gate North_01_20261121011530.jpg"
    assert verdict_on(plain_photo(seed=1), path, shipped()).profile == "reolink"
    catalogue = with_own(tmp_path, r"path = '/Gate North_01_[0-9]{14}\.jpg$'")
    sidecar = verdict_on(plain_photo(seed=1), path, catalogue)
    assert (sidecar.verdict, sidecar.profile) == ("accepted", "own")
    assert catalogue.complaints == {}
    (own,) = (one for one in catalogue.profiles if one.id == "own")
    assert list(stolen_samples(own, catalogue)) == []


def test_what_no_other_profile_claims_is_still_its_own(tmp_path: Path) -> None:
    sidecar = verdict_on(plain_photo(seed=1), "any/IMG_1.JPG", with_own(tmp_path, "path = ''"))
    assert (sidecar.verdict, sidecar.profile, sidecar.camera_id) == ("accepted", "own", "ours")


def test_a_report_profile_that_claims_everything_leaves_the_reports_of_others_alone(tmp_path: Path) -> None:
    catalogue = with_own(tmp_path, r"path = '\.txt$'", "report")
    assert verdict_on(willfine_report(IMEI, WHEN), "a-dr.txt", catalogue).profile == "willfine-4.0t-cg"
    assert verdict_on(b"hello:1\n", "hello.txt", catalogue).profile == "own"


@pytest.mark.parametrize(
    "match", ["\"exif.Model\" = '4.0T'", "\"exif.Make\" = '^W'", "\"exif.BodySerialNumber\" = '^[0-9]{15}$'"]
)
def test_a_profile_that_claims_samples_of_another_leaves_such_files_to_that_one(tmp_path: Path, match: str) -> None:
    catalogue = with_own(tmp_path, match)
    assert verdict_on(OURS["E1000159.JPG"], "E1000159.JPG", catalogue).profile == "willfine-4.0t-cg"
    assert catalogue.complaints[str(tmp_path / "own")].startswith(
        f"{tmp_path / 'own'} claims samples of willfine-4.0t-cg"
    )


def test_of_two_with_the_same_samples_the_one_that_was_there_first_keeps_its_cameras(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_PROFILES / "willfine-4.0t-cg", tmp_path / "a-copy")
    for file in (tmp_path / "a-copy").rglob("*.json"):
        file.write_text(file.read_text().replace('"profile": "willfine-4.0t-cg"', '"profile": "a-copy"'))
    catalogue = load_catalogue([SHIPPED_PROFILES, tmp_path])
    assert verdict_on(OURS["E1000159.JPG"], "E1000159.JPG", catalogue).profile == "willfine-4.0t-cg"
    assert catalogue.yields["a-copy"] == frozenset({"willfine-4.0t-cg"})
    assert "willfine-4.0t-cg" not in catalogue.yields


def test_two_in_one_folder_that_nothing_tells_apart_stay_ambiguous(tmp_path: Path) -> None:
    for id_ in ("one", "two"):
        write(tmp_path, id_, "\"exif.Make\" = '^Acme$'")
    catalogue = load_catalogue([tmp_path])
    acme = photo({"0th": {0x010F: b"Acme"}}, size=(64, 48), seed=1)
    assert (catalogue.yields, verdict_on(acme, "a.jpg", catalogue).reason) == ({}, "ambiguous_profile")


def test_where_all_leave_a_file_to_one_another_none_does(tmp_path: Path) -> None:
    (profile,) = (one for one in shipped().profiles if one.id.startswith("will"))
    twins = (replace(profile, id="one"), replace(profile, id="two"))
    circle = {"one": frozenset({"two"}), "two": frozenset({"one"})}
    sidecar = verdict_on(OURS["E1000159.JPG"], "E1.JPG", Catalogue(twins, yields=circle))
    assert sidecar.reason == "ambiguous_profile"


def test_the_shipped_profiles_leave_nothing_to_one_another() -> None:
    assert (find_yields(shipped().profiles), load_catalogue([SHIPPED_PROFILES]).complaints) == ({}, {})


def test_a_pattern_that_would_never_end_and_broken_samples_cost_the_load_little(tmp_path: Path) -> None:
    write(tmp_path, "endless", "path = '^(.|..|.?)+$x'")
    write(tmp_path, "own", "\"exif.Make\" = '^Acme$'")
    (tmp_path / "own" / "samples").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / "own" / "samples" / name).write_bytes(b"x")
    (tmp_path / "own" / "samples" / "a.jpg.json").write_text("{")
    (tmp_path / "own" / "samples" / "b.jpg.json").write_text('{"received_at": "x", "profile": "own", "exif": 7}')
    began = process_time()
    assert find_yields(load_catalogue([SHIPPED_PROFILES, tmp_path]).profiles) == {}
    assert process_time() - began < 10
