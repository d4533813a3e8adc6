"""Test uploads are greeted for every account, and a real photo under such a name stays a photo."""

from dataclasses import replace

import pytest

from ingest.profiles.connection_tests import KNOWN_NAMES
from ingest.profiles.patterns import compiled
from ingest.profiles.profile import Profile
from ingest.simulation.photos import instar_path, plain_photo, willfine_photo
from ingest.simulation.reports import willfine_report
from ingest.spool.sidecar import Sidecar
from ingest.verdict.connection_test import as_test_by_name, whose_test
from tests.samples.drawing import drawn
from tests.samples.judging import codes, judge, shipped
from tests.samples.willfine import IMEI, POSITION, WHEN

PHOTO = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
FOLDER = instar_path(52.02368, 12.9829, WHEN).rpartition("/")[0]
NAMES = [name for known in KNOWN_NAMES for name in known.examples]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"", b"test", plain_photo(seed=1)], ids=["empty", "text", "picture"])
def test_a_known_name_is_a_test_whatever_is_in_it(name: str, content: bytes) -> None:
    sidecar = judge(content, f"any/folder/{name}")
    assert (sidecar.verdict, sidecar.reason, codes(sidecar)) == ("rejected", "connection_test", ["connection_test"])
    assert sidecar.problems[0].message.endswith("its connection works.")


def test_a_photo_that_a_profile_knows_is_accepted_under_such_a_name() -> None:
    assert (judge(PHOTO, "test.jpg").verdict, judge(PHOTO, "test.jpg").camera_id) == ("accepted", IMEI)
    assert judge(PHOTO, "DVRWorkDirectory").verdict == "accepted"
    assert judge(willfine_report(IMEI, WHEN), "test.txt").verdict == "accepted"


def test_what_is_wrong_with_a_known_cameras_photo_is_not_hidden_by_its_name() -> None:
    nowhere = drawn({"0th": {0x010F: b"Willfine", 0x0110: b"4.0T CG"}, "Exif": {0xA431: IMEI.encode()}})
    assert codes(judge(nowhere, "test.jpg")) == ["missing_datetime", "missing_location"]


def test_a_folder_that_names_the_camera_names_the_tests_camera() -> None:
    sidecar = judge(plain_photo(seed=1), f"{FOLDER}/test.jpg")
    assert (sidecar.reason, sidecar.camera_id) == ("connection_test", FOLDER.rpartition("/")[2])


def test_a_path_that_a_pattern_takes_too_long_on_is_no_test_by_its_word() -> None:
    hostile = Profile("hostile", "hostile", "n", "e", connection_test=compiled("^(a+)+$"))
    sure = Profile("sure", "sure", "n", "e", connection_test=compiled("!"))
    assert whose_test([hostile, sure], "a" * 900 + "!") == [sure]


def test_a_test_of_a_camera_without_a_profile_keeps_its_trace() -> None:
    sidecar = judge(drawn({"0th": {0x010F: b"Foscam", 0x0110: b"R4"}}), "test.jpg")
    assert sidecar.reason == "connection_test"
    assert {trace.profile for trace in sidecar.trace} == {profile.id for profile in shipped().profiles}


def test_a_profile_adds_the_names_of_its_own_camera() -> None:
    assert [one.id for one in whose_test(shipped().profiles, "INSTAR/Test-Snapshot.jpeg")] == ["instar"]
    assert whose_test(shipped().profiles, "test.jpg") == []


def test_another_name_changes_nothing() -> None:
    rejected: Sidecar = judge(b"", "E1.JPG")
    assert as_test_by_name(rejected, ()) == rejected
    assert as_test_by_name(replace(rejected, upload_path="test.jpg"), ()).reason == "connection_test"
