"""Nothing accepted is deleted here before every archive that wants it has proved it as it is now."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.index.store import open_index
from ingest.requests.proofs import sort_by_proof
from ingest.settings.targets import ArchiveOptions, FolderOptions, Selection, Target
from ingest.spool.corrections import with_correction
from ingest.spool.deliveries import Delivery, done_file, note_done
from ingest.spool.moves import amend
from ingest.spool.outbox import mark_again
from ingest.spool.sidecar import Sidecar
from tests.spools import put_item

DAY = "2020-01-01"
ARCHIVE = Target("archive", "archive", Selection(sends=("accepted",)), ArchiveOptions("/nas"))
Item = tuple[Sidecar, str]


def put_old(root: Path, number: int = 0, **changes: object) -> Item:
    content = f"photo {number}".encode()
    item_id = f"20200101T0000{number:02}.000000Z-aaaa"
    return put_item(root, content, item_id=item_id, sha256=hashlib.sha256(content).hexdigest(), **changes)


def proof_of(root: Path, item: Item, **changes: object) -> Delivery:
    sidecar, place = item
    sidecar_sha256 = hashlib.sha256((root / f"{place}.json").read_bytes()).hexdigest()
    proof = {"object": f"/nas/{place}", "hash": "md5:00", "sidecar_sha256": sidecar_sha256}
    values = {"sha256": sidecar.sha256, "outcome": "delivered", "proof": proof, **changes}
    return Delivery(id=sidecar.id, key=sidecar.id, at="2020-01-01T00:00:00Z", said="It is there.", **values)  # type: ignore[arg-type]


def may_go(root: Path, index: sqlite3.Connection, items: list[Item], *targets: Target) -> list[str]:
    return sort_by_proof(root, index, [sidecar.id for sidecar, _ in items], targets, lambda: None)[0]


def test_without_an_archive_age_alone_decides(root: Path, index: sqlite3.Connection) -> None:
    item = put_old(root)
    folder = Target("nas", "folder", Selection(sends=("accepted",)), FolderOptions(Path("/nas")))
    assert may_go(root, index, [item]) == may_go(root, index, [item], folder) == [item[0].id]


def test_only_what_is_proved_may_go_and_the_rest_is_counted(root: Path, index: sqlite3.Connection) -> None:
    items = [put_old(root, number) for number in range(3)]
    note_done(root, "archive", [proof_of(root, items[1])])
    ids = [sidecar.id for sidecar, _ in items]
    allowed, kept = sort_by_proof(root, index, ids, [ARCHIVE], lambda: None)
    assert allowed == [ids[1]]
    assert [(one.id, one.outcome, one.message) for one in kept] == [
        (
            ids[0],
            "kept",
            "2 items, this one the oldest, are old enough to be deleted and kept: "
            "archive has not proved them as they are now.",
        )
    ]


def test_a_deleted_cache_changes_nothing(root: Path) -> None:
    items = [put_old(root, number) for number in range(2)]
    note_done(root, "archive", [proof_of(root, items[1])])
    shutil.rmtree(root / "cache")
    index = open_index(root)
    try:
        assert may_go(root, index, items, ARCHIVE) == [items[1][0].id]
    finally:
        index.close()


def forge(root: Path, item: Item, text: str) -> None:
    file = done_file(root, "archive", DAY)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", "utf-8")


@pytest.mark.parametrize(
    "bend",
    [
        lambda line: {**line, "sha256": "00" * 32},
        lambda line: {**line, "sha256": None},
        lambda line: {**line, "outcome": "failed"},
        lambda line: {**line, "outcome": "gone"},
        lambda line: {**line, "proof": {}},
        lambda line: {**line, "proof": ["hash", "sidecar_sha256"]},
        lambda line: {**line, "proof": None},
        lambda line: {**line, "proof": {**line["proof"], "sidecar_sha256": "00"}},
        lambda line: {**line, "proof": {**line["proof"], "hash": ""}},
        lambda line: {**line, "id": "20200101T000009.000000Z-aaaa"},
        lambda line: [line],
    ],
)
def test_a_line_that_proves_something_else_proves_nothing(
    root: Path, index: sqlite3.Connection, bend: Callable[[dict[str, object]], object]
) -> None:
    item = put_old(root)
    forge(root, item, json.dumps(bend(vars(proof_of(root, item)))))
    assert may_go(root, index, [item], ARCHIVE) == []
    forge(root, item, json.dumps(vars(proof_of(root, item))))
    assert may_go(root, index, [item], ARCHIVE) == [item[0].id]


def test_a_torn_line_proves_nothing_and_hides_no_other(root: Path, index: sqlite3.Connection) -> None:
    items = [put_old(root, number) for number in range(2)]
    whole, torn = (json.dumps(vars(proof_of(root, item))) for item in items)
    forge(root, items[0], f"{torn[:-20]}\n{whole}\n\0\0\0")
    assert may_go(root, index, items, ARCHIVE) == [items[0][0].id]


def test_the_last_answer_counts(root: Path, index: sqlite3.Connection) -> None:
    item = put_old(root)
    note_done(root, "archive", [proof_of(root, item), proof_of(root, item, outcome="failed")])
    assert may_go(root, index, [item], ARCHIVE) == []
    note_done(root, "archive", [proof_of(root, item)])
    assert may_go(root, index, [item], ARCHIVE) == [item[0].id]


def test_what_still_has_a_mark_stays(root: Path, index: sqlite3.Connection) -> None:
    item = put_old(root)
    note_done(root, "archive", [proof_of(root, item)])
    mark_again(root, [("archive", item[0].id)])
    assert may_go(root, index, [item], ARCHIVE) == []


def test_a_corrected_item_stays_until_its_new_sidecar_is_proved(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = item = put_old(root)
    note_done(root, "archive", [proof_of(root, item)])
    amend(root, [(with_correction(sidecar, "camera_id", "gate", "ann", "2020-01-02T00:00:00Z", "swapped"), place)])
    assert may_go(root, index, [item], ARCHIVE) == []
    note_done(root, "archive", [proof_of(root, item)])
    assert may_go(root, index, [item], ARCHIVE) == [sidecar.id]


def test_every_archive_that_wants_it_has_to_prove_it(root: Path, index: sqlite3.Connection) -> None:
    item, other = put_old(root, 0, camera_id="gate"), put_old(root, 1, camera_id="hill")
    second = Target("second", "archive", Selection(("accepted",), cameras=("gate",)), ArchiveOptions("/usb"))
    note_done(root, "archive", [proof_of(root, item), proof_of(root, other)])
    assert may_go(root, index, [item, other], ARCHIVE, second) == [other[0].id]
    note_done(root, "second", [proof_of(root, item)])
    assert may_go(root, index, [item, other], ARCHIVE, second) == [item[0].id, other[0].id]


def test_what_no_archive_wants_stays_too(root: Path, index: sqlite3.Connection) -> None:
    item = put_old(root, 0, kind="report")
    [kept] = sort_by_proof(root, index, [item[0].id], [ARCHIVE], lambda: None)[1]
    assert kept.message == "1 item is old enough to be deleted and kept: no archive in the settings wants them."


def test_a_sidecar_that_cannot_be_read_proves_nothing(root: Path, index: sqlite3.Connection) -> None:
    item = put_old(root)
    note_done(root, "archive", [proof_of(root, item)])
    (root / f"{item[1]}.json").write_bytes(b"{")
    [kept] = sort_by_proof(root, index, [item[0].id], [ARCHIVE], lambda: None)[1]
    assert "their sidecars cannot be read" in kept.message


def test_rejected_items_and_what_only_the_index_knows_need_no_proof(root: Path, index: sqlite3.Connection) -> None:
    rejected, gone = put_old(root, 0, verdict="rejected", reason="no_metadata"), put_old(root, 1)
    for file in (root / gone[1], root / f"{gone[1]}.json"):
        file.unlink()
    assert may_go(root, index, [rejected, gone], ARCHIVE) == [rejected[0].id, gone[0].id]
