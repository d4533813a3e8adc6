from pathlib import Path

import pytest

from ingest.commands.main import main


def test_the_file_is_written_where_one_stands_and_its_path_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root.parent)
    assert main(["--root", str(root), "report"]) == 0
    (file,) = root.parent.glob("camspool-report-*.txt")
    assert str(file) in capsys.readouterr().out
    assert file.read_text().startswith("Camspool, report of ")


def test_a_report_is_printed_on_demand_and_never_overwrites_a_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(root), "report", "--output", "-"]) == 0
    assert "== Versions" in capsys.readouterr().out
    taken = tmp_path / "taken.txt"
    taken.write_text("mine")
    assert main(["--root", str(root), "report", "--output", str(taken)]) == 2
    assert taken.read_text() == "mine"
    assert "The report cannot be written" in capsys.readouterr().err


def test_an_unexpected_error_is_kept_and_names_the_report(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("ingest.commands.status.read_status", fail)
    assert main(["--root", str(root), "status"]) == 1
    said = capsys.readouterr().err
    assert "nobody foresaw this" in said and "camspool report" in said.splitlines()[-1]
    assert main(["--root", str(root), "report", "--output", "-"]) == 0
    assert "camspool status\nTraceback" in capsys.readouterr().out
