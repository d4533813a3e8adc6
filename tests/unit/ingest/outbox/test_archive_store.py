"""A store is opened when it can be used, and tells what it has after sending."""

import hashlib
from pathlib import Path

import pytest

from ingest.outbox.answers import TargetDownError
from ingest.outbox.archive_store import folder_in, open_store, send
from ingest.spool.deliveries import Delivery, note_done
from tests.unit.ingest.outbox.archives import archive_job


def delivery(outcome: str) -> Delivery:
    return Delivery("20260409T000000.000000Z-aaaa", "x", None, "2026-04-09T00:00:00Z", outcome, "So it is.")


def test_each_gateway_has_its_own_folder() -> None:
    assert folder_in("store:traps/2026", "north") == "store:traps/2026/north"


def test_a_folder_is_proved_by_sha256(root: Path, tmp_path: Path) -> None:
    store = open_store(archive_job(root, str(tmp_path)))
    assert (store.folder, store.hash_name, store.local_folder) == (f"{tmp_path}/north", "sha256", tmp_path)


def test_a_missing_folder_is_not_made(root: Path, tmp_path: Path) -> None:
    with pytest.raises(TargetDownError, match="is missing; mount or make it"):
        open_store(archive_job(root, str(tmp_path / "nas")))
    assert not (tmp_path / "nas").exists()


def test_a_folder_that_has_lost_the_gateways_own_gets_nothing(root: Path, tmp_path: Path) -> None:
    job = archive_job(root, str(tmp_path))
    note_done(root, "archive", [delivery("gone"), delivery("failed")])
    open_store(job)
    note_done(root, "archive", [delivery("delivered")])
    with pytest.raises(TargetDownError, match="does not have the folder north any more"):
        open_store(job)
    (tmp_path / "north").mkdir()
    open_store(job)


def test_a_remote_that_is_not_configured_is_named(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "rclone.conf"
    file.write_text("[store]\ntype = alias\nremote = /\n", "utf-8")
    with pytest.raises(TargetDownError, match="attic:traps: config_file does not have attic"):
        open_store(archive_job(root, "attic:traps", config_file=file))


def test_a_store_that_tells_no_hash_is_read_back_or_not_used(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "rclone.conf"
    file.write_text(f"[hidden]\ntype = crypt\nremote = {tmp_path}/nas\npassword = \n", "utf-8")
    with pytest.raises(TargetDownError):
        open_store(archive_job(root, "hidden:", config_file=file))


def test_what_is_there_after_sending_is_told_and_what_is_missing_is_not(root: Path, tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "nas" / "north").mkdir(parents=True)
    (tmp_path / "from" / "a").write_bytes(b"new")
    (tmp_path / "from" / "b").write_bytes(b"other")
    (tmp_path / "nas" / "north" / "b").write_bytes(b"there")
    store = open_store(archive_job(root, str(tmp_path / "nas")))
    sent = send(store, tmp_path / "from", ["a", "b", "c"])
    assert sent.hashes == {name: hashlib.sha256(text).hexdigest() for name, text in (("a", b"new"), ("b", b"there"))}
    assert [complaint.object for complaint in sent.complaints if complaint.object] == ["b"]
    assert not sent.is_cut_short
    assert (tmp_path / "nas" / "north" / "b").read_bytes() == b"there"


def test_nothing_is_told_when_the_service_stops(root: Path, tmp_path: Path) -> None:
    store = open_store(archive_job(root, str(tmp_path), is_stopping=lambda: True))
    sent = send(store, tmp_path, ["a"])
    assert (sent.hashes, sent.is_cut_short) == ({}, True)
