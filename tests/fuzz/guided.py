"""Runs atheris on one target: `python -m tests.fuzz.guided TARGET SECONDS SEED FOLDER`, the folder with good inputs.

An input that takes longer than SLOW_S or more memory than MEMORY_MAX_MB fails as well.
"""

import os
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest", "tomllib"]):
    from tests.fuzz.targets import TARGETS

SLOW_S, MEMORY_MAX_MB, LENGTH_MAX_BYTES = 10, 1024, 20_000


def main(name: str, seconds: str, seed: str, folder: str) -> None:
    """Fuzz until the time is over or something is found; libFuzzer ends the process."""
    kept = Path(__file__).with_name("regressions") / name
    kept.mkdir(exist_ok=True)
    limits = [f"-seed={seed}", f"-max_total_time={seconds}", f"-timeout={SLOW_S}", f"-rss_limit_mb={MEMORY_MAX_MB}"]
    limits += [f"-max_len={LENGTH_MAX_BYTES}", "-use_value_profile=1", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={kept}{os.sep}", folder, str(kept)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
