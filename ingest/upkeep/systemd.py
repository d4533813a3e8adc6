"""What systemd says of our units. It is asked without a network, which the admin has not."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

_BOOTED = Path("/run/systemd/system")
_PATIENCE_S = 2.0


def has_systemd() -> bool:
    """Say whether systemd runs this machine."""
    return _BOOTED.is_dir()


def unit_properties(unit: str, names: Sequence[str]) -> dict[str, str] | None:
    """Return some properties of a unit; None where systemd does not run, does not answer or does not have the unit."""
    return units_properties([unit], names).get(unit)


def units_properties(units: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return some properties of those units that systemd has, in one question."""
    if not has_systemd():
        return {}
    words = ["systemctl", "show", f"--property={','.join(('Id', 'LoadState', *names))}", *units]
    try:
        said = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE_S, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return {}
    blocks = (
        dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in said.strip().split("\n\n")
    )
    return {block.pop("Id", ""): block for block in blocks if block.pop("LoadState", None) == "loaded"}
