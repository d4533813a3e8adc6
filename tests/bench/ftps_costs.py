"""What one FTPS connection costs, step by step: processor time, so that other work on the machine counts little.

Each step is what a connection that goes one step further costs more. Connections are served one after the other, each
variant in turn.
"""

import os
import resource
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from types import MappingProxyType

from ingest.ftps.intake import intake_variables
from ingest.ftps.listener import listen_command, write_configurations
from ingest.ftps.programs import LAUNCHER, OPENSSL_CONF, VSFTPD
from ingest.ftps.sender import FtpsServer, Sender, upload
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.integration.gateway import Gateway, ftps, prepared_gateway

ROUNDS = 30
ACCEPTED = 60
COLUMN = "CPU ms"
_NONE: Mapping[str, str] = MappingProxyType({})

Client = Callable[[FtpsServer], None]
Words = Callable[[], list[str]]


@dataclass(frozen=True)
class Variant:
    """A server for one connection and a client that goes so far."""

    words: Words
    client: Client


def costs() -> Table:
    """Return the cost of each step of a connection."""
    with prepared_gateway() as gateway:
        conf = write_configurations(gateway.settings, gateway.folder)["explicit"]
        spent = _measured(gateway, _variants(gateway, conf))
        spent["warm process"] = _accepting(gateway)
        spent |= {name: _program(words) for name, words in _programs(gateway).items()}
    return Table("What one connection costs", {row: {COLUMN: cost} for row, cost in _rows(spent).items()})


def _rows(spent: dict[str, float]) -> dict[str, float]:
    shell = spent["by the shell"] - spent["greeted"]
    return {
        "started by the warm process": spent["warm process"],
        "started by connection.sh": shell,
        **{f"of that, {name}": spent[name] for name in ("date", "stat", "setpriv and mkdir", "flock")},
        "vsftpd's start without TLS": spent["without TLS"],
        "OpenSSL, certificate and key": spent["greeted"] - spent["without TLS"],
        "key exchange": spent["encrypted"] - spent["greeted"],
        "log-in, with PAM and the hash": spent["logged in"] - spent["encrypted"],
        "upload of 0.15 MB, with a second key exchange": spent["uploaded"] - spent["logged in"],
        "of the whole, the log of every command": spent["uploaded"] - spent["uploaded, no log"],
        "of the whole, RSA-2048 instead of ECDSA P-256": spent["uploaded"] - spent["uploaded, ECDSA"],
        "the whole, by the warm process": spent["warm process"] + spent["uploaded"],
        "the whole, by connection.sh": shell + spent["uploaded"],
    }


def _variants(gateway: Gateway, conf: Path) -> dict[str, Variant]:
    photo = next(photos(KINDS[0], 1))
    vsftpd = partial(vsftpd_words, gateway, conf, count())
    elliptic = _elliptic_certificate(gateway.folder)
    whole = partial(upload, path="E0000001.JPG", content=photo)
    return {
        "without TLS": Variant(partial(vsftpd, "-ossl_enable=NO"), _greet),
        "greeted": Variant(vsftpd, _greet),
        "by the shell": Variant(partial(_launcher_words, gateway, conf), _greet),
        "encrypted": Variant(vsftpd, _encrypt),
        "logged in": Variant(vsftpd, _log_in),
        "uploaded": Variant(vsftpd, whole),
        "uploaded, no log": Variant(partial(vsftpd, "-olog_ftp_protocol=NO", "-odebug_ssl=NO"), whole),
        "uploaded, ECDSA": Variant(partial(vsftpd, *elliptic), whole),
    }


def _launcher_words(gateway: Gateway, conf: Path) -> list[str]:
    words = listen_command(gateway.settings, conf, 1)
    return words[words.index(str(LAUNCHER)) :]


def _measured(gateway: Gateway, variants: dict[str, Variant]) -> dict[str, float]:
    # Like a camera, the client checks no certificate: one of the variants has another.
    server, variables = replace(gateway.explicit, ca=None), intake_variables(gateway.settings)
    runs = [
        {name: serve(variant.words(), variant.client, server, variables) for name, variant in variants.items()}
        for _ in range(ROUNDS)
    ]
    return {name: median(run[name] for run in runs) for name in variants}


def serve(words: list[str], client: Client, server: FtpsServer, variables: Mapping[str, str] = _NONE) -> float:
    """Serve one connection; return the processor time of the server and all its processes in milliseconds."""
    environment = {**os.environ, **variables, "OPENSSL_CONF": str(OPENSSL_CONF), "TZ": "UTC0"}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here = replace(server, port=listener.getsockname()[1])
        going = threading.Thread(target=client, args=(here,))
        going.start()
        connection, _ = listener.accept()
        with connection, _children_time() as spent:
            null = subprocess.DEVNULL
            running = subprocess.Popen(words, stdin=connection.fileno(), stdout=null, stderr=null, env=environment)
            connection.close()
            running.wait()
        going.join()
    return spent[0]


@contextmanager
def _children_time() -> Iterator[list[float]]:
    """Fill the list with the milliseconds of processor time of all processes that end meanwhile."""
    before, spent = resource.getrusage(resource.RUSAGE_CHILDREN), [0.0]
    yield spent
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent[0] = 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def vsftpd_words(gateway: Gateway, conf: Path, numbers: Iterator[int], *options: str) -> list[str]:
    """Return the words that start vsftpd for one connection, as the acceptor does, in a folder made for it."""
    folder = gateway.root / "uploads" / f"cost-{next(numbers)}"
    folder.mkdir(0o777)
    os.chown(folder, folder.parent.stat().st_uid, -1)
    log = gateway.folder / f"{folder.name}.log"
    return [str(VSFTPD), str(conf), f"-olocal_root={folder}", f"-ovsftpd_log_file={log}", *options]


def _elliptic_certificate(folder: Path) -> list[str]:
    certificate, key = folder / "elliptic.pem", folder / "elliptic.key"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    words = ["openssl", "req", "-x509", *curve, "-nodes", "-subj", "/CN=localhost", "-keyout", str(key)]
    subprocess.run([*words, "-out", str(certificate)], check=True, capture_output=True)
    return [f"-orsa_cert_file={certificate}", f"-orsa_private_key_file={key}"]


def _programs(gateway: Gateway) -> dict[str, list[str]]:
    guest, spool = gateway.settings.ftps.guest_user, str(gateway.root)
    return {
        "date": ["date", "-u", "+%Y%m%dT%H%M%S.%6NZ"],
        "stat": ["stat", "-f", "-c", "%a*%S", spool],
        "setpriv and mkdir": ["setpriv", "--reuid", guest, "--keep-groups", "--", "mkdir", "-p", spool],
        "flock": ["flock", "--shared", "--no-fork", str(gateway.settings_file), "true"],
    }


def _program(words: list[str]) -> float:
    environment = {"LC_ALL": "C", "PATH": "/usr/bin:/usr/sbin:/bin:/sbin"}
    spent = []
    for _ in range(ROUNDS):
        with _children_time() as one:
            subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
        spent += one
    return median(spent)


def _accepting(gateway: Gateway) -> float:
    """Return what the acceptor itself spends on a connection, up to vsftpd's start."""
    with ftps(gateway):
        port = gateway.settings.ftps.port
        (acceptor,) = [entry.name for entry in Path("/proc").glob("[0-9]*") if _listens(entry, port)]
        before = run_time_ms(acceptor)
        for _ in range(ACCEPTED):
            _greet(gateway.explicit)
        return (run_time_ms(acceptor) - before) / ACCEPTED


def _listens(process: Path, port: int) -> bool:
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"ingest.ftps.acceptor" in words and str(port).encode() in words


def run_time_ms(process: str) -> float:
    """Return the processor time that a process has used up to now."""
    return int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e6


def _greet(server: FtpsServer) -> None:
    with socket.create_connection((server.host, server.port)) as connection:
        connection.recv(100)
        connection.sendall(b"QUIT\r\n")
        connection.recv(100)


def _encrypt(server: FtpsServer) -> None:
    with Sender(server) as client:
        client.auth()


def _log_in(server: FtpsServer) -> None:
    with Sender(server) as client:
        client.log_in()
