"""What a program may do: it writes nowhere but where it may, and its limits hold."""

import os
from pathlib import Path

import pytest

from ingest.outbox.sandbox import FILES_MAX, Sandbox, enter, landlock_version
from tests.unit.ingest.outbox.hooks import run_script


def test_this_kernel_has_landlock_or_says_so(tmp_path: Path) -> None:
    """Whatever the kernel can do is what a program meets: a file elsewhere stays as it is, or does not."""
    target = tmp_path / "item.jpg"
    target.write_bytes(b"photo")
    run_script(tmp_path, f"echo spoilt > {target}; rm -f {target}; mv {target} {target}.x; exit 0")
    assert target.exists() is (landlock_version() > 0)
    if landlock_version():
        assert target.read_bytes() == b"photo"


def test_it_reads_everything_and_writes_into_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "item.jpg").write_bytes(b"photo")
    ended = run_script(
        tmp_path, f"cat {tmp_path}/item.jpg > mine && mkdir d && mv mine d/ && cat d/mine > /dev/null && cat d/mine"
    )
    assert (ended.status, ended.said) == (0, "photo")


def test_it_writes_where_the_settings_let_it(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    run_script(tmp_path, f"echo done > {tmp_path}/out/result", writes=(str(tmp_path / "out"),))
    assert (tmp_path / "out/result").read_text() == "done\n"


def test_a_file_grows_to_its_limit(tmp_path: Path) -> None:
    ended = run_script(tmp_path, "head -c 9000000 /dev/zero > big; ls -l big | awk '{print $5}'", file_bytes=1_000_000)
    assert ended.said.strip() == "1000000"


def test_memory_has_a_limit(tmp_path: Path) -> None:
    script = "exec python3 -c 'x = bytearray(900_000_000); print(len(x))'"
    assert run_script(tmp_path, script).said.strip() == "900000000"
    ended = run_script(tmp_path, script, memory_bytes=500_000_000)
    assert (ended.status, "MemoryError" in ended.complained) == (1, True)


def test_it_inherits_nothing_and_gains_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "whsec_x")
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        ended = run_script(
            tmp_path, "env; ls /proc/self/fd | wc -l; grep NoNewPrivs /proc/self/status; ulimit -n; umask"
        )
    *environment, descriptors, no_new, files, mask = ended.said.splitlines()
    names = {line.partition("=")[0] for line in environment}
    assert "SECRET" not in names and {"PATH", "HOME", "TMPDIR", "LANG"} <= names
    assert (int(descriptors) <= 4, no_new.split()[1], int(files), mask) == (True, "1", FILES_MAX, "0077")


def test_it_holds_for_good_and_for_children(tmp_path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        enter(Sandbox(1 << 30, 1 << 20, (tmp_path,)))
        child = os.fork()
        if child == 0:
            try:
                (tmp_path.parent / "escaped").write_text("x")
            except PermissionError:
                os._exit(3)
            os._exit(4)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == (3 if landlock_version() else 4)
