"""The real exiftool: kept open, bounded, and started again whatever happens to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.reading.exiftool import EXIFTOOL, Exiftool, exiftool_version, is_installed
from ingest.reading.jpeg import read_structure
from tests.reconyx import SERIAL, WHEN, hyperfire_photo


def exif_of(photo: bytes) -> bytes:
    block = read_structure(photo).exif
    assert block
    return block


RECONYX = exif_of(hyperfire_photo())


@pytest.fixture
def exiftool() -> Iterator[Exiftool]:
    with Exiftool(30.0) as one:
        yield one


def program(folder: Path, script: str) -> str:
    """Return a program that answers in exiftool's place."""
    file = folder / "exiftool"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_it_reads_serial_and_time_of_a_reconyx(exiftool: Exiftool) -> None:
    read = exiftool.read(RECONYX)
    assert read.problem is None
    assert (read.values["SerialNumber"], read.values["Reconyx:SerialNumber"]) == (SERIAL, SERIAL)
    assert read.values["DateTimeOriginal"] == f"{WHEN:%Y:%m:%d %H:%M:%S}"
    assert read.values["UserLabel"] == "NORTH RIDGE"


def test_none_is_started_before_it_is_needed_and_one_is_kept_open(exiftool: Exiftool) -> None:
    assert exiftool.pid is None
    other = exif_of(hyperfire_photo("OTHER"))
    serials = [exiftool.read(block).values["SerialNumber"] for block in (RECONYX, other)]
    first = exiftool.pid
    assert exiftool.read(RECONYX).values["SerialNumber"] == SERIAL
    assert (serials, exiftool.pid) == ([SERIAL, "OTHER"], first)


@pytest.mark.parametrize("block", [b"", b"II*\0", b"MM\0*\0\0\0\x08", RECONYX[:40], bytes(60_000), os.urandom(60_000)])
def test_a_block_without_a_readable_makernote_has_no_values_and_is_no_problem(exiftool: Exiftool, block: bytes) -> None:
    read = exiftool.read(block)
    assert (read.values, read.problem) == ({}, None)
    assert exiftool.read(RECONYX).values["SerialNumber"] == SERIAL


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM])
def test_one_that_has_died_is_started_again_and_the_photo_is_read(exiftool: Exiftool, death: int) -> None:
    exiftool.read(RECONYX)
    assert exiftool.pid
    os.kill(exiftool.pid, death)
    assert exiftool.read(RECONYX).values["SerialNumber"] == SERIAL


def test_one_that_hangs_is_ended_in_time_and_the_next_photo_is_read(exiftool: Exiftool) -> None:
    exiftool.read(RECONYX)
    hanging = exiftool.pid
    assert hanging
    os.kill(hanging, signal.SIGSTOP)
    exiftool.seconds = 0.2
    assert exiftool.read(RECONYX).problem == "exiftool took more than 0.2 seconds."
    exiftool.seconds = 30.0
    assert exiftool.read(RECONYX).values["SerialNumber"] == SERIAL
    assert not Path(f"/proc/{hanging}").exists()


def test_it_is_bounded_and_writes_nothing(exiftool: Exiftool) -> None:
    exiftool.read(RECONYX)
    limits = Path(f"/proc/{exiftool.pid}/limits").read_text()
    bounds = {line[:26].strip(): line[26:47].strip() for line in limits.splitlines()}
    assert bounds["Max file size"] == bounds["Max core file size"] == "0"
    assert int(bounds["Max address space"]) <= 512 * 1024 * 1024
    environment = Path(f"/proc/{exiftool.pid}/environ").read_bytes()
    assert b"HOME" not in environment and b"PERL" not in environment
    assert Path(f"/proc/{exiftool.pid}/cmdline").read_bytes().endswith(b"\0-config\0\0-stay_open\0True\0-@\0-\0")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("cat /dev/zero", "exiftool says more than 1024 KB about it."),
        ("exit 3", "exiftool has ended twice, perhaps for its memory."),
        (
            "read question; echo nonsense; echo '{ready}'; cat >/dev/null",
            "exiftool gave an answer that cannot be read.",
        ),
        ("sleep 1000", "exiftool took more than 0.5 seconds."),
    ],
)
def test_one_that_gives_no_answer_is_a_sentence(tmp_path: Path, script: str, said: str) -> None:
    seconds = 0.5 if "sleep" in script else 30.0
    with Exiftool(seconds, program(tmp_path, script)) as broken:
        assert broken.read(RECONYX).problem == said
        assert broken.pid is None or script.startswith("read")


def test_one_that_is_missing_or_no_program_is_a_sentence(tmp_path: Path) -> None:
    missing = Exiftool(program=str(tmp_path / "nowhere"))
    assert missing.read(RECONYX).problem == "exiftool is not installed: apt install libimage-exiftool-perl."
    file = tmp_path / "text"
    file.write_text("no program")
    file.chmod(0o755)
    assert (Exiftool(program=str(file)).read(RECONYX).problem or "").startswith("exiftool cannot be run: ")
    assert [is_installed(name) for name in (EXIFTOOL, str(tmp_path / "nowhere"))] == [True, False]


def test_it_also_works_where_no_limit_may_be_set() -> None:
    """So it is in the admin's sandbox; a limit that is lower already cannot be set either."""
    script = (
        "import sys; from ingest.reading.exiftool import Exiftool; from tests.unit.ingest.reading import test_exiftool"
    )
    script += "\nwith Exiftool(30.0) as one: print(one.read(test_exiftool.RECONYX).values['SerialNumber'])"
    said = subprocess.run(
        ["prlimit", "--nofile=40:40", sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == SERIAL


def test_its_version_is_told() -> None:
    assert (exiftool_version() or "")[:2].isdecimal()
    assert exiftool_version("/nowhere") is None


def test_it_ends_when_it_is_closed() -> None:
    with Exiftool(30.0) as one:
        one.read(RECONYX)
        pid = one.pid
    assert pid and not Path(f"/proc/{pid}").exists()


def test_it_ends_with_its_parent_that_is_killed() -> None:
    there, here = os.pipe()
    parent = os.fork()
    if not parent:
        one = Exiftool(30.0)
        one.read(RECONYX)
        os.write(here, str(one.pid).encode())
        signal.pause()
    child = int(os.read(there, 20))
    assert Path(f"/proc/{child}").exists()
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    deadline = time.monotonic() + 30
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(child)
    os.close(there)
    os.close(here)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
