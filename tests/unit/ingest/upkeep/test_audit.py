"""The audit: silent as long as everything acknowledged has its outcome, and a sentence on each that has not."""

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.connections.record import ConnectionRecord, Outcome, Transfer, connection_record_line
from ingest.connections.store import day_path
from ingest.index.store import enter
from ingest.spool.moves import forget_aside
from ingest.spool.sidecar import Beginning
from ingest.spool.stamp import new_id
from ingest.upkeep import audit as audit_module
from ingest.upkeep.audit import audit, compare, is_acknowledged, transfers_in
from ingest.upkeep.explanations import explain
from ingest.upkeep.finding import Finding
from tests.spools import put_item
from tests.trees import TOO_LONG, make_chain, removed_afterwards

CONNECTION = "20261123T202316.314333Z-10007498"
AT = "2026-11-23T20:23:20Z"


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit looks again at once."""
    monkeypatch.setattr(audit_module, "LOOK_AGAIN_S", 0.0)


def record_of(*transfers: Transfer) -> ConnectionRecord:
    return ConnectionRecord(
        CONNECTION, "100.64.1.7", "camera", "TLSv1.3", None, "explicit", (), transfers, (), AT, AT, "It came."
    )


def transfer(name: str, size_bytes: int | None = 3, outcome: Outcome = "complete") -> Transfer:
    return Transfer(name, size_bytes, outcome, AT)


def acknowledge(root: Path, *transfers: Transfer) -> None:
    """Leave the record of a connection with these transfers."""
    day_path(root, date(2026, 11, 23)).write_text(connection_record_line(record_of(*transfers)))


def put_decided(root: Path, index: sqlite3.Connection, path: str, **changes: Any) -> Path:
    """Put down an item of the connection that the index knows; return its file."""
    sidecar, place = put_item(root, connection=CONNECTION, upload_path=path, **changes)
    enter(index, [(sidecar, place)])
    forget_aside(root, [sidecar.id])
    return root / place


def test_everything_that_is_somewhere_has_its_outcome(root: Path, index: sqlite3.Connection) -> None:
    acknowledge(root, transfer("/a.jpg"), transfer("/b.jpg", 4), transfer("/cut.jpg", outcome="unfinished"))
    put_decided(root, index, "a.jpg")
    (root / "uploads" / CONNECTION).mkdir()
    (root / "uploads" / CONNECTION / "b.jpg").write_bytes(b"four")
    result = audit(root)
    assert (result.transfers, result.findings) == (2, ())


def test_what_is_lost_doubled_or_not_whole_is_named(root: Path, index: sqlite3.Connection) -> None:
    acknowledge(root, *(transfer(f"/{name}.jpg") for name in ("good", "lost", "doubled", "cut")))
    put_decided(root, index, "good.jpg")
    put_decided(root, index, "lost.jpg").unlink()
    for _ in range(2):
        put_decided(root, index, "doubled.jpg")
    put_decided(root, index, "cut.jpg").write_bytes(b"j")
    result = audit(root)
    assert result.transfers == 4
    assert {finding.path: (finding.outcomes, finding.wrong_bytes) for finding in result.findings} == {
        "lost.jpg": (0, None),
        "doubled.jpg": (2, None),
        "cut.jpg": (1, 1),
    }


def test_what_moves_on_while_the_audit_looks_is_no_finding(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledge(root, transfer("/a.jpg"), transfer("/lost.jpg"))
    looks: list[float] = []

    def time_passes(seconds: float) -> None:
        if not looks:
            put_decided(root, index, "a.jpg")
        looks.append(seconds)

    monkeypatch.setattr("time.sleep", time_passes)
    assert [finding.path for finding in audit(root).findings] == ["lost.jpg"]
    assert looks == [0.0, 0.0]


def test_what_only_begins_to_look_wrong_while_the_audit_looks_again_is_no_finding(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledge(root, transfer("/a.jpg"), transfer("/b.jpg"))
    second = put_decided(root, index, "b.jpg")

    def time_passes(_seconds: float) -> None:
        put_decided(root, index, "a.jpg")
        second.unlink(missing_ok=True)

    monkeypatch.setattr("time.sleep", time_passes)
    assert audit(root).findings == ()


def test_only_what_was_acknowledged_counts_and_names_are_compared_as_the_log_shows_them() -> None:
    records = [
        record_of(
            transfer("/./gr??n.jpg", 5),
            transfer("/./gr??n.jpg", None),
            transfer("/x.jpg", 5, "failed"),
            transfer("/y.jpg", 5, "unfinished"),
        )
    ]
    assert transfers_in(records, is_acknowledged) == {(CONNECTION, "gr??n.jpg"): [5, None]}


def test_what_was_acknowledged_without_a_goodbye_is_owed_its_outcome_too(root: Path, index: sqlite3.Connection) -> None:
    acknowledge(root, *(replace(transfer(f"/{name}.jpg"), closed=False) for name in ("taken-in", "lost")))
    beginning = Beginning(new_id(), "short", CONNECTION, "taken-in.jpg", 3)
    put_decided(root, index, "again.jpg", beginnings=(beginning,))
    result = audit(root)
    assert (result.transfers, [one.path for one in result.findings]) == (2, ["lost.jpg"])


def test_outcomes_that_nobody_acknowledged_are_not_looked_at() -> None:
    assert compare({}, {("other", "a.jpg"): [3]}) == ()


def test_every_finding_is_a_sentence_with_its_figures() -> None:
    lost, doubled, cut = (
        Finding("c", "a.jpg", 2, 1).sentence,
        Finding("c", "a.jpg", 1, 2).sentence,
        Finding("c", "a.jpg", 1, 1, wrong_bytes=0).sentence,
    )
    assert lost == "a.jpg of connection c has no outcome: 2 acknowledged, 1 found."
    assert doubled == "a.jpg of connection c has more outcomes than transfers: 1 acknowledged, 2 found."
    assert cut == "a.jpg of connection c is not whole: what is here has 0 bytes, which were not acknowledged so."


def test_what_is_explained_is_apart_until_more_is_missing(root: Path, index: sqlite3.Connection) -> None:
    acknowledge(root, transfer("/a.jpg"), transfer("/b.jpg"))
    put_decided(root, index, "a.jpg")
    (lost,) = audit(root).findings
    explain(root, [lost], "anna", "I removed it.")
    result = audit(root)
    assert result.findings == ()
    assert [(one.finding, one.by, one.because) for one in result.explained] == [(lost, "anna", "I removed it.")]
    acknowledge(root, transfer("/a.jpg"), transfer("/b.jpg"), transfer("/b.jpg"))
    result = audit(root)
    assert [(one.path, one.acknowledged) for one in result.findings] == [("b.jpg", 2)]
    assert result.explained == ()


def test_a_file_whose_path_was_too_long_for_vsftpd_to_log_has_its_outcome(
    root: Path, index: sqlite3.Connection
) -> None:
    """In a folder below such a path, vsftpd logs only what the camera named."""
    deep = "/".join(TOO_LONG)
    acknowledge(root, *(transfer(name) for name in ("/a.jpg", "/sub/a.jpg", f"/{deep[:4000]}/a.jpg")))
    for path in (f"{deep}/a.jpg", f"{deep}/sub/a.jpg", f"{deep[:4000]}/a.jpg"):
        put_decided(root, index, path)
    assert audit(root).findings == ()


def test_an_upload_that_waits_at_such_a_path_has_its_outcome(root: Path) -> None:
    acknowledge(root, transfer("/a.jpg", 5))
    with removed_afterwards(root / "uploads" / CONNECTION) as folder:
        folder.mkdir()
        make_chain(folder, TOO_LONG, b"photo")
        assert audit(root).findings == ()
