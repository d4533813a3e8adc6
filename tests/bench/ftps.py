"""Photos per second over real FTPS, one connection each: a standing vsftpd, one vsftpd per connection, the gateway.

All but the last without writing through: what that costs is a table of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from ingest.ftps.listener import listen_command, write_configurations
from ingest.ftps.sender import FtpsServer
from ingest.index.places import day_folders, items_in
from ingest.spool.write_through import set_write_through
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.bench.ftps_costs import costs, run_time_ms
from tests.bench.ftps_load import CLIENTS, Speed, own_group, send_all, speed
from tests.bench.ftps_through import through
from tests.bench.spool import bench_gateway
from tests.faults.managed import managed_ftps
from tests.integration.gateway import (
    Gateway,
    free_ports,
    ftps,
    is_listening,
    process,
    wait_until,
    watcher,
)

PHOTOS = 480
RUNS = 3

Way = Callable[[Sequence[bytes]], Speed]
"""Receives all photos and tells how fast."""


def measure() -> Iterator[Table]:
    """Yield the rates of each way of receiving, medians of runs taken in turn, and what each step costs.

    The shares by processor time say the same as those by rate, and say it on a busy machine too.
    """
    content = list(photos(KINDS[0], PHOTOS))
    ways: dict[str, Way] = {
        "a standing vsftpd, shared folder, no watcher": _standing,
        "one vsftpd per connection, no watcher": _per_connection,
        "the same by connection.sh and systemd-socket-activate": _by_the_shell,
        "the same by connection.sh and systemd, no sandbox": _by_systemd,
        "the whole gateway, to the last verdict": partial(_gateway, through=False),
        "the same, uploads written through, as shipped": partial(_gateway, through=True),
    }
    with own_group():
        runs = [{name: way(content) for name, way in ways.items()} for _ in range(RUNS)]
    yield Table(f"Photos of 0.15 MB from {CLIENTS} clients on the same cores", _shares(ways, runs))
    yield costs()
    yield watching_costs(content)
    yield through()


def _shares(ways: Mapping[str, Way], runs: Sequence[Mapping[str, Speed]]) -> dict[str, dict[str, float]]:
    rates = {name: median(run[name].photos_per_s for run in runs) for name in ways}
    times = {name: median(run[name].cpu_ms for run in runs) for name in ways}
    standing, alone, *_ = ways
    return {
        name: {
            "photos/s": rates[name],
            "of standing": rates[name] / rates[standing],
            "of per connection": rates[name] / rates[alone],
            "CPU ms": times[name],
            "of standing, by CPU": times[standing] / times[name],
            "of per connection, by CPU": times[alone] / times[name],
        }
        for name in ways
    }


@contextmanager
def _gateway_of_the_bench(*, through: bool = False) -> Iterator[Gateway]:
    with bench_gateway() as gateway:
        set_write_through(gateway.root / "uploads", wanted=through)
        yield gateway


def _standing(content: Sequence[bytes]) -> Speed:
    with _gateway_of_the_bench() as gateway, _standing_vsftpd(gateway) as server:
        return speed(server, content)


@contextmanager
def _standing_vsftpd(gateway: Gateway) -> Iterator[FtpsServer]:
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


def _per_connection(content: Sequence[bytes]) -> Speed:
    with _gateway_of_the_bench() as gateway, ftps(gateway):
        return speed(gateway.explicit, content)


def _by_the_shell(content: Sequence[bytes]) -> Speed:
    with _gateway_of_the_bench() as gateway, ftps(gateway, listen=listen_command):
        return speed(gateway.explicit, content)


def _by_systemd(content: Sequence[bytes]) -> Speed:
    with _gateway_of_the_bench() as gateway, managed_ftps(gateway):
        return speed(gateway.explicit, content, beside=gateway.folder.name)


def _gateway(content: Sequence[bytes], *, through: bool) -> Speed:
    with _gateway_of_the_bench(through=through) as gateway, ftps(gateway), watcher(gateway):
        _wait_for_watcher(gateway)
        return speed(gateway.explicit, content, lambda: _wait_for_all(gateway, content))


def watching_costs(content: Sequence[bytes]) -> Table:
    """Return the processor time that watcher and workers spend on a photo while clients send."""
    with _gateway_of_the_bench() as gateway, ftps(gateway), watcher(gateway) as running:
        _wait_for_watcher(gateway)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text("ascii").split()
        processes = {"watcher": [str(running.pid)], "workers, the verdict": children}
        before = {name: sum(map(run_time_ms, pids)) for name, pids in processes.items()}
        send_all(gateway.explicit, content)
        _wait_for_all(gateway, content)
        spent = {name: sum(map(run_time_ms, pids)) - before[name] for name, pids in processes.items()}
    return Table(
        "What the whole gateway adds to a photo", {name: {"CPU ms": one / len(content)} for name, one in spent.items()}
    )


def _wait_for_watcher(gateway: Gateway) -> None:
    wait_until(lambda: b"Watching " in (gateway.folder / "processes.log").read_bytes(), "the watcher watches")


def _wait_for_all(gateway: Gateway, content: Sequence[bytes]) -> None:
    wait_until(lambda: _accepted(gateway) == len(content), "every photo has its verdict")


def _accepted(gateway: Gateway) -> int:
    folders = day_folders(gateway.root)
    return sum(len(items_in(gateway.root, folder)) for folder in folders if folder.startswith("accepted/"))
