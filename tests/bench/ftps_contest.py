"""Photos per second, side by side: the gateway with and without flushing, standing vsftpd and other FTP servers.

The contestants take turns in short rounds, so that other work on the machine meets all of them; what is compared is
compared within a round. Nobody watches: verdicts have tables of their own, and the others give none.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from statistics import median

from ingest.ftps.listener import acceptor_command
from ingest.ftps.sender import FtpsServer
from ingest.settings.values import Settings
from tests.bench.figures import Table
from tests.bench.files import KINDS, Kind, photos
from tests.bench.ftp_servers import RIVALS, rival
from tests.bench.ftps_load import send_all
from tests.bench.spool import bench_gateway
from tests.bench.vsftpds import not_flushing, standing_vsftpd
from tests.faults.cameras import without_intake
from tests.integration.gateway import Gateway, ListenCommand, ftps

CONTEST, SHIPPED = "Side by side, 8 clients, TLS 1.2, no watcher", "the gateway, as shipped"

COUNTS = (64, 24)
ROUNDS = 9
UNFLUSHED, PURE = "the gateway, not flushed", "Pure-FTPd"

Serve = Callable[[Gateway], AbstractContextManager[FtpsServer]]


@contextmanager
def _own(
    gateway: Gateway, settings: Callable[[Gateway], Settings], listen: ListenCommand = acceptor_command
) -> Iterator[FtpsServer]:
    with ftps(gateway, settings(gateway), listen):
        yield gateway.explicit


def _as_set(gateway: Gateway) -> Settings:
    return gateway.settings


CONTESTANTS: Mapping[str, Serve] = {
    SHIPPED: partial(_own, settings=_as_set),
    UNFLUSHED: partial(_own, settings=not_flushing),
    "the gateway without the intake, written through": partial(_own, settings=_as_set, listen=without_intake),
    "a standing vsftpd, shared folder": standing_vsftpd,
    **{name: partial(rival, name) for name in RIVALS},
}


def contest() -> Iterator[Table]:
    """Yield a table for each size of photos: medians of all rounds, and of the ratios within a round."""
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(serve(stack.enter_context(bench_gateway())))
            for name, serve in CONTESTANTS.items()
        }
        for kind, count in zip(KINDS, COUNTS, strict=False):
            rows = _rows(_rounds(servers, kind, count))
            yield Table(f"{CONTEST}: {kind.name}", rows)


def _rounds(servers: Mapping[str, FtpsServer], kind: Kind, count: int) -> list[dict[str, float]]:
    """Return the rates of each round. Who is first in one round is last in the next; the first round is for warmth."""
    content = list(photos(kind, count))
    rounds = []
    for number in range(ROUNDS + 1):
        names = sorted(servers, reverse=number % 2 == 0)
        first = KINDS.index(kind) * 1_000_000 + number * count
        rounds.append({name: count / send_all(servers[name], content, first) for name in names})
    return rounds[1:]


def _rows(rounds: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "photos/s": median(one[name] for one in rounds),
            "of not flushed": median(one[name] / one[UNFLUSHED] for one in rounds),
            "of Pure-FTPd": median(one[name] / one[PURE] for one in rounds),
        }
        for name in CONTESTANTS
    }
