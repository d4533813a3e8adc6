"""`camspool requeue` where no watcher runs: it does itself what it asks for."""

from pathlib import Path
from typing import Any

import pytest

from ingest.commands.main import main
from ingest.index.places import waiting_ids
from ingest.spool.camera_records import write_camera_record
from ingest.spool.sidecar import parse_sidecar
from ingest.spool.sites import Site, with_site
from ingest.spool.stamp import new_id
from tests.samples.drawing import with_block
from tests.samples.tiff import LATITUDE, text, willfine_block
from tests.samples.willfine import IMEI
from tests.spools import put_item


def rejected(root: Path, reason: str, **changes: Any) -> str:
    return put_item(root, verdict="rejected", reason=reason, **changes)[0].id


def test_items_go_back_by_id_and_the_others_stay(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted, other = rejected(root, "no_metadata"), rejected(root, "no_metadata")
    assert main(["--root", str(root), "requeue", wanted]) == 0
    assert capsys.readouterr().out == "1 items wait for a new verdict.\n"
    assert waiting_ids(root) == [wanted]
    assert [file.name for file in root.glob(f"rejected/*/*/{other}-*.JPG")] == [f"{other}-E1000159.JPG"]


def test_all_items_of_one_reason_go_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = "20200101T000000.000000Z-aaaa"
    wanted = [rejected(root, "missing_datetime", item_id=old), rejected(root, "missing_datetime")]
    rejected(root, "bad_datetime")
    put_item(root)
    assert main(["--root", str(root), "requeue", "--reason", "missing_datetime"]) == 0
    assert "2 items wait" in capsys.readouterr().out
    assert waiting_ids(root) == sorted(wanted)


def test_a_reason_that_nothing_was_rejected_for_is_no_failure(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "requeue", "--reason", "duplicate"]) == 0
    assert capsys.readouterr().out == "0 items wait for a new verdict.\n"


def test_what_is_refused_is_named_and_the_rest_goes_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted, accepted, unknown = rejected(root, "no_metadata"), put_item(root)[0].id, new_id()
    assert main(["--root", str(root), "requeue", accepted, wanted, unknown, "a\x1b[31m"]) == 1
    *refused, last = capsys.readouterr().out.splitlines()
    assert last == "1 items wait for a new verdict."
    assert [line.partition(": ")[0] for line in refused[:2]] == [accepted, unknown]
    assert all(line.isprintable() for line in refused)
    assert waiting_ids(root) == [wanted]


@pytest.mark.parametrize("words", [[], ["20200101T000000.000000Z-aaaa", "--reason", "duplicate"]])
def test_neither_or_both_ways_to_name_items_is_a_sentence(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(root), "requeue", *words]) == 2
    assert capsys.readouterr().err.startswith("camspool: Name the items by their ids, or all of one reason")


def test_a_photo_without_a_position_is_accepted_when_the_site_of_its_camera_is_known(root: Path) -> None:
    (root / "incoming" / "E1.JPG").write_bytes(with_block(willfine_block(gps=[text(LATITUDE, b"   \0")])))
    assert main(["--root", str(root), "drain"]) == 0
    (waiting,) = (root / "rejected" / "missing_location").glob("*/*.json")
    assert parse_sidecar(waiting.read_bytes()).camera_id == IMEI
    write_camera_record(root, IMEI, with_site({"name": "Oak"}, Site(52.1, 5.1, "Gate")))
    assert main(["--root", str(root), "requeue", "--reason", "missing_location"]) == 0
    assert main(["--root", str(root), "drain"]) == 0
    (there,) = (root / "accepted" / IMEI).glob("*/*.json")
    sidecar = parse_sidecar(there.read_bytes())
    assert (sidecar.latitude, sidecar.longitude, sidecar.sources["location"]) == (52.1, 5.1, "record")
