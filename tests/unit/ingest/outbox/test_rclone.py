"""rclone runs with what it needs and no more, and ends when it has to."""

from pathlib import Path

import pytest

from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.rclone import RCLONE, options_of, run_rclone
from ingest.settings.targets import FolderOptions, Selection, Target
from tests.unit.ingest.outbox.archives import archive_job


@pytest.fixture
def job(root: Path, tmp_path: Path) -> Job:
    return archive_job(root, str(tmp_path))


def test_it_is_the_one_that_is_installed_beside_python() -> None:
    assert RCLONE.is_file()


def test_what_it_prints_and_how_it_ends_is_told(job: Job, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    ran = run_rclone(job, ["hashsum", "md5", str(tmp_path), "--files-from-raw=-"], ["a", "missing"])
    assert (ran.status, ran.printed) == (0, "d41d8cd98f00b204e9800998ecf8427e  a\n")


def test_more_words_than_a_pipe_holds_arrive(job: Job, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    ran = run_rclone(job, ["hashsum", "md5", str(tmp_path), "--files-from-raw=-"], ["x" * 90] * 5000 + ["a"])
    assert ran.printed.endswith("  a\n")


def test_a_complaint_is_told(job: Job) -> None:
    ran = run_rclone(job, ["lsf", "attic:"])
    assert ran.status != 0
    assert "didn't find section in config file" in ran.complaints[0].text


def test_it_takes_no_settings_from_the_environment_and_leaves_the_home_alone(
    job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RCLONE_CONFIG_ATTIC_TYPE", "local")
    assert run_rclone(job, ["lsf", "attic:"]).status != 0
    assert list((tmp_path / "home").iterdir()) == []


def test_a_configuration_that_cannot_be_read_is_named(root: Path, tmp_path: Path) -> None:
    job = archive_job(root, "store:traps", config_file=tmp_path / "missing.conf")
    with pytest.raises(TargetDownError, match="config_file cannot be read: No such file or directory"):
        run_rclone(job, ["version"])


def test_a_configuration_is_read_and_never_written(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "rclone.conf"
    file.write_text("[attic]\ntype = alias\nremote = /\nsecret_access_key = abcdefgh\n", "utf-8")
    file.chmod(0o400)
    before = file.stat()
    assert run_rclone(archive_job(root, "attic:", config_file=file), ["lsf", "--max-depth=1", "attic:"]).status == 0
    assert file.stat() == before or file.stat().st_mtime_ns == before.st_mtime_ns


def test_it_ends_when_the_service_stops(root: Path, tmp_path: Path) -> None:
    """`rclone rcat` waits for its input, and a server for its clients: without an end of ours it would stay."""
    job = archive_job(root, str(tmp_path), is_stopping=lambda: True)
    ran = run_rclone(job, ["serve", "http", str(tmp_path), "--addr=127.0.0.1:0"])
    assert ran.printed == ""


def test_options_of_another_kind_are_a_fault(root: Path) -> None:
    target = Target("nas", "folder", Selection(sends=("accepted",)), FolderOptions(Path("/nas")))
    with pytest.raises(TypeError):
        options_of(Job(root, "north", target))
