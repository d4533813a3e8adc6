"""`camspool settings`: the page, and the check that a deployment runs before it restarts anything."""

from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.settings.file import read_settings
from ingest.settings.values import Settings


def test_the_page_is_itself_a_settings_file_with_nothing_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settings"]) == 0
    (tmp_path / "camspool.toml").write_text(capsys.readouterr().out, "utf-8")
    assert read_settings(tmp_path / "camspool.toml") == Settings()


def test_the_check_names_the_root_of_the_file_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "camspool.toml").write_text('root = "/elsewhere"\n')
    assert main(["--config", str(tmp_path / "camspool.toml"), "settings", "--check"]) == 0
    assert capsys.readouterr().out == "The settings are right; the spool root is /elsewhere.\n"


def test_a_file_that_is_wrong_is_a_sentence_and_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "camspool.toml").write_text("workers = 0\n")
    for words in (["settings", "--check"], ["settings"]):
        assert main(["--config", str(tmp_path / "camspool.toml"), *words]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err == f"camspool: {tmp_path}/camspool.toml: workers is 0; expected 1 to 64.\n"
