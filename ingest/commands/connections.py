"""`camspool connections`: who connected over FTPS, what came, what failed and why, in plain sentences."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from tabulate import tabulate

from ingest.connections.probes import is_probe
from ingest.connections.record import ConnectionRecord, tls_words
from ingest.connections.store import has_ended, live_connections, log_path, read_connection_records
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.root import check_readable, check_root
from ingest.spool.stamp import id_time

SAID_MAX = 1000
HELP = "who connected, what came, what failed and why"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--days", type=int, default=1, metavar="N", help="go back N days (default 1)")
    parser.add_argument("--json", action="store_true", help="one JSON list, for programs")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the connections of the last days, the newest last."""
    check_root(settings.root)
    check_readable(settings.root / "connections")
    since = datetime.now(UTC) - timedelta(days=max(arguments.days, 0))
    # The logs first: a connection that is folded meanwhile is then in both, and the later entry of an id wins.
    live = {record.id: record for record in live_connections(settings.root)}
    kept = read_connection_records(settings.root, since.date())
    folded = {record.id: record for record in kept if id_time(record.id) >= since}
    # What `camspool status` does to see whether a port answers is no camera's attempt.
    records = [record for _, record in sorted((live | folded).items()) if not is_probe(record)]
    running = {one for one in live if one not in folded and not has_ended(log_path(settings.root, one))}
    print(_json(records, running) if arguments.json else _table(records, running, settings.ftps.old_tls))
    return 0


def _json(records: list[ConnectionRecord], running: set[str]) -> str:
    return json.dumps([asdict(record) | {"live": record.id in running} for record in records], indent=1)


def _table(records: list[ConnectionRecord], running: set[str], old_tls: bool) -> str:
    if not records:
        return "Nobody has connected."
    rows = [
        (
            id_time(record.id).strftime("%Y-%m-%d %H:%M:%S"),
            record.client or "?",
            one_line(record.account or "-", 30),
            f"{tls_words(record, old_tls)}{', ' + record.mode if record.mode else ''}",
            one_line(("Connected now. " if record.id in running else "") + record.what_happened, SAID_MAX),
        )
        for record in records
    ]
    heads = ("started (UTC)", "client", "account", "TLS", "what happened")
    return tabulate(rows, heads, disable_numparse=True, maxcolwidths=[None, None, None, None, 70])
