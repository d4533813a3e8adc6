"""vsftpd as the bench compares it: standing, without flushing, and without the intake."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ingest.ftps.listener import write_configurations
from ingest.ftps.sender import FtpsServer
from ingest.settings.values import Settings
from tests.integration.gateway import Gateway, free_ports, is_listening, process, wait_until


def not_flushing(gateway: Gateway) -> Settings:
    """Return the settings of a gateway that leaves it to the kernel when uploads are written to the disk."""
    return replace(gateway.settings, ftps=replace(gateway.settings.ftps, write_through=False))


@contextmanager
def standing_vsftpd(gateway: Gateway) -> Iterator[FtpsServer]:
    """Run one vsftpd for all connections, with one folder and one log, and without the intake."""
    (port,) = free_ports(1)
    conf = write_configurations(gateway.settings, gateway.folder)["explicit"]
    lines = [line for line in conf.read_text().splitlines() if not line.startswith(("listen=", "local_root="))]
    log = gateway.folder / "vsftpd.log"
    own = [
        *("listen=YES", "listen_address=127.0.0.1", f"listen_port={port}"),
        *(f"local_root={gateway.root / 'uploads'}", f"vsftpd_log_file={log}"),
    ]
    conf.write_text("\n".join([*lines, *own, ""]))
    with process(["/usr/sbin/vsftpd", str(conf)], gateway.folder):
        wait_until(lambda: is_listening(port), "the standing vsftpd listens")
        yield replace(gateway.explicit, port=port)
