"""A real S3 server for the demo and the tests: SeaweedFS in one folder, with a bucket and two keys.

`running_seaweed(folder) -> Seaweed` is a context manager: it starts the server, or starts it again with all that the
folder holds, and ends it afterwards. `start_seaweed(folder) -> Seaweed` and `stop_seaweed(seaweed)` are its two halves,
for who lets it run on. Whoever starts it again gets the same keys, and the same ports while nobody else has them.
"""

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.gateway import free_ports

STORE, BUCKET = "store", "traps"
REMOTE = f"{STORE}:{BUCKET}"
"""The bucket as rclone writes it: the value of an archive's setting `remote`."""
PATIENCE_S = 60.0
_PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
_S3_PORTS = ("s3.port", "s3.port.grpc")
_SMALL = ("-master.volumeSizeLimitMB=64", "-volume.max=0", "-volume.minFreeSpace=10MiB")
_QUIET = (
    "-master.telemetry=false",
    "-master.electionTimeout=1s",
    "-master.resumeState=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-s3.autoCreateBucket=false",
)
_KEEPS = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["s3:PutObject", "s3:GetObject", "s3:ListBucket"],
            "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
        }
    ],
}
"""What a gateway's key may do: write, read and list, and delete nothing."""


@dataclass(frozen=True)
class Seaweed:
    """A server that runs. Both files are rclone's, and know it as `store`: `config_file` with a key that cannot delete,
    as a gateway should have it, `owner_file` with one that can do everything. `log` has what the server says."""

    endpoint: str
    config_file: Path
    owner_file: Path
    bucket: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def running_seaweed(folder: Path) -> Iterator[Seaweed]:
    """Run a server in a folder, which is made where it is missing."""
    seaweed = start_seaweed(folder)
    try:
        yield seaweed
    finally:
        stop_seaweed(seaweed)


def start_seaweed(folder: Path) -> Seaweed:
    """Start a server in a folder and return when its bucket can be written. Raise RuntimeError when it does not start.

    It ends with the process that started it, also when that is killed.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    ports, keys = _ports(folder / "ports.json"), _keys(folder / "keys.json")
    endpoint = f"http://127.0.0.1:{ports['s3.port']}"
    _write_private(folder / "s3.json", json.dumps(_identities(keys)))
    for name in ("gateway", "owner"):
        _write_private(folder / f"rclone-{name}.conf", _rclone_text(endpoint, *keys[name]))
    process = _start(folder, ports)
    seaweed = Seaweed(
        endpoint, folder / "rclone-gateway.conf", folder / "rclone-owner.conf", BUCKET, process, folder / "weed.log"
    )
    try:
        _wait_until_writable(seaweed, ports["master.port"])
        subprocess.run([*rclone_words(seaweed), "mkdir", REMOTE], check=True, capture_output=True)
    except BaseException:
        stop_seaweed(seaweed)
        raise
    return seaweed


def stop_seaweed(seaweed: Seaweed) -> None:
    """End a server. It is killed, as ending by itself takes it 25 s; what it has acknowledged is with the kernel."""
    seaweed.process.kill()
    seaweed.process.wait()


def rclone_words(seaweed: Seaweed) -> list[str]:
    """Return the beginning of an rclone command line that looks at the store as its owner."""
    return [str(Path(sys.executable).with_name("rclone")), "--config", str(seaweed.owner_file)]


def _start(folder: Path, ports: dict[str, int]) -> subprocess.Popen[bytes]:
    words = ["setpriv", "--pdeathsig", "KILL", "--", str(Path(sys.executable).with_name("weed")), "server"]
    # Sockets have names of at most 107 bytes, so they are named from the folder itself.
    words += ["-dir=data", "-s3", "-s3.config=s3.json", "-filer.localSocket=filer.sock", "-s3.localSocket=s3.sock"]
    words += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", *_SMALL, *_QUIET]
    words += [f"-{name}={port}" for name, port in ports.items()]
    with (folder / "weed.log").open("ab") as log:
        return subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _ports(file: Path) -> dict[str, int]:
    if file.exists():
        ports: dict[str, int] = json.loads(file.read_text("utf-8"))
        if all(_is_free(port) for port in ports.values()):
            return ports
    names = (*_PORTS, *_S3_PORTS)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    file.write_text(json.dumps(ports), "utf-8")
    return ports


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _keys(file: Path) -> dict[str, tuple[str, str]]:
    """Return the access key and the secret of the gateway and of the owner, made up when the folder is new."""
    if not file.exists():
        made = {name: (secrets.token_hex(10), secrets.token_hex(20)) for name in ("gateway", "owner")}
        _write_private(file, json.dumps(made))
    return {name: (key, secret) for name, (key, secret) in json.loads(file.read_text("utf-8")).items()}


def _identities(keys: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Return the server's `-s3.config`. Its own words let who writes delete too; only a policy tells these apart."""

    def identity(name: str, **rights: list[str]) -> dict[str, Any]:
        key, secret = keys[name]
        return {"name": name, "credentials": [{"accessKey": key, "secretKey": secret}], **rights}

    return {
        "identities": [
            identity("gateway", actions=[f"Read:{BUCKET}", f"List:{BUCKET}"], policyNames=["keeps"]),
            identity("owner", actions=["Admin", "Read", "Write", "List"]),
        ],
        "policies": [{"name": "keeps", "content": json.dumps(_KEEPS)}],
    }


def _rclone_text(endpoint: str, key: str, secret: str) -> str:
    lines = ["type = s3", "provider = SeaweedFS", f"access_key_id = {key}", f"secret_access_key = {secret}"]
    return "\n".join([f"[{STORE}]", *lines, f"endpoint = {endpoint}", ""])


def _write_private(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")


def _wait_until_writable(seaweed: Seaweed, master_port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not (_answers(seaweed.endpoint) and _answers(f"http://127.0.0.1:{master_port}/dir/assign")):
        if seaweed.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"SeaweedFS did not start; see {seaweed.log}")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    """Say whether a server can be asked; S3 refuses who has no key, which is an answer as well."""
    try:
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - an address of ours
    except urllib.error.HTTPError as error:
        return error.code == 403
    except OSError:
        return False
    return True
