"""Looks at a gateway as a camera meets it: do its ports answer, does a log-in work, does a data connection open.

`python -m ingest.ftps.look` reads what to look at as JSON from standard input and prints what was seen as JSON: the
deployment runs it where the operator is, or on the host in a network of its own. It leaves no file behind.
"""

import ftplib
import json
import socket
import ssl
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from ingest.ftps.sender import FtpsServer, Sender

T = TypeVar("T")

PATIENCE_S = 4.0
"""For each answer: a lost first packet is sent again after one second and after three."""


@dataclass(frozen=True)
class Wanted:
    """What to look at. Data connections go where the gateway says, or, with `as_told` false, to `host`."""

    host: str
    account: str
    password: str = field(repr=False)
    explicit_ports: tuple[int, ...] = (21,)
    implicit_ports: tuple[int, ...] = (990,)
    data_ports: tuple[int, ...] = ()
    other_ports: tuple[int, ...] = ()
    as_told: bool = True
    knock_only: bool = False


@dataclass(frozen=True)
class Seen:
    """What was seen.

    `knocks` says of each port `open`, `refused` (somebody answers, nobody listens there) or `silent`. `troubles` says
    of each FTPS port that is open and does not serve why; `data` where it sent the data connection.
    """

    address: str
    knocks: dict[int, str]
    troubles: dict[int, str]
    data: dict[int, str]


def look(wanted: Wanted) -> Seen:
    """Look at everything at the same time. An address that is empty: the name has none here."""
    address = _resolved(wanted.host)
    if not address:
        return Seen("", {}, {}, {})
    ftps_ports = (*wanted.explicit_ports, *wanted.implicit_ports)
    ports = sorted({*ftps_ports, *wanted.data_ports, *wanted.other_ports})
    knocks = _for_each(ports, lambda port: _knock(address, port))
    served = [port for port in ftps_ports if knocks[port] == "open" and not wanted.knock_only]
    met = _for_each(served, lambda port: _meet(wanted, address, port))
    troubles = {port: trouble for port, (trouble, _) in met.items() if trouble}
    return Seen(address, knocks, troubles, {port: told for port, (_, told) in met.items() if told})


def _for_each(ports: list[int], ask: Callable[[int], T]) -> dict[int, T]:
    with ThreadPoolExecutor(max(1, len(ports))) as askers:
        return dict(zip(ports, askers.map(ask, ports), strict=True))


def _resolved(host: str) -> str:
    """Return the address that a camera would find: IPv4 where there is one."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            return str(socket.getaddrinfo(host, None, family, socket.SOCK_STREAM)[0][4][0])
        except OSError:
            continue
    return ""


def _knock(address: str, port: int) -> str:
    try:
        socket.create_connection((address, port), PATIENCE_S).close()
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "silent"
    return "open"


def _meet(wanted: Wanted, address: str, port: int) -> tuple[str, str]:
    """Log in and list the folder; return what is wrong, and where the data connection went."""
    told = ""
    try:
        with Sender(
            FtpsServer(address, port, port in wanted.implicit_ports, wanted.account, wanted.password), PATIENCE_S
        ) as camera:
            camera.log_in()
            # The standard library's word for: go where the server says, as cameras do.
            vars(camera)["trust_server_pasv_ipv4_address"] = wanted.as_told
            told = ":".join(map(str, camera.makepasv()))
            camera.nlst()
    except (ftplib.Error, OSError, EOFError, ValueError) as error:
        return _why(error, told), told
    return "", told


def _why(error: Exception, told: str) -> str:
    said = str(error).strip() or type(error).__name__
    if not told:
        return f"the log-in fails: {said}"
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        there = told.rpartition(":")[0]
        return f"the log-in works, and no data connection opens to {there}, where the gateway sends it: {said}"
    return f"the log-in works, and the data connection does not: {said}"


def main() -> None:
    """Read what to look at, print what was seen."""
    asked: Mapping[str, Any] = json.load(sys.stdin)
    ports = {name: tuple(value) for name, value in asked.items() if name.endswith("_ports")}
    print(json.dumps(asdict(look(Wanted(**{**asked, **ports})))))  # noqa: T201


if __name__ == "__main__":
    main()
