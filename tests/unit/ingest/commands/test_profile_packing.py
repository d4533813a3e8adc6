"""`camspool profile pack`: a folder to give to others."""

from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.simulation.photos import willfine_photo
from tests.samples.willfine import IMEI, POSITION, WHEN
from tests.spools import make_spool, put_listed_item


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A spool with one good photo and one that cannot be a sample."""
    root = make_spool(tmp_path)
    photo = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
    put_listed_item(root, photo, camera_id=IMEI, profile="willfine-4.0t-cg", upload_path="E1.JPG")
    put_listed_item(root, photo, camera_id="other", profile="willfine-4.0t-cg", upload_path="a\nb.JPG")
    monkeypatch.setenv("CAMSPOOL_ROOT", str(root))
    monkeypatch.chdir(tmp_path)
    return root


def test_a_pack_is_a_folder_and_the_command_says_what_is_in_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "pack", "willfine-4.0t-cg", "--into", "packs"]) == 0
    said = capsys.readouterr().out
    assert "profile.toml and 1 sample." in said and "left out: a�b.JPG" in said
    folder = root.parent / "packs" / "willfine-4.0t-cg"
    assert {file.name for file in folder.iterdir()} == {"README.txt", "profile.toml", "samples"}
    assert not [file for file in folder.rglob("*") if file.is_file() and IMEI.encode() in file.read_bytes()]


def test_nothing_is_overwritten_and_a_wrong_name_is_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "pack", "willfine-4.0t-cg"]) == 0
    assert main(["profile", "pack", "willfine-4.0t-cg"]) != 0
    assert "is there already" in capsys.readouterr().err
    assert main(["profile", "pack", "oak"]) != 0
    assert "There is no profile oak; known are" in capsys.readouterr().err
    assert main(["profile", "pack", "instar"]) != 0
    assert "nothing to make samples of" in capsys.readouterr().err
