"""Programs for `command` targets, and running them once."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.outbox.hook_runner import Ended, Task


def program(folder: Path, script: str, name: str = "hook") -> str:
    """Write a shell script that can be executed; return its path."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)
    return str(file)


def run_script(folder: Path, script: str, text: str = "{}", **limits: Any) -> Ended:
    """Have a shell script run by the runner, once."""
    work = folder / "work"
    work.mkdir(exist_ok=True)
    values = {"seconds": 60, "memory_bytes": 1 << 30, "file_bytes": 1 << 20, "writes": (), **limits}
    line = json.dumps(asdict(Task((program(folder, script),), text, str(work), **values)))
    runner = [sys.executable, "-m", "ingest.outbox.hook_runner"]
    return Ended(**json.loads(subprocess.run(runner, input=line, capture_output=True, text=True, check=True).stdout))
