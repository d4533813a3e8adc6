"""Programs that end when we do, also when we are killed: a service that comes back must not find them at work."""

import sys
from collections.abc import Sequence
from signal import Signals

_PR_SET_PDEATHSIG = 1
_TIE = f"import ctypes, os, sys; ctypes.CDLL(None).prctl({_PR_SET_PDEATHSIG}, int(sys.argv[1]), 0, 0, 0); \
os.execv(sys.argv[2], sys.argv[2:])"


def tied(command: Sequence[str], signal: Signals) -> list[str]:
    """Return the words that start a command (its program as a whole path) which gets a signal when the thread that
    started it ends: prctl(2).

    setpriv(1) does that as well, and fails in a service that may not change its capabilities.
    """
    return [sys.executable, "-I", "-S", "-c", _TIE, str(int(signal)), *command]
