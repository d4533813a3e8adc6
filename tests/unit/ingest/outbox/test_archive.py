"""Items are delivered with their sidecars, each state beside the other, and answers are told as they are known."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.outbox.answers import Answer, TargetDownError
from ingest.outbox.archive import deliver, try_out
from ingest.outbox.parcels import parcels_of
from ingest.spool.moves import amend
from ingest.spool.sidecar import changed
from tests.spools import put_item
from tests.unit.ingest.outbox.archives import archive_job


@pytest.fixture
def nas(tmp_path: Path) -> Path:
    folder = tmp_path / "nas"
    folder.mkdir()
    return folder


def put(root: Path, content: bytes) -> tuple[str, str]:
    sidecar, place = put_item(root, content, sha256=hashlib.sha256(content).hexdigest())
    return sidecar.id, place


def deliver_all(root: Path, nas: Path, ids: Sequence[str]) -> dict[str, Answer]:
    told: list[Answer] = []
    deliver(archive_job(root, str(nas)), parcels_of(root, ids), told.extend)
    assert len({answer.id for answer in told}) == len(told)
    return {answer.id: answer for answer in told}


def test_an_item_is_delivered_with_its_sidecar(root: Path, nas: Path) -> None:
    item_id, place = put(root, b"photo")
    answer = deliver_all(root, nas, [item_id])[item_id]
    assert (answer.outcome, answer.proof["object"]) == ("delivered", f"{nas}/north/{place}")
    assert (nas / "north" / place).read_bytes() == b"photo"
    assert (nas / "north" / f"{place}.json").read_bytes() == (root / f"{place}.json").read_bytes()


def test_each_item_gets_its_own_answer(root: Path, nas: Path) -> None:
    (good, good_place), (clash, clash_place), (spoilt, spoilt_place) = (put(root, text) for text in (b"a", b"b", b"c"))
    (nas / "north" / clash_place).parent.mkdir(parents=True)
    (nas / "north" / clash_place).write_bytes(b"there")
    (root / spoilt_place).write_bytes(b"d")
    answers = deliver_all(root, nas, [good, clash, spoilt])
    assert {item_id: answer.outcome for item_id, answer in answers.items()} == {
        good: "delivered",
        clash: "failed",
        spoilt: "failed",
    }
    there = {str(file.relative_to(nas / "north")) for file in nas.rglob("*") if file.is_file()}
    assert there == {good_place, f"{good_place}.json", clash_place}


def test_a_later_state_that_was_never_there_takes_the_first_name(root: Path, nas: Path) -> None:
    item_id, place = put(root, b"photo")
    [parcel] = parcels_of(root, [item_id])
    amend(root, [(changed(parcel.sidecar, attempts=3), place)])
    assert deliver_all(root, nas, [item_id])[item_id].proof["sidecar"] == f"{nas}/north/{place}.json"
    amend(root, [(changed(parcel.sidecar, attempts=4), place)])
    assert deliver_all(root, nas, [item_id])[item_id].proof["sidecar"] == f"{nas}/north/{place}.3.json"


def test_a_later_state_that_meets_other_bytes_is_refused(root: Path, nas: Path) -> None:
    item_id, place = put(root, b"photo")
    deliver_all(root, nas, [item_id])
    [parcel] = parcels_of(root, [item_id])
    amend(root, [(changed(parcel.sidecar, attempts=2), place)])
    (nas / "north" / f"{place}.1.json").write_bytes(b"{}")
    answer = deliver_all(root, nas, [item_id])[item_id]
    assert answer.outcome == "failed"
    assert f"{place}.1.json is there already" in answer.said
    assert (nas / "north" / f"{place}.1.json").read_bytes() == b"{}"


def test_what_has_left_meanwhile_gets_no_answer(root: Path, nas: Path) -> None:
    (left, place), (stays, _) = put(root, b"a"), put(root, b"b")
    parcels = parcels_of(root, [left, stays])
    (root / place).unlink()
    told: list[Answer] = []
    deliver(archive_job(root, str(nas)), parcels, told.extend)
    assert [answer.id for answer in told] == [stays]


def test_trying_out_writes_a_file_each_time_and_deletes_none(root: Path, nas: Path) -> None:
    job = archive_job(root, str(nas))
    said = f"{nas}/north can be written, and each copy can be proved by its sha256."
    assert try_out(job) == try_out(job) == said
    assert len(list((nas / "north" / "camspool-test").iterdir())) == 2


def test_trying_out_says_what_is_wrong(root: Path, nas: Path) -> None:
    (nas / "north").write_bytes(b"a file where the folder should be")
    with pytest.raises(TargetDownError):
        try_out(archive_job(root, str(nas)))


def test_a_file_that_cannot_be_read_keeps_no_other(root: Path, nas: Path) -> None:
    (bad, bad_place), (good, _) = put(root, b"a"), put(root, b"b")
    (root / bad_place).unlink()
    (root / bad_place).mkdir()
    answers = deliver_all(root, nas, [bad, good])
    assert (answers[bad].outcome, answers[good].outcome) == ("later", "delivered")
    assert answers[bad].said.startswith("It cannot be read: Is a directory")


def test_a_service_that_stops_tells_nothing(root: Path, nas: Path) -> None:
    item_id, _ = put(root, b"photo")
    told: list[Answer] = []
    deliver(archive_job(root, str(nas), is_stopping=lambda: True), parcels_of(root, [item_id]), told.extend)
    assert told == []
