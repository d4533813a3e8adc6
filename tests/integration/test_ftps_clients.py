"""Clients of other makes: what they upload arrives, or they are refused in words that the record keeps."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.ftps.sender import FtpsServer
from tests.integration.gateway import CAMSPOOL, Gateway, ftps, program, records, uploaded, wait_until

PHOTO = os.urandom(150_000)
Client = Callable[..., list[str]]


def curl(gateway: Gateway, server: FtpsServer, path: str, *options: str) -> list[str]:
    """Return the words by which curl uploads a photo, folders included."""
    scheme, mode = ("ftps", []) if server.implicit else ("ftp", ["--ssl-reqd"])
    trust = ["--cacert", str(gateway.settings.ftps.certificate), "-u", f"{server.account}:{server.password}"]
    words = [program("curl"), "-sS", "--max-time", "30", *trust, *mode, *options, "--ftp-create-dirs"]
    return [*words, "-T", str(gateway.folder / "photo.jpg"), f"{scheme}://{server.host}:{server.port}/{path}"]


def lftp(gateway: Gateway, server: FtpsServer, path: str, *settings: str) -> list[str]:
    """Return the words by which lftp uploads a photo, folders included."""
    trust = f"set ssl:ca-file {gateway.settings.ftps.certificate}; set ssl:check-hostname no; set ftp:ssl-force yes"
    url = f"{'ftps' if server.implicit else 'ftp'}://{server.host}:{server.port}"
    folder, _, name = path.rpartition("/")
    put = f"put {gateway.folder / 'photo.jpg'} -o {name}"
    open_it = f"open -u {server.account},{server.password} {url}"
    steps = ["set net:max-retries 1", trust, *settings, open_it, f"mkdir -p {folder}", f"cd {folder}", put]
    return [program("lftp"), "-c", "; ".join(steps)]


OLD_CURL = ("--tlsv1.0", "--tls-max", "1.0", "--ciphers", "DEFAULT@SECLEVEL=0")
OLD_LFTP = ("set ssl:priority NORMAL:-VERS-ALL:+VERS-TLS1.0",)


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    """Let a client try."""
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


def connections(gateway: Gateway) -> str:
    """Return what `camspool connections` says, its lines joined."""
    said = run([CAMSPOOL, "--config", str(gateway.settings_file), "connections"]).stdout
    return " ".join(said.split())


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("client", [curl, lftp])
def test_its_upload_arrives_and_is_in_the_record(gateway: Gateway, client: Client, implicit: bool) -> None:
    (gateway.folder / "photo.jpg").write_bytes(PHOTO)
    ran = run(client(gateway, gateway.implicit if implicit else gateway.explicit, "INSTAR/here/a.jpg"))
    assert ran.returncode == 0, ran.stderr
    (file,) = uploaded(gateway.root)
    assert (file.name, file.parent.name, file.read_bytes()) == ("a.jpg", "here", PHOTO)
    (record,) = [record for record in records(gateway.root) if record.transfers]
    assert (record.mode, record.tls_version) == ("implicit" if implicit else "explicit", "TLSv1.2")
    assert "1 file came." in connections(gateway)


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize(("client", "old"), [(curl, OLD_CURL), (lftp, OLD_LFTP)])
def test_one_that_knows_tls_1_0_only_is_refused_and_the_record_says_what_would_help(
    gateway: Gateway, client: Client, old: tuple[str, ...], implicit: bool
) -> None:
    (gateway.folder / "photo.jpg").write_bytes(PHOTO)
    ran = run(client(gateway, gateway.implicit if implicit else gateway.explicit, "d/a.jpg", *old))
    assert ran.returncode != 0
    assert uploaded(gateway.root) == []
    wait_until(lambda: "TLS failed" in connections(gateway), "the refusal is in the record")
    assert "TLS failed: unsupported protocol. The gateway speaks TLS 1.2" in connections(gateway)
    assert "needs the gateway's setting ftps.old_tls" in connections(gateway)


@pytest.mark.parametrize("implicit", [False, True])
def test_where_old_tls_is_allowed_one_that_knows_tls_1_0_only_gets_in(prepared: Gateway, implicit: bool) -> None:
    (prepared.folder / "photo.jpg").write_bytes(PHOTO)
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, old_tls=True))
    with ftps(prepared, settings):
        ran = run(curl(prepared, prepared.implicit if implicit else prepared.explicit, "d/a.jpg", *OLD_CURL))
        assert ran.returncode == 0, ran.stderr
        assert [file.read_bytes() for file in uploaded(prepared.root)] == [PHOTO]
        assert records(prepared.root)[0].tls_version == "TLSv1"
