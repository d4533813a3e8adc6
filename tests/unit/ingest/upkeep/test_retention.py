"""Retention asks for what the settings say, and tells what came of it."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.settings.targets import ArchiveOptions, Selection, Target
from ingest.settings.values import Retention, Settings
from ingest.spool.stamp import new_id
from ingest.upkeep.retention import Deletions, delete_what_is_due
from tests.spools import put_item


def put_aged(root: Path, days: int, verdict: str = "rejected", reason: str | None = "no_metadata") -> tuple[str, Path]:
    item_id = new_id(datetime.now(UTC) - timedelta(days=days))
    sidecar, place = put_item(root, item_id=item_id, verdict=verdict, reason=reason)
    return sidecar.id, root / place


def test_each_kind_is_deleted_after_its_own_days(root: Path) -> None:
    (_, old), (_, young) = put_aged(root, 40), put_aged(root, 20)
    clips = [put_aged(root, days, reason="unsupported_file_type")[1] for days in (6, 5, 4, 3)]
    (_, accepted), (_, oldest) = (put_aged(root, days, "accepted", None) for days in (40, 400))
    record = root / "connections" / "2020-01-01.jsonl"
    record.write_text("")
    days = Retention(rejected_days=30, unusable_days=5, accepted_days=365, connections_days=0)
    settings = Settings(root=root, retention=days)
    assert delete_what_is_due(settings) == Deletions(4)
    assert [file.exists() for file in clips] == [False, False, True, True]
    assert [file.exists() for file in (old, young, accepted, oldest, record)] == [False, True, True, False, True]
    assert delete_what_is_due(settings) == Deletions(0)


def test_what_cannot_be_deleted_is_told_and_not_counted(root: Path) -> None:
    (_, gone), (kept_id, kept) = put_aged(root, 41), put_aged(root, 40)
    subprocess.run(["chattr", "+i", str(kept.parent)], check=True)
    try:
        result = delete_what_is_due(Settings(root=root, retention=Retention(rejected_days=30)))
    finally:
        subprocess.run(["chattr", "-i", str(kept.parent)], check=True)
    assert result.deleted == 1
    assert [(one["id"], one["outcome"]) for one in result.refused] == [(kept_id, "refused")]
    assert (gone.exists(), kept.exists()) == (False, True)


def test_it_is_logged_in_the_name_of_retention(root: Path) -> None:
    put_aged(root, 40)
    delete_what_is_due(Settings(root=root, retention=Retention(rejected_days=30)))
    (log,) = (root / "requests" / "done").glob("*.json")
    content = json.loads(log.read_text())
    assert (content["by"], content["action"], len(content["results"])) == ("retention", "retention", 1)


def test_what_an_archive_has_not_proved_is_kept_and_told(root: Path) -> None:
    kept_id, kept = put_aged(root, 400, "accepted", None)
    nas = Target("nas", "archive", Selection(sends=("accepted",)), ArchiveOptions("/nas"))
    settings = Settings(root=root, retention=Retention(rejected_days=30, accepted_days=365), targets=(nas,))
    said = "1 item is old enough to be deleted and kept: nas has not proved them as they are now."
    assert delete_what_is_due(settings) == Deletions(0, (), (f"{kept_id}: {said}",))
    assert kept.exists()
