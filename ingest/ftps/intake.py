"""Builds intake.c, the library that vsftpd loads, for this machine, and tells the launchers whether it is in force.

`python -m ingest.ftps.intake` builds it where it is not there yet, and prints its path. Without a compiler FTPS works
as well, with fewer promises: see `ingest.ftps.intake.MISSING`.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.errors import CamspoolError, in_words
from ingest.ftps.programs import FOLDER
from ingest.settings.values import Settings

SOURCE = FOLDER / "intake.c"
MISSING = (
    "The intake is not built, so cameras cannot rename, list or delete what they sent, and cut photos are lost:"
    " install gcc and libc6-dev, and run the playbook again."
)
_COMPILE = ("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-Wl,-z,relro,-z,now", "-o")
_PATIENCE_S = 120.0
_NAME = Path(sys.prefix) / "lib" / "camspool-intake.so"
"""The same in each release, for the launchers; what it stands for has the hash of its source in its name."""


def find_intake() -> Path | None:
    """Return the library that was built from the present source for this Python's environment; None without one."""
    return _NAME if _library().exists() and _NAME.exists() else None


def build_intake() -> Path:
    """Return the library, built when it is not there. Raise CamspoolError with the compiler's words when it fails."""
    if find_intake():
        return _NAME
    library = _library()
    library.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=library.parent) as work:
        built = Path(work) / library.name
        _run([*_COMPILE, str(built), str(SOURCE)], "build")
        # A library that the loader refuses would be passed over by it without a word to anybody.
        _run([sys.executable, "-c", f"import ctypes; ctypes.CDLL({str(built)!r})"], "load")
        built.chmod(0o755)
        built.rename(library)
        name = Path(work) / _NAME.name
        name.symlink_to(library.name)
        name.rename(_NAME)
    for former in library.parent.glob("camspool-intake-*.so"):
        if former != library:
            former.unlink()
    return _NAME


def intake_variables(settings: Settings) -> dict[str, str]:
    """Return what connection.sh, the acceptor and the library itself read from their environment."""
    intake = find_intake()
    return {
        "CAMSPOOL_INTAKE": str(intake) if intake else "",
        "CAMSPOOL_LENIENT": "".join(f":{name}" for name in settings.ftps.lenient_accounts) + ":",
        "CAMSPOOL_FLUSH": "1" if settings.ftps.write_through else "0",
        "CAMSPOOL_OLD_TLS": "1" if settings.ftps.old_tls else "",
    }


def _library() -> Path:
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    return _NAME.with_stem(f"{_NAME.stem}-{digest}")


def _run(words: list[str], what: str) -> None:
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=_PATIENCE_S, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = in_words(error) if isinstance(error, OSError) else "it took too long"
        raise CamspoolError(f"The intake cannot be built: {words[0]}: {reason}. Install gcc and libc6-dev.") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[0]
        raise CamspoolError(f"The intake cannot be {'built' if what == 'build' else 'loaded'}: {said}.")


if __name__ == "__main__":
    try:
        print(build_intake())  # noqa: T201 - a command
    except CamspoolError as error:
        print(f"camspool: {error}", file=sys.stderr)  # noqa: T201 - a command
        sys.exit(2)
