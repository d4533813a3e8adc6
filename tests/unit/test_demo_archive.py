"""The demo counts as archived what the outbox has proved and the store itself has."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from ingest.settings.file import read_settings
from ingest.spool.deliveries import Delivery, note_done
from ingest.spool.outbox import marked_ids
from tests.demo_archive import (
    Kept,
    Proved,
    accepted_items,
    judge,
    send_earlier_items,
    settings_with_archive,
    show_proved,
)
from tests.seaweed import Seaweed
from tests.spools import make_spool, put_item


def put_photo(root: Path, content: bytes) -> Kept:
    return put_item(root, content, sha256=hashlib.sha256(content).hexdigest())


def note_proof(root: Path, item: Kept) -> None:
    sidecar, place = item
    proof = {"hash": "md5:00", "sidecar_sha256": hashlib.sha256((root / f"{place}.json").read_bytes()).hexdigest()}
    note_done(root, "archive", [Delivery(sidecar.id, sidecar.id, sidecar.sha256, "", "delivered", "", proof)])


def test_an_item_counts_when_the_outbox_has_its_proof_and_the_store_all_of_it(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    items = [put_photo(root, text) for text in (b"a", b"bb", b"ccc", b"dddd")]
    put_item(root, verdict="rejected", reason="no_metadata")
    for item in items[:3]:
        note_proof(root, item)
    whole, cut, alone, unproved = (place for _, place in items)
    objects = {whole: 1, f"{whole}.json": 9, cut: 1, f"{cut}.json": 9, alone: 3, unproved: 4, f"{unproved}.json": 9}
    assert {place for _, place in accepted_items(root)} == {whole, cut, alone, unproved}
    assert judge(root, items, objects) == Proved(
        4,
        1,
        [
            f"{cut}: the archive has 1 of its 2 bytes.",
            f"{alone}: its sidecar is not in the archive.",
            f"{unproved}: the outbox has no proof of it.",
        ],
    )
    assert judge(root, items[:1], {}).lacking == [f"{whole}: the archive has none of its 1 bytes."]


def test_it_says_how_many_are_proved_and_what_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert show_proved(Proved(2, 2, []))
    assert not show_proved(Proved(2, 1, ["accepted/X/a.jpg: the outbox has no proof of it."]))
    assert capsys.readouterr().out.splitlines() == [
        "2 of 2 accepted items are proved in the archive, store:traps/demo.",
        "1 of 2 accepted items are proved in the archive, store:traps/demo.",
        "Not proved: accepted/X/a.jpg: the outbox has no proof of it.",
    ]


def test_its_settings_are_the_machine_s_own_and_an_archive(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    own = tmp_path / "camspool.toml"
    own.write_text(f'root = "{root}"\n\n[ftps]\nport = 2121\n', "utf-8")
    process = subprocess.Popen(["true"])
    process.wait()
    seaweed = Seaweed("", tmp_path / "rclone.conf", tmp_path / "owner.conf", "traps", process, tmp_path / "log")
    settings = read_settings(settings_with_archive(own, seaweed))
    assert (settings.root, settings.ftps.port, settings.gateway) == (root, 2121, "demo")
    assert [(target.name, target.kind) for target in settings.targets] == [("archive", "archive")]
    assert read_settings(own).targets == ()

    sidecar, _ = put_photo(root, b"from before")
    send_earlier_items(settings)
    assert marked_ids(root, "archive") == [sidecar.id]
