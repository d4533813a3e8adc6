"""`camspool profile test`: accepted and rejected samples are told apart, and only shipped profiles owe all of them."""

from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.commands.profile_testing import stolen_sentence, write_missing
from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.samples import ARRIVAL
from tests.samples.judging import shipped
from tests.samples.strangers import FIRST, original, tagged

OAK = """
name = "Oakfine"
evidence = "a test"
[image]
match = { "exif.Make" = '^Oakfine$' }
require = ["camera_id", "captured_at"]
[image.fields]
camera_id = { from = "account" }
captured_at = { from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
"""


@pytest.fixture
def oak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a profile of this machine's own, with one sample."""
    monkeypatch.setenv("CAMSPOOL_CONFIG", str(tmp_path / "camspool.toml"))
    monkeypatch.delenv("CAMSPOOL_ROOT", raising=False)
    (tmp_path / "camspool.toml").write_text(f'root = "{tmp_path}"\nprofiles = ["{tmp_path}/own"]\n')
    folder = tmp_path / "own" / "oak"
    (folder / "samples").mkdir(parents=True)
    (folder / "profile.toml").write_text(OAK)
    (folder / "samples" / "IMG_0001.JPG").write_bytes(tagged("Oakfine", "T-9", original(FIRST)))
    return folder


def test_all_shipped_profiles_pass_their_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "test"]) == 0
    assert "still to show" not in capsys.readouterr().out


def test_a_rejected_sample_is_told_with_its_reason_and_one_that_is_accepted_is_enough(
    oak: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", "test", "oak", "--write"]) == 1
    said = capsys.readouterr().out
    assert "oak: 1 samples, 0 accepted and 1 rejected, none is accepted" in said
    assert "IMG_0001.JPG: rejected, No camera ID" in said
    (oak / "samples" / "IMG_0002.JPG").write_bytes(tagged("Oakfine", "T-9", original(FIRST)))
    assert main(["profile", "test", "oak", "--write", "--account", "ridge"]) == 0
    said = capsys.readouterr().out
    assert "oak: 2 samples, 1 accepted and 1 rejected, ok" in said
    assert "still to show" not in said


def test_a_profile_without_samples_has_shown_nothing_and_is_no_failure(
    oak: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (oak / "samples" / "IMG_0001.JPG").unlink()
    assert main(["profile", "test", "oak"]) == 0
    assert "oak: 0 samples" in capsys.readouterr().out


def test_whose_files_a_profile_would_take_is_named(oak: Path) -> None:
    greedy = parse_profile(OAK.replace("'^Oakfine$'", "''"), oak)
    assert "would also claim files of " in stolen_sentence(greedy, shipped())
    assert stolen_sentence(parse_profile(OAK, oak), shipped()) == ""


def test_an_expectation_is_written_once_for_the_account_that_is_given(
    oak: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = parse_profile(OAK, oak)
    for account in ("ridge", None):
        write_missing(profile, Catalogue((profile,)), {"IMG_0001.JPG": (account, ARRIVAL)})
    assert capsys.readouterr().out == "  IMG_0001.JPG: accepted\n"
