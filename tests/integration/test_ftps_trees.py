"""Folders as a stranger may make them over FTPS: whatever vsftpd accepts gets its verdict and leaves nothing behind."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence

import pytest

from ingest.connections.store import live_logs
from ingest.ftps.sender import FtpsServer, Sender, upload
from ingest.watching.heartbeat import read_heartbeat
from ingest.watching.schedule import RESCAN_S
from tests.integration.gateway import CAMSPOOL, Gateway, records, sidecars, wait_until, watcher
from tests.integration.test_ftps_watched import photo, wait_for_items
from tests.trees import TOO_DEEP, TOO_LONG

AT_THE_LIMIT = [*(f"{number:02}" + "y" * 248 for number in range(16)), "z" * 78]
"""Folders whose path is the longest that vsftpd can log: 4,095 bytes with its slashes."""


def descend(server: FtpsServer, folders: Sequence[str], *files: tuple[str, bytes]) -> None:
    """Make folders in folders, step by step, and upload files there by their names."""
    with Sender(server) as client:
        client.log_in()
        for folder in folders:
            client.mkd(folder)
            client.cwd(folder)
        for name, content in files:
            if "/" in name:
                client.mkd(name.partition("/")[0])
            client.storbinary(f"STOR {name}", io.BytesIO(content))


def audited(gateway: Gateway, *words: str) -> tuple[int, list[str]]:
    """Return the exit status of `camspool audit`, and what it printed."""
    command = [CAMSPOOL, "--config", str(gateway.settings_file), "audit", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def assert_nothing_is_left(gateway: Gateway, transfers: int) -> None:
    # Each of a thousand folders may wait for the disk as it goes, and verdicts have their turn in between.
    wait_until(lambda: os.listdir(gateway.root / "uploads") == [], "the folders are removed", 120.0)
    wait_until(lambda: live_logs(gateway.root) == [], "the connections are folded")
    assert audited(gateway) == (0, [f"{transfers} acknowledged transfers, 0 names that do not add up."])
    heartbeat = read_heartbeat(gateway.root)
    assert heartbeat and (heartbeat.trouble, heartbeat.out_of_reach) == (None, [])


def test_a_tree_of_990_folders_ends_neither_the_watcher_nor_its_next_start(gateway: Gateway) -> None:
    there = "/".join(TOO_DEEP)
    with watcher(gateway) as running:
        descend(gateway.explicit, TOO_DEEP)
        upload(gateway.explicit, "E1000001.JPG", photo(1))
        wait_until(lambda: len(sidecars(gateway.root)) == 1, "the other camera's photo has its verdict")
        assert running.poll() is None
    descend(gateway.implicit, TOO_DEEP, ("E1.JPG", photo(2)))
    with watcher(gateway):
        found = wait_for_items(gateway, 2)
        assert [(one["verdict"], one["upload_path"]) for one in found] == [
            ("accepted", "E1000001.JPG"),
            ("accepted", f"{there}/E1.JPG"),
        ]
        assert_nothing_is_left(gateway, 2)


@pytest.mark.parametrize("folders", [TOO_LONG, AT_THE_LIMIT], ids=["longer", "at the limit"])
def test_a_photo_whose_path_no_call_takes_gets_its_verdict(gateway: Gateway, folders: Sequence[str]) -> None:
    """Two that have waited for the watcher, and two that come while it runs."""
    there = "/".join(folders)
    descend(gateway.explicit, folders, ("E1.JPG", photo(1)), ("D/E1.JPG", photo(2)))
    with watcher(gateway):
        wait_for_items(gateway, 2)
        descend(gateway.implicit, folders, ("E1.JPG", photo(3)), ("D/E1.JPG", photo(4)))
        found = wait_for_items(gateway, 4, RESCAN_S / 2)
        assert {one["verdict"] for one in found} == {"accepted"}
        assert {one["upload_path"] for one in found} == {f"{there}/E1.JPG", f"{there}/D/E1.JPG"}
        assert_nothing_is_left(gateway, 4)


def test_what_somebody_removed_by_hand_is_explained_to_the_audit(gateway: Gateway) -> None:
    descend(gateway.explicit, TOO_LONG, ("E1.JPG", photo(1)))
    connection = records(gateway.root)[0].id
    subprocess.run(["rm", "-rf", str(gateway.root / "uploads" / connection)], check=True)
    lost = f"E1.JPG of connection {connection} has no outcome: 1 acknowledged, 0 found."
    with watcher(gateway):
        assert audited(gateway) == (1, [lost, "1 acknowledged transfers, 1 names that do not add up."])
        status, lines = audited(gateway, "--explain", connection, "--because", "I removed its folder")
        assert (status, lines[-1]) == (
            0,
            "1 acknowledged transfers, 0 names that do not add up. 1 more are explained.",
        )
        assert lines[0].startswith(f"{lost} Explained by ") and lines[0].endswith(": I removed its folder")
    # It is in what a backup keeps, so it holds where the cache is gone.
    shutil.rmtree(gateway.root / "cache")
    assert audited(gateway) == (0, lines)
