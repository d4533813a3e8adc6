"""`camspool profile`: from files of an unknown camera to a profile with samples."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.profiles.shrinking import shrink
from ingest.settings.values import SHIPPED_PROFILES
from ingest.simulation.photos import instar_path, plain_photo, swift_exif, swift_name, willfine_photo
from ingest.simulation.reports import swift_report
from ingest.spool.sidecar import sidecar_text
from tests.reconyx import PROFILE, SERIAL, hyperfire_photo
from tests.samples.drawing import drawn
from tests.samples.judging import judge
from tests.samples.strangers import Bundle, bare, moments, original, tagged
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
    assert "plain-4.0pcg: 1 samples, 1 accepted and 0 rejected, ok" in said
    assert "still to show" not in said
    assert (tmp_path / "own/plain-4.0pcg/samples" / unknown.name).read_bytes() == shrink(unknown.read_bytes())


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


def test_a_draft_that_would_claim_another_cameras_files_is_refused_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "A.jpeg").write_bytes(plain_photo(seed=1))
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own", "{SHIPPED_PROFILES}"]\n')
    words = ["--config", str(config), "profile"]
    new = [*words, "new", "instar-too", "A.jpeg", "--as", instar_path(52.02368, 12.9829, WHEN)]
    assert main(new) == 2
    said = capsys.readouterr().err
    assert "instar-too would also claim files of instar, " in said
    assert not (tmp_path / "own").exists()
    assert main([*new, "--into", "own"]) == 0
    assert "Tighten its `match`" in capsys.readouterr().out
    assert main([*words, "test", "instar-too"]) == 1
    assert "instar-too would also claim files of instar" in capsys.readouterr().out


def test_a_draft_of_photos_without_exif_leaves_those_alone_that_say_their_make(tmp_path: Path) -> None:
    (tmp_path / "E1000159.JPG").write_bytes(plain_photo(seed=1))
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own", "{SHIPPED_PROFILES}"]\n')
    assert main(["--config", str(config), "profile", "new", "stripped", "E1000159.JPG"]) == 0


OWN = 'root = "{0}"\nprofiles = ["{0}/own"]\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return a settings file with profiles of its own."""
    file = tmp_path / "camspool.toml"
    file.write_text(OWN.format(tmp_path))
    return file


def write(folder: Path, files: Bundle) -> Path:
    for path, content in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def trail_photos() -> Bundle:
    return [(f"IMG_000{n}.JPG", tagged("Oakfine", "T-9", original(moment))) for n, moment in enumerate(moments())]


def test_a_whole_folder_is_drafted_from_and_its_paths_are_kept(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = write(
        tmp_path / "card", bare(f"FI98{n}/snap/MDAlarm_{one:%Y%m%d-%H%M%S}.jpg" for n, one in enumerate(moments()))
    )
    assert main(["profile", "new", "foscam", str(card), "--into", "own"]) == 0
    said = capsys.readouterr().out
    assert "image.camera_id: the first folder (FI980, FI981, FI982)" in said
    assert said.count(": accepted\n") == 3
    assert main(["--config", str(config), "profile", "test", "foscam"]) == 0
    assert "3 samples, 3 accepted and 0 rejected, ok" in capsys.readouterr().out


def test_a_profile_that_accepts_none_of_its_samples_is_not_ok_until_each_camera_has_its_account(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = write(tmp_path / "card", trail_photos())
    assert main(["profile", "new", "oak", str(card), "--into", "own", "--account", "camera"]) == 0
    said = capsys.readouterr().out
    assert "To be answered: Nothing in these files names the camera for sure." in said
    assert "--choose 'image.camera_id=account'" in said
    assert "Answer the questions above" in said
    assert main(["--config", str(config), "profile", "test", "oak"]) == 1
    said = capsys.readouterr().out
    assert "oak: 3 samples, 0 accepted and 3 rejected, none is accepted" in said
    assert "IMG_0000.JPG: rejected, No camera ID: the account camera is used by every camera" in said
    assert main(["profile", "new", "oak-own", str(card), "--into", "own", "--account", "ridge"]) == 0
    assert "To be answered" not in capsys.readouterr().out
    assert main(["--config", str(config), "profile", "test", "oak-own"]) == 1  # both claim them
    for file in (tmp_path / "own" / "oak" / "samples").glob("*.json"):
        file.unlink()
    assert main(["--config", str(config), "profile", "test", "oak", "--account", "ridge", "--write"]) == 1
    assert "IMG_0000.JPG: accepted" in capsys.readouterr().out


def test_a_question_is_answered_as_it_was_shown_and_no_other_answer_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = write(tmp_path / "card", bare([f"ridge/016719001060737-0106202601153{n}.JPG" for n in range(3)]))
    new = ["profile", "new", "tac", str(card), "--into", "own"]
    for wrong in ("image.captured_at=path:%d", "captured_at", "image.colour=red"):
        assert main([*new, "--choose", wrong]) == 2
        assert f"--choose {wrong}" in capsys.readouterr().err
    assert not (tmp_path / "own").exists()
    assert main(new) == 0
    said = capsys.readouterr().out
    assert "1 June 2026, 01:15 or 6 January 2026, 01:15" in said
    assert said.count(": rejected bad_datetime\n") == 3
    choose = next(line.split("'")[1] for line in said.splitlines() if "%m%d%Y" in line)
    assert main(["profile", "new", "tac2", str(card), "--into", "own", "--choose", choose]) == 0
    assert capsys.readouterr().out.count(": accepted\n") == 3
    expected = json.loads((tmp_path / "own/tac2/samples/ridge/016719001060737-01062026011530.JPG.json").read_text())
    assert (expected["camera_id"], expected["captured_at"]) == ("016719001060737", "2026-01-06T01:15:30")


def test_an_item_of_the_spool_is_drafted_from_the_path_it_came_by(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path, content), *_ = bare(["gate/2026-11-21/A_2026-11-21_01-15-30.jpg"])
    sidecar = replace(judge(content, path), account="north")
    item = tmp_path / f"{sidecar.id}-A_2026-11-21_01-15-30.jpg"
    item.write_bytes(content)
    item.with_name(f"{item.name}.json").write_text(sidecar_text(sidecar))
    assert main(["profile", "inspect", str(item)]) == 0
    assert "gate/2026-11-21/A_2026-11-21_01-15-30.jpg: image" in capsys.readouterr().out
    assert main(["profile", "new", "gate", str(item), "--into", "own"]) == 0
    assert "the camera's own FTPS account (north)" in capsys.readouterr().out
    assert (tmp_path / "own/gate/samples" / path).is_file()
    assert main(["--config", str(config), "profile", "test"]) == 0
    assert main(["--config", str(config), "check", "--json", str(item)]) == 0
    said = capsys.readouterr().out
    assert json.loads(said[said.index("[\n") :])[0]["camera_id"] == "north"


def test_a_makernote_tells_who_took_a_photo_and_when_where_nothing_else_does(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "RCNX0001.JPG").write_bytes(hyperfire_photo(make="Oakfine"))
    assert main(["profile", "new", "hyperfire", "RCNX0001.JPG", "--into", "own"]) == 0
    said = capsys.readouterr().out
    assert f"image.camera_id: the tag SerialNumber ({SERIAL})" in said
    assert "RCNX0001.JPG: accepted" in said
    assert main(["--config", str(config), "profile", "test"]) == 0


def test_a_draft_of_a_report_leaves_reports_with_other_lines_alone(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(b"IMEI:860000000000000\nCSQ:12\nModel:HC-900\nBattery:77%\n")
    config = tmp_path / "camspool.toml"
    config.write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own", "{SHIPPED_PROFILES}"]\n')
    assert main(["--config", str(config), "profile", "new", "hc", "report.txt"]) == 0
    assert main(["--config", str(config), "profile", "test", "hc"]) == 0


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


def test_inspect_prints_what_the_makernote_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "IMG_0001.JPG"
    file.write_bytes(hyperfire_photo())
    assert main(["profile", "inspect", str(file)]) == 0
    said = capsys.readouterr().out
    assert f"makernote.SerialNumber: {SERIAL}\n" in said
    assert "makernote.DateTimeOriginal: 2026:11:21 01:15:30\n" in said


def test_a_profile_of_makernotes_is_tested_by_its_samples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "profiles" / "reconyx"
    (folder / "samples").mkdir(parents=True)
    (folder / "profile.toml").write_text(PROFILE)
    (folder / "samples" / "IMG_0001.JPG").write_bytes(hyperfire_photo())
    settings = tmp_path / "camspool.toml"
    settings.write_text(f'root = "{tmp_path / "spool"}"\nprofiles = ["{tmp_path / "profiles"}"]\n')
    main(["--config", str(settings), "profile", "test", "reconyx", "--write"])
    assert f'"camera_id": "{SERIAL}"' in (folder / "samples" / "IMG_0001.JPG.json").read_text()
