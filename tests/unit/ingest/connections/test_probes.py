"""What this machine does to see whether a port answers is told from what a camera does."""

import pytest

from ingest.connections.log import parse_connection_log
from ingest.connections.probes import is_probe

FRONT = "Mon Nov 23 20:23:20 2026 [pid 7502] "


def _probes(client: str, *said: str) -> bool:
    lines = (f'CONNECT: Client "{client}"', *(one.format(client=client) for one in said))
    return is_probe(parse_connection_log("20261123T202320.000000Z-4f2a", "".join(f"{FRONT}{line}\n" for line in lines)))


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        ("127.0.0.1", True),
        ("::ffff:127.0.0.1", True),
        ("::1", True),
        ("100.64.1.7", False),
        ("::ffff:100.64.1.7", False),
    ],
)
def test_only_this_machine_probes(client: str, expected: bool) -> None:
    quit_ = 'FTP command: Client "{client}", "QUIT"', 'FTP response: Client "{client}", "221 Goodbye."'
    assert _probes(client, *quit_) is expected


def test_who_tries_to_log_in_does_not_probe() -> None:
    user = 'FTP command: Client "{client}", "USER camera"'
    assert _probes("127.0.0.1", user, '[camera] OK LOGIN: Client "{client}"') is False
    assert _probes("127.0.0.1", user, '[camera] FAIL LOGIN: Client "{client}"') is False
