"""`camspool profile`: from files of an unknown camera to a profile with samples."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingest.commands.main import main
from ingest.profiles.shrinking import shrink
from ingest.reading.exif import read_exif
from ingest.reading.jpeg import read_structure
from ingest.settings.values import SHIPPED_PROFILES
from ingest.simulation.photos import plain_photo, swift_exif, swift_name, willfine_photo
from ingest.simulation.reports import swift_report
from tests.samples.drawing import drawn
from tests.samples.swift import IMEI, POSITION, WHEN


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CAMSPOOL_CONFIG", raising=False)
    monkeypatch.setenv("CAMSPOOL_ROOT", str(tmp_path / "spool"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    exif = swift_exif(WHEN, *POSITION)
    exif["0th"][0x0110] = b"4.0PCG"
    file = tmp_path / swift_name(IMEI, WHEN, 1)
    file.write_bytes(drawn(exif, (4000, 3000)))
    return file


def test_inspect_prints_tags_parts_of_the_name_and_the_closest_profile(
    unknown: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "inspect", str(unknown)]) == 0
    said = capsys.readouterr().out
    assert "exif.Model: 4.0PCG\n" in said
    assert "868020035314870 [15]" in said
    assert "closest: swift-enduro-4.0pcg-r: 1 of 2 conditions met" in said
    assert r"differs in exif.Model: `4.0PCG` lacks `4\.0PCG-R`" in said


def test_inspect_says_something_about_any_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in (("a.mp4", b"x"), ("a.txt", swift_report(IMEI, WHEN)), ("b.txt", b""), ("c.jpg", b"")):
        (tmp_path / name).write_bytes(content)
        assert main(["profile", "inspect", str(tmp_path / name)]) == 0
        assert name in capsys.readouterr().out


def test_new_writes_a_draft_that_claims_the_files_and_passes_its_test(
    unknown: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "new", "plain-4.0pcg", str(unknown), "--into", "own"]) == 0
    assert "accepted" in capsys.readouterr().out
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own"]\n')
    assert main(["--config", str(config), "profile", "test", "plain-4.0pcg"]) == 0
    said = capsys.readouterr().out
    assert "plain-4.0pcg: 1 samples, ok" in said
    assert "still to show" in said


def test_a_sample_keeps_its_metadata_and_loses_its_picture(unknown: Path, tmp_path: Path) -> None:
    assert main(["profile", "new", "x", str(unknown), "--into", "own"]) == 0
    before, after = unknown.read_bytes(), (tmp_path / "own/x/samples" / unknown.name).read_bytes()
    assert read_structure(after).exif == read_structure(before).exif
    assert len(after) < 60_000
    with Image.open(BytesIO(after)) as picture:
        picture.load()
        assert max(picture.size) <= 1280


def test_new_never_overwrites(unknown: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "own" / "x"
    folder.mkdir(parents=True)
    assert main(["profile", "new", "x", str(unknown), "--into", "own"]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["../x", "photo.jpg"], "expected a-z"),
        (["x", "missing.jpg"], "There is no file"),
        (["x", "clip.mp4"], "nothing to draft"),
        (["x", "cut.jpg"], "cannot be made small"),
        (["x", "photo.jpg", "photo.jpg", "--as", "a.jpg"], "one path"),
        (["x", "photo.jpg", "--as", "../../a.jpg"], "contains `..`"),
    ],
)
def test_bad_input_writes_nothing(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
    (tmp_path / "photo.jpg").write_bytes(photo)
    (tmp_path / "cut.jpg").write_bytes(photo[:500])
    (tmp_path / "clip.mp4").write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))
    assert main(["profile", "new", *words, "--into", "own"]) == 2
    assert said in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_camera_without_exif_is_drafted_from_its_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "A_2026-04-09_16-04-05.jpeg").write_bytes(plain_photo(seed=1))
    words = ["A_2026-04-09_16-04-05.jpeg", "--as", "gate/north/", "--into", "own"]
    assert main(["profile", "new", "gate", *words]) == 0
    assert "gate/north/A_2026-04-09_16-04-05.jpeg: accepted" in capsys.readouterr().out


def test_a_report_alone_is_drafted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.txt").write_bytes(swift_report(IMEI, WHEN))
    assert main(["profile", "new", "reports", "report.txt", "--into", "own"]) == 0
    assert "report.txt: accepted" in capsys.readouterr().out


def test_a_draft_that_would_claim_another_cameras_files_is_refused_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "E1000159.JPG").write_bytes(plain_photo(seed=1))
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own", "{SHIPPED_PROFILES}"]\n')
    words = ["--config", str(config), "profile"]
    assert main([*words, "new", "stripped", "E1000159.JPG"]) == 2
    said = capsys.readouterr().err
    assert "stripped would also claim files of willfine-4.0t-cg, " in said
    assert not (tmp_path / "own").exists()
    assert main([*words, "new", "stripped", "E1000159.JPG", "--into", "own"]) == 0
    assert "Tighten its `match`" in capsys.readouterr().out
    assert main([*words, "test", "stripped"]) == 1
    assert "willfine-4.0t-cg" in capsys.readouterr().out


def test_a_draft_of_a_report_leaves_reports_with_other_lines_alone(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(b"IMEI:860000000000000\nCSQ:12\nModel:HC-900\nBattery:77%\n")
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own", "{SHIPPED_PROFILES}"]\n')
    assert main(["--config", str(config), "profile", "new", "hc", "report.txt"]) == 0
    assert main(["--config", str(config), "profile", "test", "hc"]) == 0


@pytest.mark.parametrize("name", ["868020035314870-20032026090126-4-X.JPG", "20260320090126-868020035314870.JPG"])
def test_a_draft_reads_the_name_it_was_made_from(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(plain_photo(seed=1))
    assert main(["profile", "new", "names", name, "--into", "own"]) == 0
    assert f"{name}: accepted" in capsys.readouterr().out
    expected = json.loads((tmp_path / "own/names/samples" / f"{name}.json").read_text())
    assert expected["captured_at"] == "2026-03-20T09:01:26"


def test_a_sample_keeps_its_metadata_behind_fill_bytes(unknown: Path) -> None:
    content = unknown.read_bytes()
    filled = content[:2] + b"\xff\xff" + content[2:]
    assert read_structure(shrink(filled)).exif == read_structure(content).exif != None  # noqa: E711


def test_expectations_that_cannot_be_written_are_one_sentence(
    unknown: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "new", "x", str(unknown), "--into", "own"]) == 0
    expectation = tmp_path / "own/x/samples" / f"{unknown.name}.json"
    expectation.unlink()
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own"]\n')
    subprocess.run(["chattr", "+i", str(expectation.parent)], check=True)
    try:
        assert main(["--config", str(config), "profile", "test", "x", "--write"]) == 2
    finally:
        subprocess.run(["chattr", "-i", str(expectation.parent)], check=True)
    assert f"{expectation} cannot be written" in capsys.readouterr().err


def test_all_shipped_profiles_pass_their_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "test"]) == 0
    assert "still to show" not in capsys.readouterr().out


def test_a_sample_that_gives_something_else_fails_and_is_named(
    unknown: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "new", "x", str(unknown), "--into", "own"]) == 0
    expectation = tmp_path / "own/x/samples" / f"{unknown.name}.json"
    expectation.write_text(expectation.read_text().replace(IMEI, "868020035314871", 2))
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own"]\n')
    capsys.readouterr()
    assert main(["--config", str(config), "profile", "test", "x"]) == 1
    assert f"{unknown.name}.json: camera_id is '{IMEI}'; expected '868020035314871'" in capsys.readouterr().out


def test_exif_of_a_sample_is_still_readable(unknown: Path) -> None:
    assert read_exif(read_structure(unknown.read_bytes()).exif or b"").tags["Model"] == "4.0PCG"
