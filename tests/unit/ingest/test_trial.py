"""What would happen to a file: the watcher's verdict, with nothing stored, and samples judged on their own terms."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.index.store import enter, open_index
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.samples import expected_object, find_samples, write_expectation
from ingest.settings.values import Cameras, Limits, Settings
from ingest.simulation.photos import instar_path, plain_photo, willfine_photo
from ingest.spool.camera_records import write_camera_record
from ingest.trial import (
    read_file,
    run_sample,
    sound_catalogue,
    stolen_samples,
    try_content,
    try_file,
    upload_path,
)
from tests import reconyx
from tests.samples.judging import shipped
from tests.samples.willfine import IMEI, POSITION, WHEN

PHOTO = willfine_photo(IMEI, WHEN, *POSITION, seed=1, size=(64, 48))
PLAIN = plain_photo(seed=1, size=(64, 48))
PROFILE = """
name = "{name}"
evidence = "a test"
[image]
match = {{ path = '{path}' }}
require = ["camera_id"]
[image.fields]
camera_id = {{ from = "path.id" }}
"""


def write_profile(folder: Path, name: str, path: str, sample: str | None = None) -> None:
    """Write a profile that knows its photos by their path, with one sample when asked for."""
    (folder / name / "samples").mkdir(parents=True)
    (folder / name / "profile.toml").write_text(PROFILE.format(name=name, path=path))
    if sample:
        (folder / name / "samples" / sample).write_bytes(PLAIN)


def profile_of(catalogue: Catalogue, name: str) -> Profile:
    return next(profile for profile in catalogue.profiles if profile.id == name)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "E1000159.JPG"
    file.write_bytes(PHOTO)
    return file


@pytest.mark.parametrize(
    ("wanted", "alone", "path"),
    [
        (None, False, b"b.jpg"),
        ("", True, b"b.jpg"),
        ("gate/", False, b"gate/b.jpg"),
        ("/gate/", False, b"gate/b.jpg"),
        ("/gate/c.jpg", True, b"gate/c.jpg"),
    ],
)
def test_a_file_is_tried_under_its_own_name_or_the_path_that_is_wanted(
    wanted: str | None, alone: bool, path: bytes
) -> None:
    assert upload_path(Path("a/b.jpg"), wanted, alone=alone) == path


def test_one_path_for_several_files_is_a_sentence() -> None:
    with pytest.raises(CamspoolError, match=r"--as c\.jpg would give several files one path"):
        upload_path(Path("b.jpg"), "c.jpg", alone=False)


def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match=r"There is no file .*missing\.jpg"):
        read_file(tmp_path / "missing.jpg", "a.jpg", Settings())
    with pytest.raises(CamspoolError, match="is not a file"):
        read_file(tmp_path, "a.jpg", Settings())
    with pytest.raises(CamspoolError, match="cannot be read: File name too long"):
        read_file(tmp_path / ("x" * 300), "a.jpg", Settings())


def test_a_file_over_its_limit_is_too_large_with_its_true_size(photo: Path, root: Path) -> None:
    settings = Settings(root=root, limits=Limits(image_bytes=1000))
    sidecar = try_file(photo, b"a.jpg", shipped(), settings)
    assert (sidecar.reason, sidecar.size_bytes, sidecar.sha256) == ("file_too_large", len(PHOTO), None)
    uploaded = try_content(PHOTO, "a.jpg", None, shipped(), settings)
    assert (uploaded.reason, uploaded.size_bytes) == ("file_too_large", len(PHOTO))


def test_a_file_that_is_accepted_here_already_is_a_duplicate_and_nothing_is_stored(photo: Path, root: Path) -> None:
    first = try_file(photo, b"a.jpg", shipped(), Settings(root=root))
    assert first.verdict == "accepted"
    with closing(open_index(root)) as index:
        enter(index, [(first, "accepted/x")])
    before = sorted(root.rglob("*"))
    again = try_file(photo, b"b.jpg", shipped(), Settings(root=root))
    assert (again.reason, again.duplicate_of) == ("duplicate", first.id)
    assert try_content(PHOTO, "b.jpg", None, shipped(), Settings(root=root)).verdict == "accepted"
    assert sorted(root.rglob("*")) == before


def test_where_there_is_no_spool_a_file_still_gets_its_verdict(photo: Path, tmp_path: Path) -> None:
    sidecar = try_file(photo, b"a.jpg", shipped(), Settings(root=tmp_path / "nowhere"))
    assert (sidecar.verdict, sidecar.camera_id, sidecar.source) == ("accepted", IMEI, "local")
    assert not (tmp_path / "nowhere").exists()


def test_a_camera_counts_as_registered_when_this_spool_says_so(photo: Path, root: Path) -> None:
    settings = Settings(root=root, cameras=Cameras(must_be_registered=True))
    assert try_file(photo, b"a.jpg", shipped(), settings).reason == "unknown_camera"
    write_camera_record(root, IMEI, {"name": "By the river"})
    assert try_file(photo, b"a.jpg", shipped(), settings).verdict == "accepted"


def test_an_uploaded_file_is_judged_by_its_path_and_account(root: Path) -> None:
    path = instar_path(52.1, 5.1, WHEN)
    sidecar = try_content(PLAIN, path, "north", shipped(), Settings(root=root))
    assert (sidecar.profile, sidecar.source, sidecar.account) == ("instar", "upload", "north")
    assert sidecar.upload_path == path


def test_a_broken_profile_stops_a_person_with_its_sentence(tmp_path: Path) -> None:
    write_profile(tmp_path, "sound", "^(?P<id>x)")
    assert profile_of(sound_catalogue(Settings(profiles=(tmp_path,))), "sound").name == "sound"
    write_profile(tmp_path, "broken", "(")
    with pytest.raises(CamspoolError, match=r"broken/profile\.toml: image\.match\.path is not a regular expression"):
        sound_catalogue(Settings(profiles=(tmp_path,)))


def test_a_sample_is_judged_at_its_own_time_by_its_own_profile(tmp_path: Path) -> None:
    write_profile(tmp_path, "acme", "^(?P<id>[a-z]+)[.]JPG", "north.JPG")
    catalogue = load_catalogue([tmp_path])
    acme = profile_of(catalogue, "acme")
    (sample,) = find_samples(acme)
    (missing,) = run_sample(sample, acme, catalogue).wrong
    assert "there is no north.JPG.json" in missing
    write_expectation(sample, run_sample(sample, acme, catalogue).sidecar)
    given = {**json.loads(sample.expectation.read_text()), "received_at": "2025-01-01T00:00:00.000000Z"}
    sample.expectation.write_text(json.dumps({**given, "account": "gate", "camera_id": "south"}))
    outcome = run_sample(sample, acme, catalogue)
    assert (outcome.sidecar.received_at, outcome.sidecar.account) == (given["received_at"], "gate")
    assert outcome.claims == ("acme",)
    assert outcome.wrong == (f"{sample.expectation}: camera_id is 'north'; expected 'south'",)


def test_a_sample_that_has_changed_is_read_again_when_somebody_asks_who_takes_it(tmp_path: Path) -> None:
    write_profile(tmp_path, "acme", "^(?P<id>[a-z]+)[.]JPG", "north.JPG")
    write_profile(tmp_path, "any", "(?P<id>north|south)")
    text = (tmp_path / "any" / "profile.toml").read_text()
    (tmp_path / "any" / "profile.toml").write_text(text.replace("match = {", 'match = { "exif.Make" = "^Willfine",'))
    catalogue = load_catalogue([tmp_path])
    sample = tmp_path / "acme" / "samples" / "north.JPG"
    for content, taken in ((PLAIN, []), (PHOTO, [("acme", "north.JPG")]), (PLAIN, [])):
        sample.write_bytes(content)
        assert list(stolen_samples(profile_of(catalogue, "any"), catalogue)) == taken


def test_a_profile_that_takes_anothers_samples_is_named_from_both_sides(tmp_path: Path) -> None:
    write_profile(tmp_path, "acme", "^(?P<id>[a-z]+)[.]JPG", "north.JPG")
    write_profile(tmp_path, "wide", "(?P<id>north|south)")
    write_profile(tmp_path, "other", "(?P<id>west)")
    catalogue = load_catalogue([tmp_path])
    acme = profile_of(catalogue, "acme")
    assert list(stolen_samples(profile_of(catalogue, "wide"), catalogue)) == [("acme", "north.JPG")]
    assert list(stolen_samples(profile_of(catalogue, "other"), catalogue)) == []
    assert list(stolen_samples(acme, catalogue)) == []
    (sample,) = find_samples(acme)
    outcome = run_sample(sample, acme, catalogue)
    assert outcome.sidecar.verdict == "accepted"
    assert outcome.wrong[-1] == f"{acme.folder}: north.JPG is also claimed by wide"


def test_a_sample_gives_the_same_at_every_run() -> None:
    willfine = profile_of(shipped(), "willfine-4.0t-cg")
    sample = next(find_samples(willfine))
    first, again = (run_sample(sample, willfine, shipped()).sidecar for _ in range(2))
    assert first.id != again.id
    assert expected_object(first) == expected_object(again) != expected_object(replace(first, camera_id="other"))


def test_a_trial_reads_a_makernote_as_the_watcher_does(tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0001.JPG"
    photo.write_bytes(reconyx.hyperfire_photo())
    catalogue = Catalogue((parse_profile(reconyx.PROFILE, Path("reconyx")),))
    sidecar = try_file(photo, b"a.jpg", catalogue, Settings(root=tmp_path))
    assert (sidecar.verdict, sidecar.camera_id) == ("accepted", reconyx.SERIAL)
    assert (
        try_content(reconyx.hyperfire_photo(), "a.jpg", None, catalogue, Settings(root=tmp_path)).camera_id
        == reconyx.SERIAL
    )
