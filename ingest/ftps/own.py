"""This machine's own FTPS: the address at which it reaches itself, and the password it knows."""

from pathlib import Path

from ingest.errors import CamspoolError
from ingest.ftps.sender import FtpsServer
from ingest.settings.values import Ftps

_HERE = {"", "0.0.0.0", "::"}  # noqa: S104 - compared with, not listened on


def own_host(ftps: Ftps) -> str:
    """Return the address at which this machine reaches its own FTPS."""
    return "127.0.0.1" if ftps.bind in _HERE else ftps.bind


def own_server(ftps: Ftps, password: str, *, implicit: bool) -> FtpsServer:
    """Return one of this machine's two ports, with the account that is typed into cameras."""
    return FtpsServer(own_host(ftps), ftps.implicit_port if implicit else ftps.port, implicit, ftps.account, password)


def read_ftps_password(file: Path) -> str:
    """Return the FTPS password. Raise CamspoolError where this machine does not tell it to whoever asks."""
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise CamspoolError(f"The FTPS password is not known here: {file} cannot be read ({reason}).") from error
