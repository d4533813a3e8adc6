"""`camspool profile save | undo | history` where no watcher runs: a profile from a shell."""

from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.index.store import enter, open_index
from ingest.spool.saved_profiles import text_in_use, versions
from tests.unit.ingest.requests.profiles import put_photo, settings_of, text, write_own


def profile(root: Path, *words: str) -> int:
    settings = root.parent / "camspool.toml"
    settings.write_text(f'profiles = ["{root.parent / "own"}"]\n')
    return main(["--root", str(root), "--config", str(settings), "profile", *words])


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "profile.toml").write_text(text())
    return str(tmp_path / "profile.toml")


def test_a_profile_is_saved_changed_undone_and_its_history_told(
    root: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert profile(root, "save", "acme", file, "--why", "new\ncameras") == 0
    assert capsys.readouterr().out == "The profile acme is saved, and the next files are read by it.\n"
    Path(file).write_text(text(evidence="more"))
    assert profile(root, "save", "acme", file) == 0
    assert text_in_use(root, "acme") == text(evidence="more")
    assert profile(root, "undo", "acme", "--why", "too much") == 0
    assert text_in_use(root, "acme") == text()
    capsys.readouterr()
    assert profile(root, "history", "acme") == 0
    lines = capsys.readouterr().out.splitlines()
    by = versions(root, "acme")[0].by
    assert [line.partition(" UTC  ")[2] for line in lines] == [
        f"{by}  undid version 2: too much",
        f"{by}  saved",
        f"{by}  saved: new\ufffdcameras",
    ]
    assert [line.split("  ")[0] for line in lines] == ["version 3", "version 2", "version 1"]


def test_what_takes_files_from_others_is_refused_until_somebody_insists(
    root: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_own(settings_of(root), "oakfine", text("^Oakfine$"))
    index = open_index(root)
    enter(index, [put_photo(root, "Oakfine", "77", "oakfine")])
    index.close()
    Path(file).write_text(text("^(Acme|Oakfine)$"))
    assert profile(root, "save", "acme", file) == 1
    said = capsys.readouterr().out
    assert "of 77, which oakfine reads" in said and "With --takes" in said
    assert versions(root, "acme") == []
    assert profile(root, "save", "acme", file, "--takes") == 0


def test_what_cannot_be_done_is_a_sentence(root: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["save", "../x", file],
        ["undo", "acme"],
        ["history", "acme"],
        ["history", "X"],
        ["save", "a", "nowhere"],
    ):
        assert profile(root, *words) == 2, words
    (root.parent / "latin").write_bytes(b"name = '\xff'")
    assert profile(root, "save", "acme", str(root.parent / "latin")) == 2
    Path(file).write_text("name = 'x")
    assert profile(root, "save", "acme", file) == 1
    assert "is not TOML" in capsys.readouterr().out
    assert list((root / "profiles").iterdir()) == []
