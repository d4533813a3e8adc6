"""`python -m tests.fuzz TARGET SECONDS SEED` fuzzes a target, guided by coverage; exit status 0: nothing was found.

What makes it fail is kept in tests/fuzz/regressions/TARGET, where a unit test replays it from then on.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.targets import seeds


def main(name: str, seconds: str, seed: str) -> int:
    """Lay out the good inputs for the fuzzer, which ends its own process when it is done, and run it."""
    with TemporaryDirectory(prefix="camspool-fuzz-") as folder:
        for number, content in enumerate(seeds(name)):
            (Path(folder) / str(number)).write_bytes(content)
        return subprocess.run(
            [sys.executable, "-m", "tests.fuzz.guided", name, seconds, seed, folder], check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
