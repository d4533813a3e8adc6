"""What systemd says of our units. It is asked without a network, which the admin has not."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

_BOOTED = Path("/run/systemd/system")
_PATIENCE_S = 2.0


def unit_properties(unit: str, names: Sequence[str]) -> dict[str, str] | None:
    """Return some properties of a unit; None where systemd does not run, does not answer or does not have the unit."""
    if not _BOOTED.is_dir():
        return None
    words = ["systemctl", "show", f"--property=LoadState,{','.join(names)}", unit]
    try:
        said = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE_S, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
    return found if found.pop("LoadState", None) == "loaded" else None
