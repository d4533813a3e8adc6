"""`camspool profiles`: the supported cameras in each form, and a broken profile after them."""

import json
from pathlib import Path

import pytest

from ingest.commands.main import main

OWN = """
name = "Acme X1"
evidence = "a test"
notes = "Read me"
[report]
match = { "report.IMEI" = '^86' }
[report.fields]
camera_id = { from = "report.IMEI" }
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile of one's own, named in the settings."""
    (tmp_path / "profiles" / "acme-x1").mkdir(parents=True)
    (tmp_path / "profiles" / "acme-x1" / "profile.toml").write_text(OWN)
    (tmp_path / "camspool.toml").write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/profiles"]\n')
    monkeypatch.setenv("CAMSPOOL_CONFIG", str(tmp_path / "camspool.toml"))
    return tmp_path / "profiles"


def test_the_supported_cameras_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles"]) == 0
    assert "Willfine 4.0T CG" in capsys.readouterr().out
    assert main(["profiles", "--json"]) == 0
    ids = {profile["id"] for profile in json.loads(capsys.readouterr().out)}
    assert {"willfine-4.0t-cg", "swift-enduro-4.0pcg-r", "instar"} <= ids


def test_a_profile_of_ones_own_is_told_in_full(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles", "--json"]) == 0
    (mine,) = (one for one in json.loads(capsys.readouterr().out) if one["id"] == "acme-x1")
    assert mine == {
        "id": "acme-x1",
        "name": "Acme X1",
        "evidence": "a test",
        "notes": "Read me",
        "confirmed": True,
        "folder": str(own / "acme-x1"),
        "photos": False,
        "reports": True,
        "requires": [],
        "known_by": "report.IMEI ~ ^86",
    }


def test_every_form_names_a_broken_profile_after_those_that_work(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "broken").mkdir()
    (own / "broken" / "profile.toml").write_text("colour = 1")
    for form in ([], ["--json"], ["--markdown"]):
        assert main(["profiles", *form]) == 2
        said = capsys.readouterr()
        assert "Acme X1" in said.out
        assert said.err.startswith(f"camspool: {own}/broken/profile.toml: colour is unknown")


def test_only_one_form_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["profiles", "--json", "--markdown"])
    assert "not allowed with" in capsys.readouterr().err


def test_a_profile_that_claims_everything_is_named_below_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "profiles" / "own"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(
        'name = "n"\nevidence = "e"\n[image]\nmatch = { path = "" }\nrequire = ["camera_id"]\n'
        '[image.fields]\ncamera_id = { value = "ours" }\n'
    )
    settings = tmp_path / "camspool.toml"
    settings.write_text(f'root = "{tmp_path / "spool"}"\nprofiles = ["{tmp_path / "profiles"}"]\n')
    assert main(["--config", str(settings), "profiles"]) == 0
    assert f"{folder} claims the files of any camera" in capsys.readouterr().out


def test_one_profile_is_told_as_a_page_and_as_json(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles", "instar"]) == 0
    assert "What to set in its menu" in capsys.readouterr().out
    assert main(["profiles", "acme-x1", "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == ["acme-x1"]


def test_a_name_that_nobody_has_and_a_broken_profile_are_sentences(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profiles", "oak"]) != 0
    assert "There is no profile oak" in capsys.readouterr().err
    (own / "acme-x1" / "profile.toml").write_text("name = 7")
    assert main(["profiles", "acme-x1"]) != 0
    assert "acme-x1/profile.toml" in capsys.readouterr().err
    assert main(["profiles", "instar"]) == 0
