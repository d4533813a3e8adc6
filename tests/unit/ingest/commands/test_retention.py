"""`camspool retention` deletes what the settings say, and tells what it could not."""

import json
import subprocess
from pathlib import Path

import pytest

from ingest.commands.main import main
from tests.spools import put_item

OLD = "20200101T000000.000000Z-"


def run(root: Path, days: str) -> int:
    """Run the command with these settings of retention."""
    config = root.parent / "camspool.toml"
    config.write_text(f'root = "{root}"\n[retention]\n{days}\n')
    return main(["--config", str(config), "retention"])


def test_only_what_is_older_than_its_days_is_deleted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted, rejected, young = (
        put_item(root, item_id=f"{OLD}aaaa")[1],
        put_item(root, item_id=f"{OLD}bbbb", verdict="rejected", reason="no_metadata")[1],
        put_item(root, verdict="rejected", reason="no_metadata")[1],
    )
    assert run(root, "rejected_days = 0") == 0
    assert capsys.readouterr().out == "0 items were due and are deleted.\n"
    assert run(root, "rejected_days = 30") == 0
    assert capsys.readouterr().out == "1 items were due and are deleted.\n"
    assert [(root / place).exists() for place in (accepted, rejected, young)] == [True, False, True]
    assert run(root, "accepted_days = 30") == 0
    assert [(root / place).exists() for place in (accepted, young)] == [False, True]


def test_what_was_deleted_stands_in_the_log_of_requests(root: Path) -> None:
    sidecar, _ = put_item(root, item_id=f"{OLD}bbbb", verdict="rejected", reason="no_metadata")
    assert run(root, "rejected_days = 30") == 0
    (done,) = (json.loads(file.read_text()) for file in (root / "requests" / "done").iterdir())
    assert (done["action"], done["by"]) == ("retention", "retention")
    assert [(result["id"], result["outcome"]) for result in done["results"]] == [(sidecar.id, "deleted")]


def test_what_may_not_be_deleted_is_named_and_the_rest_goes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, kept_place = put_item(root, item_id=f"{OLD}aaaa", verdict="rejected", reason="no_metadata")
    _, gone_place = put_item(root, item_id=f"{OLD}bbbb", verdict="rejected", reason="bad_datetime")
    folder = (root / kept_place).parent
    subprocess.run(["chattr", "+i", str(folder)], check=True)
    try:
        assert run(root, "rejected_days = 30") == 1
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
    first, second = capsys.readouterr().out.splitlines()
    assert first == "1 items were due and are deleted."
    assert second.startswith(f"{kept.id} was not deleted: ")
    assert [(root / place).exists() for place in (kept_place, gone_place)] == [True, False]


def test_what_no_archive_has_proved_is_kept_and_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, kept_place = put_item(root, item_id=f"{OLD}aaaa")
    put_item(root, item_id=f"{OLD}bbbb", verdict="rejected", reason="no_metadata")
    archive = '[targets.nas]\nkind = "archive"\nremote = "/nas"'
    assert run(root, f"accepted_days = 30\nrejected_days = 30\n{archive}") == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 items were due and are deleted.",
        f"{kept.id}: 1 item is old enough to be deleted and kept: nas has not proved them as they are now.",
    ]
    assert (root / kept_place).exists()
