"""What a person can get wrong at the command line: one sentence naming file and key, exit 2, nothing changed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.commands.main import command_names
from tests.integration.watching import CAMSPOOL
from tests.spools import make_spool


def camspool(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return subprocess.run([CAMSPOOL, *map(str, words)], capture_output=True, text=True, timeout=60)


def assert_one_sentence(result: subprocess.CompletedProcess[str], *parts: str) -> None:
    """Fail unless it ended with 2 and one line of complaint with these parts."""
    assert result.returncode == 2, result.stderr
    assert result.stderr.count("\n") == 1 and "Traceback" not in result.stderr
    for part in parts:
        assert part in result.stderr


@pytest.mark.parametrize("command", ["watch", "drain", "reindex", "audit", "retention", "status", "connections"])
def test_a_missing_root(command: str, tmp_path: Path) -> None:
    assert_one_sentence(camspool("--root", tmp_path / "nowhere", command), "nowhere is not a folder")
    assert os.listdir(tmp_path) == []


def test_a_root_that_spans_two_file_systems(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    subprocess.run(["mount", "-t", "tmpfs", "camspool-test", root / "accepted"], check=True)
    try:
        assert_one_sentence(camspool("--root", root, "drain"), "accepted lies on another file system")
    finally:
        subprocess.run(["umount", root / "accepted"], check=True)


@pytest.fixture
def open_spool() -> Iterator[Path]:
    """A spool that other users may enter; pytest's own folders are closed to them."""
    folder = Path("/var/tmp/camspool-bad-input")  # noqa: S108 - removed again below
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield make_spool(folder)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(open_spool: Path) -> None:
    """The other user may read everything, so that it can run a checkout that is closed to others."""
    reading = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    words = ["setpriv", "--reuid", "65534", "--clear-groups", *reading, CAMSPOOL, "--root", str(open_spool), "drain"]
    result = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert_one_sentence(result, "not writable for user 65534")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("rot = '/srv'", ["camspool.toml", "unknown setting rot"]),
        ("[ftps]\nprot = 21", ["camspool.toml", "unknown setting ftps.prot"]),
        ("workers = 'two'", ["workers is 'two'", "a whole number"]),
        ("workers = 0", ["workers is 0", "1 to 64"]),
        ("time_zone = 'Europe/Atlantis'", ["time_zone is 'Europe/Atlantis'"]),
        ("root = 'spool'", ["root is 'spool'", "starts with /"]),
        ("ftps = 21", ["ftps must be a table"]),
        ("[ftps]\nport = 0", ["ftps.port is 0"]),
        ("workers = ", ["camspool.toml cannot be read"]),
    ],
)
def test_a_wrong_setting(text: str, parts: list[str], tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    (tmp_path / "camspool.toml").write_text(text)
    assert_one_sentence(camspool("--root", root, "--config", tmp_path / "camspool.toml", "drain"), *parts)
    assert os.listdir(root / "cache") == []


def test_a_settings_file_that_is_missing(tmp_path: Path) -> None:
    assert_one_sentence(camspool("--config", tmp_path / "no.toml", "status"), "There is no settings file")


def test_a_broken_profile_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    profile = tmp_path / "profiles" / "broken"
    profile.mkdir(parents=True)
    (profile / "profile.toml").write_text('name = "Broken"\nevidence = "none"\ncolour = "red"\n')
    (tmp_path / "camspool.toml").write_text(f'profiles = ["{tmp_path / "profiles"}"]')
    words = ("--root", root, "--config", tmp_path / "camspool.toml")
    checked = camspool(*words, "profile", "test", "broken")
    assert checked.returncode != 0 and "broken/profile.toml" in checked.stdout + checked.stderr
    assert "colour" in checked.stdout + checked.stderr and "Traceback" not in checked.stderr
    assert camspool(*words, "drain").returncode == 0


@pytest.mark.parametrize("words", [["fly"], ["requeue", "--reason", "ugly"], ["--colour", "watch"], []])
def test_words_that_make_no_sense(words: list[str]) -> None:
    assert_one_sentence(camspool(*words), "camspool")


def test_requeue_needs_ids_or_a_reason(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    assert_one_sentence(camspool("--root", root, "requeue"), "Name the items by their ids")


def test_an_id_that_does_not_exist_is_said_without_a_traceback(tmp_path: Path) -> None:
    result = camspool("--root", make_spool(tmp_path), "requeue", "../../etc/passwd")
    assert result.returncode == 1 and "No item with this id" in result.stdout


@pytest.mark.parametrize("name", command_names())
def test_every_command_explains_itself(name: str) -> None:
    result = camspool(name, "--help")
    assert result.returncode == 0 and result.stdout.startswith("usage: camspool")
