"""The proof that nothing acknowledged is lost: joins what connections report with what the spool holds."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ingest.connections.record import ConnectionRecord, Transfer
from ingest.connections.store import live_connections, read_connection_records
from ingest.spool.names import logged_path
from ingest.upkeep.account_troubles import account_troubles
from ingest.upkeep.decided import Key
from ingest.upkeep.explanations import explanations_in
from ingest.upkeep.finding import Explanation, Finding
from ingest.upkeep.outcomes import as_logged, outcomes_in

LOOKS_AGAIN = 2
LOOK_AGAIN_S = 1.0

Sizes = Mapping[Key, list[int | None]]
"""The sizes in bytes of all transfers, or outcomes, of a name; None for one that nobody knows."""


@dataclass(frozen=True)
class Audit:
    """The result: how many transfers were looked at, and which do not add up: unexplained, and explained by people.

    `accounts` are sentences on accounts of cameras that let in nobody, or somebody for whom they were not made.
    """

    transfers: int
    findings: tuple[Finding, ...]
    explained: tuple[Explanation, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        """How much does not add up that nobody has explained."""
        return len(self.findings) + len(self.accounts)


def audit(root: Path) -> Audit:
    """Join every connection record that is kept with the spool. Raise sqlite3.Error when the index cannot be read.

    A file that moves on while we look may be seen twice or not at all. So what does not add up is looked at again,
    and only what never adds up is a finding.
    """
    result = _look(root)
    for _ in range(LOOKS_AGAIN):
        if not result.findings:
            break
        time.sleep(LOOK_AGAIN_S)
        before = {(finding.connection, finding.path) for finding in result.findings}
        again = _look(root)
        findings = (finding for finding in again.findings if (finding.connection, finding.path) in before)
        result = Audit(again.transfers, tuple(findings), again.explained)
    return replace(result, accounts=account_troubles(root))


def _look(root: Path) -> Audit:
    records = {record.id: record for record in (*read_connection_records(root), *live_connections(root))}
    same = renames_in(records.values())
    acknowledged = transfers_in(records.values(), is_acknowledged, same)
    found = ((as_logged(key, acknowledged), size_bytes) for key, size_bytes in outcomes_in(root))
    outcomes = _gathered((same.get(key, key), size_bytes) for key, size_bytes in found)
    findings = compare(acknowledged, outcomes, transfers_in(records.values(), is_broken, same))
    told = explanations_in(root)
    open_ones = tuple(finding for finding in findings if finding not in told)
    explained = tuple(told[finding] for finding in findings if finding in told)
    return Audit(sum(map(len, acknowledged.values())), open_ones, explained)


def compare(acknowledged: Sizes, outcomes: Sizes, broken: Sizes = MappingProxyType({})) -> tuple[Finding, ...]:
    """Return the names whose counts or sizes differ; outcomes of connections without a record are not looked at.

    A transfer of the same name that broke off may have an outcome, too: what came of it.

    >>> compare({("c", "a.jpg"): [9, 9]}, {("c", "a.jpg"): [9]})
    (Finding(connection='c', path='a.jpg', acknowledged=2, outcomes=1, wrong_bytes=None),)
    >>> compare({("c", "a.jpg"): [9, 5]}, {("c", "a.jpg"): [9, 0]})[0].wrong_bytes
    0
    >>> compare({("c", "a.jpg"): [9, 5]}, {("c", "a.jpg"): [None, 9]})
    ()
    """
    found = (_compared(key, acknowledged[key], outcomes.get(key, []), broken.get(key, [])) for key in acknowledged)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.connection, one.path)))


def _compared(key: Key, sent: list[int | None], there: list[int | None], broken: list[int | None]) -> Finding | None:
    if not len(sent) <= len(there) <= len(sent) + len(broken):
        return Finding(*key, len(sent), len(there))
    wrong = _known(there) - _known(sent) - _known(broken)
    if wrong and None not in (*sent, *broken):
        return Finding(*key, len(sent), len(there), min(wrong))
    lost = _known(sent) - _known(there)
    return Finding(*key, len(sent), len(there) - lost.total()) if lost and None not in there else None


def _known(sizes: Iterable[int | None]) -> Counter[int]:
    return Counter(size for size in sizes if size is not None)


def is_acknowledged(transfer: Transfer) -> bool:
    """Say whether an outcome is owed: also for what, without a TLS goodbye, may be only the beginning of a file."""
    return transfer.outcome == "complete"


def is_broken(transfer: Transfer) -> bool:
    """Say whether there may be an outcome, though none is owed: of several tries only the longest is kept."""
    return not is_acknowledged(transfer)


def transfers_in(
    records: Iterable[ConnectionRecord],
    is_meant: Callable[[Transfer], bool],
    same: Mapping[Key, Key] = MappingProxyType({}),
) -> Sizes:
    """Return the sizes of some transfers, by the names that they were sent under first (`same`)."""
    meant = ((_key(record, one.name), one) for record in records for one in record.transfers if is_meant(one))
    return _gathered((same.get(key, key), one.size_bytes) for key, one in meant)


def renames_in(records: Iterable[ConnectionRecord]) -> dict[Key, Key]:
    """Return the names that stand for one another: a file may have been taken before or after its camera renamed it."""
    same: dict[Key, Key] = {}
    for record in records:
        for transfer in record.transfers:
            if transfer.sent_as is not None:
                first = _key(record, transfer.sent_as)
                same[_key(record, transfer.name)] = same.get(first, first)
    return same


def _key(record: ConnectionRecord, name: str) -> Key:
    return record.id, logged_path(name)


def _gathered(found: Iterable[tuple[Key, int | None]]) -> Sizes:
    sizes: defaultdict[Key, list[int | None]] = defaultdict(list)
    for key, size_bytes in found:
        sizes[key].append(size_bytes)
    return sizes
