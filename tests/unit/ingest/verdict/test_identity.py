"""Which camera a file belongs to, and what may not become a folder name."""

import pytest

from ingest.profiles.profile import FieldRule, Part
from ingest.profiles.sources import Subject
from ingest.settings.values import Ftps, Settings
from ingest.verdict.identity import Identity, identify

IMEI = "861943070068027"
BY_ACCOUNT = Part((), {"camera_id": FieldRule(("exif.BodySerialNumber", "account"), "text")})
PART = Part((), {"camera_id": FieldRule(("exif.BodySerialNumber", "path.imei"), "text", check="imei")})


def identity_of(serial: str | None) -> Identity:
    subject = Subject("image", "E1.JPG", exif={} if serial is None else {"BodySerialNumber": serial})
    return identify(PART, subject, Settings())


def test_a_good_id_is_the_cameras() -> None:
    assert identity_of(IMEI) == Identity(IMEI, source="exif.BodySerialNumber")
    assert identity_of(f"  {IMEI}\0\0").camera_id == IMEI


@pytest.mark.parametrize("serial", [None, "", "   \0"])
def test_a_file_without_an_id_is_told_where_one_was_looked_for(serial: str | None) -> None:
    found = identity_of(serial)
    assert found.camera_id is None
    assert [problem.code for problem in found.problems] == ["missing_camera_id"]
    assert "there is none in EXIF BodySerialNumber or the upload path" in found.problems[0].message


@pytest.mark.parametrize("serial", ["../../etc", ".hidden", "a/b", "a" * 65, "a b", "camera\n1", "caméra", "-rf"])
def test_what_is_no_folder_name_is_no_id_and_is_quoted_on_one_line(serial: str) -> None:
    found = identity_of(serial)
    assert found.camera_id is None
    (problem,) = found.problems
    assert problem.code == "bad_camera_id"
    assert problem.message.isprintable() and len(problem.message) < 250


def test_a_mistyped_imei_is_a_doubt_and_still_an_id() -> None:
    found = identity_of("861943070068028")
    assert (found.camera_id, found.problems) == ("861943070068028", ())
    assert [warning.code for warning in found.warnings] == ["identifier_check_failed"]
    unchecked = Part((), {"camera_id": FieldRule(("path.imei",), "text")})
    other = Subject("image", "", groups={"imei": "lat52.02368_lon12.98290"})
    assert identify(unchecked, other, Settings()).camera_id == "lat52.02368_lon12.98290"


@pytest.mark.parametrize(("name", "camera_id"), [("Gate North", "Gate_North"), ("Höhle", "Hoehle"), ("测1", "Ce1")])
def test_a_name_that_a_person_gave_becomes_an_id_and_a_damaged_imei_none(name: str, camera_id: str) -> None:
    found = identify(BY_ACCOUNT, Subject("image", "", None, {"BodySerialNumber": name}), Settings())
    assert (found.camera_id, found.text, found.problems) == (camera_id, name, ())
    (problem,) = identity_of(name).problems
    assert problem.code == "bad_camera_id"


SHARED = Settings(ftps=Ftps(account="camera", shared_accounts=("north",)))


@pytest.mark.parametrize("account", ["camera", "north"])
def test_an_account_that_several_cameras_use_is_never_an_id(account: str) -> None:
    (problem,) = identify(BY_ACCOUNT, Subject("image", "", account), SHARED).problems
    assert (problem.code, problem.message) == (
        "missing_camera_id",
        f"No camera ID: there is none in EXIF BodySerialNumber, and the account {account} is used by every camera. "
        "Give this camera an account of its own.",
    )
    serial = Subject("image", "", account, {"BodySerialNumber": "CAM-0017"})
    assert identify(BY_ACCOUNT, serial, SHARED).camera_id == "CAM-0017"


def test_the_account_of_one_camera_is_its_id() -> None:
    assert identify(BY_ACCOUNT, Subject("image", "", "gate-7"), SHARED) == Identity("gate-7", source="account")
    (problem,) = identify(BY_ACCOUNT, Subject("image", "", None), SHARED).problems
    assert problem.message == "No camera ID: there is none in EXIF BodySerialNumber or the camera's own account."
