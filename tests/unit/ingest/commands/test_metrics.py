"""`camspool metrics` prints figures, or what to read them with."""

from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.figures.alarms import alarm_rules
from ingest.figures.dashboard import dashboard


def test_it_prints_figures_or_writes_them(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "metrics"]) == 0
    said = capsys.readouterr().out
    assert "camspool_queue_items 0.0" in said
    file = root.parent / "camspool.prom"
    assert main(["--root", str(root), "metrics", "--textfile", str(file)]) == 0
    assert "camspool_queue_items 0.0" in file.read_text()


def test_it_prints_rules_and_a_dashboard_without_a_spool(capsys: pytest.CaptureFixture[str]) -> None:
    for word, made in (("--alarms", alarm_rules()), ("--dashboard", dashboard())):
        assert main(["--root", "/nowhere", "metrics", word]) == 0
        assert capsys.readouterr().out == made


def test_without_a_spool_there_are_no_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", "/nowhere", "metrics"]) == 2 and "/nowhere" in capsys.readouterr().err
