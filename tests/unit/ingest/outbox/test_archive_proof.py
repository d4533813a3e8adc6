"""A copy is proved by the hash of our own bytes, and by nothing else."""

import hashlib
from pathlib import Path

import pytest

from ingest.outbox.answers import Parcel
from ingest.outbox.archive_proof import (
    HASHES,
    Copy,
    clashes,
    damaged,
    delivered,
    hashes_in,
    later_object,
    look_up,
    read_copy,
)
from ingest.spool.corrections import with_correction
from tests.spools import make_sidecar


def parcel(**changes: object) -> Parcel:
    sidecar = make_sidecar("20260409T000000.000000Z-aaaa", **changes)
    return Parcel(sidecar.id, "accepted/gate/2026-04-09/a.jpg", sidecar, 1)


@pytest.mark.parametrize("hash_name", HASHES)
def test_both_hashes_are_made_of_the_bytes(tmp_path: Path, hash_name: str) -> None:
    content = b"photo" * 300_000
    (tmp_path / "a.jpg").write_bytes(content)
    copy = read_copy(tmp_path / "a.jpg", "accepted/a.jpg", hash_name)
    theirs = hashlib.new(hash_name, content, usedforsecurity=False).hexdigest()
    assert copy == Copy("accepted/a.jpg", hashlib.sha256(content).hexdigest(), theirs)


def test_what_is_missing_differs_from_what_is_other() -> None:
    copy = Copy("a.jpg", "00", "abc")
    assert look_up(copy, {}) == "missing"
    assert look_up(copy, {"a.jpg": "abd"}) == "other"
    assert look_up(copy, {"a.jpg": "abc", "b.jpg": "abd"}) == "proved"


def test_a_hash_that_the_store_does_not_tell_is_none() -> None:
    printed = "0aF\n  \nUNSUPPORTED  a.jpg\n   b.jpg\nERROR  c.jpg\n00ff  d  e.jpg\n"
    assert hashes_in(printed) == {"d  e.jpg": "00ff"}


def test_a_hash_of_digits_alone_is_one_too() -> None:
    assert hashes_in("1234  a.jpg\n") == {"a.jpg": "1234"}


def test_a_later_state_has_an_object_of_its_own() -> None:
    first = parcel()
    assert later_object(first) is None
    assert later_object(parcel(attempts=3)) == f"{first.place}.2.json"
    corrected = with_correction(first.sidecar, "camera_id", "hill", "ann", "2026-04-09T00:00:00Z", "")
    assert later_object(Parcel(first.id, first.place, corrected, 2)) == f"{first.place}.1.json"


def test_a_proof_names_the_object_its_hash_and_the_sidecar() -> None:
    answer = delivered(
        parcel(), Copy("a.jpg", "11", "22"), Copy("a.jpg.1.json", "33", "44"), "store:traps/north", "md5"
    )
    assert (answer.outcome, answer.said) == ("delivered", "store:traps/north/a.jpg has the same md5.")
    assert answer.proof == {
        "object": "store:traps/north/a.jpg",
        "hash": "md5:22",
        "sidecar": "store:traps/north/a.jpg.1.json",
        "sidecar_sha256": "33",
    }


def test_what_a_person_has_to_look_at_is_named() -> None:
    clash = clashes(parcel(), Copy("a.jpg", "11", "22"), "store:traps/north")
    assert (clash.outcome, clash.said) == (
        "failed",
        "store:traps/north/a.jpg is there already with other bytes. Nothing was overwritten; a person has to look.",
    )
    assert damaged(parcel()).outcome == "failed"
    assert parcel().place in damaged(parcel()).said
