"""`camspool check`, as typed."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.index.store import enter, open_index
from ingest.simulation.photos import instar_path, plain_photo, simulated_imei, willfine_photo
from ingest.simulation.reports import willfine_report
from ingest.spool.assignments import Assignment, with_assignment
from ingest.spool.camera_records import write_camera_record
from ingest.spool.root import prepare_spool
from tests.samples.judging import judge
from tests.samples.willfine import IMEI, POSITION, WHEN


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CAMSPOOL_CONFIG", raising=False)
    monkeypatch.setenv("CAMSPOOL_ROOT", str(tmp_path / "spool"))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "E1000159.JPG"
    file.write_bytes(willfine_photo(IMEI, WHEN, *POSITION, seed=1))
    return file


def test_it_says_what_would_happen_and_stores_nothing(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "a-dr.txt"
    report.write_bytes(willfine_report(IMEI, WHEN))
    before = sorted(tmp_path.rglob("*"))
    assert main(["check", str(photo), str(report)]) == 0
    said = capsys.readouterr().out
    assert "E1000159.JPG: accepted" in said
    assert "battery_percent: 60" in said
    assert "- instar: path: no match" in said
    assert sorted(tmp_path.rglob("*")) == before


def test_json_is_a_list_of_sidecars(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", str(photo)]) == 0
    (sidecar,) = json.loads(capsys.readouterr().out)
    assert (sidecar["schema"], sidecar["verdict"], sidecar["camera_id"]) == (1, "accepted", IMEI)


def test_a_path_can_be_pretended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "A_2026-04-09_16-04-05.jpeg"
    file.write_bytes(plain_photo(seed=1))
    folder = "INSTAR/lat52.02368_lon12.98290/"
    for path in (folder, instar_path(52.02368, 12.9829, WHEN)):
        assert main(["check", "--json", str(file), "--as", path]) == 0
        (sidecar,) = json.loads(capsys.readouterr().out)
        assert (sidecar["verdict"], sidecar["profile"]) == ("accepted", "instar")
    assert main(["check", str(file)]) == 0
    assert "rejected, no_matching_profile" in capsys.readouterr().out


def test_a_file_that_is_here_already_is_called_a_duplicate(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "spool"
    root.mkdir()
    accepted = judge(photo.read_bytes())
    with closing(open_index(root)) as index:
        enter(index, [(accepted, f"accepted/{IMEI}/2026-05-01/{accepted.id}-E1000159.JPG")])
    assert main(["check", str(photo)]) == 0
    assert f"rejected, duplicate\n  camera: {IMEI}" in capsys.readouterr().out


def test_an_account_can_be_pretended_and_a_folder_stands_for_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "card" / "INSTAR" / "lat52.02368_lon12.98290"
    folder.mkdir(parents=True)
    (folder / "A_2026-04-09_16-04-05.jpeg").write_bytes(plain_photo(seed=1))
    assert main(["check", "--json", str(tmp_path / "card"), "--account", "ridge"]) == 0
    (sidecar,) = json.loads(capsys.readouterr().out)
    assert (sidecar["verdict"], sidecar["profile"], sidecar["account"]) == ("accepted", "instar", "ridge")


def test_whose_it_is_and_what_it_calls_its_camera_is_said(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "spool"
    root.mkdir()
    prepare_spool(root)
    write_camera_record(root, IMEI, with_assignment({}, Assignment("OAK")))
    with closing(open_index(root)) as index:
        enter(index, [(replace(judge(photo.read_bytes()), camera_id="oak", sha256="00"), "accepted/oak/x/y")])
    assert main(["check", str(photo)]) == 0
    assert f"E1000159.JPG: accepted\n  camera: oak\n  called: {IMEI}\n" in capsys.readouterr().out


def test_bad_usage_is_one_sentence(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    for words in (
        ["check", str(tmp_path / "missing.jpg")],
        ["check", str(tmp_path / "empty")],
        ["check", str(tmp_path), "--as", "a.jpg"],
        ["check", str(photo), str(photo), "--as", "a.jpg"],
        ["profile", "test", "unheard-of"],
        ["profile", "inspect", str(tmp_path / "missing.jpg")],
    ):
        assert main(words) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("camspool: ")
        assert said.err.count("\n") == 1


def test_a_broken_profile_is_named_with_its_file(
    tmp_path: Path, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "profiles" / "broken"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text("colour = 1")
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{folder.parent}"]\n')
    for words in (["check", str(photo)], ["profile", "test"], ["profile", "test", "broken"]):
        assert main(["--config", str(config), *words]) == 2
        said = capsys.readouterr().err
        assert f"{folder}/profile.toml: colour is unknown" in said


def test_several_reports_in_one_file_are_counted_and_each_has_its_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list-dr.txt"
    file.write_bytes(willfine_report(simulated_imei(7), WHEN) + willfine_report(IMEI, WHEN))
    assert main(["check", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("list-dr.txt: 2 reports, each an item of its own")
    assert said.count("list-dr.txt: accepted") == 2
    assert said.index(f"camera: {simulated_imei(7)}") < said.index(f"camera: {IMEI}")
    assert "several_reports" not in said
    assert main(["check", "--json", str(file)]) == 0
    earlier, whole = json.loads(capsys.readouterr().out)
    assert (earlier["part_of"], whole["earlier_reports"]) == (whole["id"], [earlier["id"]])
