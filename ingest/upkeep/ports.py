"""Whether the FTPS ports serve cameras: a port that only takes connections proves nothing, vsftpd's greeting does."""

import socket
import ssl
from contextlib import suppress

from ingest.ftps.programs import missing_programs
from ingest.settings.values import Ftps
from ingest.spool.names import one_line
from ingest.upkeep.part import Part
from ingest.upkeep.systemd import unit_properties

PATIENCE_S = 5.0
_LINE_MAX = 1000


def port_part(name: str, ftps: Ftps, *, implicit: bool) -> Part:
    """Judge an FTPS port: by systemd where it listens for us, else by the greeting that this machine gets there.

    systemd starts vsftpd for each connection, so there it must also be able to. Asking systemd needs no network and
    leaves no connection behind.
    """
    port, missing = (ftps.implicit_port if implicit else ftps.port), missing_programs()
    if unit := unit_properties(f"camspool-{name}.socket", ["ActiveState"]):
        return judge_unit(name, port, unit.get("ActiveState", "unknown"), missing)
    try:
        greeting = read_greeting(ftps.bind, port, implicit=implicit)
    except OSError as error:
        said = error.strerror or str(error) or type(error).__name__
        return Part(name, "bad", " ".join([f"Port {port} does not answer: {said}.", *missing]), {"port": port})
    return judge_greeting(name, port, greeting, missing)


def judge_unit(name: str, port: int, state: str, missing: tuple[str, ...]) -> Part:
    """Judge a port by the state of its socket unit and by what is missing to serve a connection."""
    figures = {"port": port}
    if state != "active":
        sentence = f"Port {port} does not listen: its socket unit is {state}."
        return Part(name, "bad", " ".join([sentence, *missing]), figures)
    if missing:
        return Part(name, "bad", " ".join([f"Port {port} listens, but no camera gets in.", *missing]), figures)
    return Part(name, "good", f"Port {port} listens.", figures)


def judge_greeting(name: str, port: int, greeting: str, missing: tuple[str, ...]) -> Part:
    """Judge a port by the first line it says, empty when it hangs up, and by what is missing to serve a connection."""
    figures = {"port": port}
    if greeting.startswith("220") and not missing:
        return Part(name, "good", f"Port {port} answers.", figures)
    if greeting.startswith("220"):
        sentence = f"Port {port} answers, but no camera gets in."
    elif greeting.startswith("421"):
        sentence = f"Port {port} turns cameras away: {one_line(greeting[4:], 200)}"
    elif greeting:
        sentence = (
            f"Port {port} does not speak FTPS: it says “{one_line(greeting, 80)}”. Does another program listen there?"
        )
    else:
        sentence = f"Port {port} takes connections and hangs up without a greeting."
    return Part(name, "bad", " ".join([sentence, *missing]), figures)


def read_greeting(bind: str, port: int, *, implicit: bool) -> str:
    """Return the first line of a port, after the TLS handshake where TLS comes first. Raise OSError if there is none.

    Says QUIT, from an address that tells this machine (`ingest.connections.probes`), so that it is no camera's failure.
    """
    address, own = _addresses(bind)
    with socket.create_connection((address, port), PATIENCE_S, source_address=own) as plain:
        connection = _trusting().wrap_socket(plain) if implicit else plain
        with connection, connection.makefile("r", encoding="utf-8", errors="replace") as answers:
            greeting = answers.readline(_LINE_MAX).strip()
            with suppress(OSError):
                connection.sendall(b"QUIT\r\n")
                answers.readline(_LINE_MAX)
        return greeting


def _addresses(bind: str) -> tuple[str, tuple[str, int] | None]:
    """Return where to connect for an address that is listened on, and from where, so that it is known as ours."""
    if ":" in bind:
        return ("::1" if bind == "::" else bind), ("::1", 0)
    return ("127.0.0.1" if bind in ("", "0.0.0.0") else bind), ("127.0.0.1", 0)  # noqa: S104 - compared, not bound


def _trusting() -> ssl.SSLContext:
    """Trust any certificate, as cameras do: whether it holds is a part of its own."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
