"""Photos per second over real FTPS, one connection each: a standing vsftpd, one vsftpd per connection, the gateway.

All but the last without flushing: what that costs, and how fast other FTP servers are, are tables of their own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from ingest.ftps.listener import listen_command
from ingest.index.places import day_folders, items_in
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.bench.ftps_costs import costs, run_time_ms
from tests.bench.ftps_load import CLIENTS, Speed, own_group, send_all, speed
from tests.bench.spool import bench_gateway
from tests.bench.vsftpds import not_flushing, standing_vsftpd
from tests.faults.managed import managed_ftps
from tests.integration.gateway import Gateway, ftps, wait_until, watcher

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
        "the whole gateway, to the last verdict": partial(_gateway, flushing=False),
        "the same, each upload flushed, as shipped": partial(_gateway, flushing=True),
    }
    with own_group():
        runs = [{name: way(content) for name, way in ways.items()} for _ in range(RUNS)]
    yield Table(f"Photos of 0.15 MB from {CLIENTS} clients on the same cores", _shares(ways, runs))
    yield costs()
    yield watching_costs(content)


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


def _standing(content: Sequence[bytes]) -> Speed:
    with bench_gateway() as gateway, standing_vsftpd(gateway) as server:
        return speed(server, content)


def _per_connection(content: Sequence[bytes]) -> Speed:
    with bench_gateway() as gateway, ftps(gateway, not_flushing(gateway)):
        return speed(gateway.explicit, content)


def _by_the_shell(content: Sequence[bytes]) -> Speed:
    with bench_gateway() as gateway, ftps(gateway, not_flushing(gateway), listen=listen_command):
        return speed(gateway.explicit, content)


def _by_systemd(content: Sequence[bytes]) -> Speed:
    with bench_gateway() as gateway, managed_ftps(gateway):
        return speed(gateway.explicit, content, beside=gateway.folder.name)


def _gateway(content: Sequence[bytes], *, flushing: bool) -> Speed:
    with bench_gateway() as gateway:
        settings = gateway.settings if flushing else not_flushing(gateway)
        with ftps(gateway, settings), watcher(gateway):
            _wait_for_watcher(gateway)
            return speed(gateway.explicit, content, lambda: _wait_for_all(gateway, content))


def watching_costs(content: Sequence[bytes]) -> Table:
    """Return the processor time that watcher and workers spend on a photo while clients send."""
    with bench_gateway() as gateway, ftps(gateway, not_flushing(gateway)), watcher(gateway) as running:
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
