"""A certificate authority like Let's Encrypt, for one host: Pebble, which is strict, and its name server."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.ftps.certificate import make_self_signed
from tests.host.gateway import wait_until
from tests.host.machine import Machine

_ACME, _MANAGEMENT, _NAMES = 14000, 15000, 15053


@dataclass(frozen=True)
class Authority:
    """Where certificates are asked for, the certificate that its own HTTPS shows, and the root that it signs with."""

    url: str
    certificate: Path
    root: Path


@contextmanager
def authority(machine: Machine, folder: Path) -> Iterator[Authority]:
    """Run an authority for which every name leads to the host. It asks there on port 80, as the real one does."""
    certificate, key = folder / "authority.pem", folder / "authority.key"
    make_self_signed(certificate, key, [machine.outside])
    configuration = folder / "pebble.json"
    configuration.write_text(json.dumps({"pebble": _settings(machine, certificate, key)}))
    nobody = ["-http01", "", "-https01", "", "-tlsalpn01", "", "-management", f"{machine.outside}:15055"]
    names = ["pebble-challtestsrv", "-defaultIPv4", machine.address, "-defaultIPv6", ""]
    names += ["-dns01", f"{machine.outside}:{_NAMES}", *nobody]
    pebble = ["pebble", "-strict", "-config", str(configuration), "-dnsserver", f"{machine.outside}:{_NAMES}"]
    # Every certificate is asked for anew, at once. Pebble refuses good nonces at random unless told otherwise, and
    # certbot tries no more than twice: what is tested here is our side, not its luck.
    environment = {
        **os.environ,
        "PEBBLE_VA_NOSLEEP": "1",
        "PEBBLE_AUTHZREUSE": "0",
        "PEBBLE_WFE_NONCEREJECT": "0",
    }
    with (folder / "authority.log").open("wb") as log:
        running = [subprocess.Popen(words, stdout=log, stderr=log, env=environment) for words in (names, pebble)]
        try:
            root = folder / "root.pem"
            assert wait_until(lambda: _fetch_root(machine, certificate, root), 60), (
                folder / "authority.log"
            ).read_text()
            yield Authority(f"https://{machine.outside}:{_ACME}/dir", certificate, root)
        finally:
            for process in running:
                process.terminate()
                process.wait(10)


def _settings(machine: Machine, certificate: Path, key: Path) -> dict[str, object]:
    return {
        "listenAddress": f"{machine.outside}:{_ACME}",
        "managementListenAddress": f"{machine.outside}:{_MANAGEMENT}",
        "certificate": str(certificate),
        "privateKey": str(key),
        "httpPort": 80,
        "tlsPort": 443,
        "ocspResponderURL": "",
        "externalAccountBindingRequired": False,
    }


def _fetch_root(machine: Machine, certificate: Path, root: Path) -> bool:
    words = ["curl", "-sf", "--cacert", str(certificate), f"https://{machine.outside}:{_MANAGEMENT}/roots/0"]
    root.write_bytes(subprocess.run(words, capture_output=True, check=False).stdout)
    return root.stat().st_size > 0
