"""A clock that is wrong: the gateway's programs believe it, nothing else on the machine does (libfaketime)."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.spool.durable import replace_file

_SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select((), (), (), seconds)\n"
_SAY = "echo $FAKETIME_SHARED; echo $LD_PRELOAD; exec sleep infinity"


@dataclass(frozen=True)
class WrongClock:
    """A clock that is ahead of the machine's, or behind, by the seconds that its file says. Monotonic time runs on."""

    file: Path
    environment: tuple[str, ...]

    def set(self, offset_s: int) -> None:
        """Let the clock jump; programs that run see it within a second, vsftpd from the next connection on."""
        replace_file(self.file, f"{offset_s:+d}\n".encode())

    def words(self) -> list[str]:
        """Return what to put before a command so that it follows this clock."""
        follow = [f"FAKETIME_TIMESTAMP_FILE={self.file}", "FAKETIME_CACHE_DURATION=1"]
        return ["env", *self.environment, *follow, f"PYTHONPATH={_sleeping_python(self.file.parent)}"]

    def launcher(self, launcher: Path) -> Path:
        """Return a launcher for connections that start at this clock: vsftpd, in its jail, can read no file."""
        script = self.file.with_suffix(".sh")
        lines = [
            "#!/bin/sh",
            f"read -r FAKETIME <{shlex.quote(str(self.file))}",
            f"export FAKETIME {shlex.join(self.environment)}",
            f'exec {shlex.quote(str(launcher))} "$@"',
        ]
        script.write_text("\n".join(lines) + "\n", "utf-8")
        script.chmod(0o755)
        return script


def _sleeping_python(folder: Path) -> str:
    """Return a PYTHONPATH by which time.sleep waits otherwise: libfaketime 0.9.10 spoils the call that it makes."""
    own = folder / "sleeping"
    own.mkdir(exist_ok=True)
    (own / "sitecustomize.py").write_text(_SLEEP, "utf-8")
    return os.pathsep.join(filter(None, (str(own), os.environ.get("PYTHONPATH"))))


@contextmanager
def wrong_clock(folder: Path) -> Iterator[WrongClock]:
    """Yield a clock that is right until it is set.

    All its programs share the memory of one `faketime`; each would make, and leave, its own.
    """
    words = ["faketime", "-m", "-f", "+0", "sh", "-c", _SAY]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as holder:
        assert holder.stdout is not None
        shared, library = holder.stdout.readline().strip(), holder.stdout.readline().strip()
        environment = (f"FAKETIME_SHARED={shared}", f"LD_PRELOAD={library}", "FAKETIME_DONT_FAKE_MONOTONIC=1")
        try:
            clock = WrongClock(folder / "clock", environment)
            clock.set(0)
            yield clock
        finally:
            _end(holder)


def _end(holder: subprocess.Popen[str]) -> None:
    """End the sleeper; `faketime`, whose child it is, then tidies up."""
    children = Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text("ascii").split()
    subprocess.run(["kill", *children], check=True)
    holder.wait(10)
