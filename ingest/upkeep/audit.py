"""The proof that nothing acknowledged is lost: joins what connections report with what the spool holds."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.connections.record import ConnectionRecord
from ingest.connections.store import live_connections, read_connection_records
from ingest.upkeep.outcomes import Key, logged_path, outcomes_in

LOOKS_AGAIN = 2
LOOK_AGAIN_S = 1.0

Sizes = Mapping[Key, list[int | None]]
"""The sizes in bytes of all transfers, or outcomes, of a name; None for one that nobody knows."""


@dataclass(frozen=True)
class Finding:
    """Transfers of one name in one connection whose outcomes do not add up."""

    connection: str
    path: str
    acknowledged: int
    outcomes: int
    wrong_bytes: int | None = None
    """The size of what was found, where it is the size of none of the transfers."""

    @property
    def sentence(self) -> str:
        """Say what is wrong, for the person who must look."""
        told = f"{self.acknowledged} acknowledged, {self.outcomes} found."
        if self.outcomes < self.acknowledged:
            what = "has no outcome"
        elif self.outcomes > self.acknowledged:
            what = "has more outcomes than transfers"
        else:
            what, told = "is not whole", f"what is here has {self.wrong_bytes} bytes, which were not acknowledged so."
        return f"{self.path} of connection {self.connection} {what}: {told}"


@dataclass(frozen=True)
class Audit:
    """The result: how many transfers were looked at, and which do not add up."""

    transfers: int
    findings: tuple[Finding, ...]


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
        result = Audit(again.transfers, tuple(findings))
    return result


def _look(root: Path) -> Audit:
    records = {record.id: record for record in (*read_connection_records(root), *live_connections(root))}
    acknowledged = transfers_in(records.values())
    return Audit(sum(map(len, acknowledged.values())), compare(acknowledged, _gathered(outcomes_in(root))))


def compare(acknowledged: Sizes, outcomes: Sizes) -> tuple[Finding, ...]:
    """Return the names whose counts or sizes differ; outcomes of connections without a record are not looked at.

    >>> compare({("c", "a.jpg"): [9, 9]}, {("c", "a.jpg"): [9]})
    (Finding(connection='c', path='a.jpg', acknowledged=2, outcomes=1, wrong_bytes=None),)
    >>> compare({("c", "a.jpg"): [9, 5]}, {("c", "a.jpg"): [9, 0]})[0].wrong_bytes
    0
    >>> compare({("c", "a.jpg"): [9, 5]}, {("c", "a.jpg"): [None, 9]})
    ()
    """
    return tuple(found for key, sizes in sorted(acknowledged.items()) if (found := _compared(key, sizes, outcomes)))


def _compared(key: Key, sent: list[int | None], outcomes: Sizes) -> Finding | None:
    there = outcomes.get(key, [])
    wrong = _known(there) - _known(sent)
    if len(there) != len(sent):
        return Finding(*key, len(sent), len(there))
    return Finding(*key, len(sent), len(there), min(wrong)) if wrong and None not in sent else None


def _known(sizes: Iterable[int | None]) -> Counter[int]:
    return Counter(size for size in sizes if size is not None)


def transfers_in(records: Iterable[ConnectionRecord]) -> Sizes:
    """Return the sizes of the transfers that were acknowledged."""
    return _gathered(
        ((record.id, logged_path(transfer.name)), transfer.size_bytes)
        for record in records
        for transfer in record.transfers
        if transfer.outcome == "complete"
    )


def _gathered(found: Iterable[tuple[Key, int | None]]) -> Sizes:
    sizes: defaultdict[Key, list[int | None]] = defaultdict(list)
    for key, size_bytes in found:
        sizes[key].append(size_bytes)
    return sizes
