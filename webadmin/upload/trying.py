"""Decides about an uploaded file as the watcher would, and stores nothing."""

from datetime import UTC, datetime

from ingest.profiles.catalogue import Catalogue
from ingest.reading.facts import bytes_to_read, read_facts
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.registry import is_registered
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id
from ingest.verdict.decision import decide


def try_file(content: bytes, path: str, account: str | None, catalogue: Catalogue, settings: Settings) -> Sidecar:
    """Return the sidecar that this file would get. Whether it is a duplicate is not looked at."""
    item = Item(new_id(), path.encode(), "upload", None, account, None)
    kept = content[: bytes_to_read(item.path, settings.limits)]
    facts = read_facts(kept, len(content), item.path, settings.limits)
    return decide(
        item,
        facts,
        catalogue,
        settings,
        decided_at=datetime.now(UTC),
        registered=lambda camera_id: is_registered(settings.root, camera_id),
    )
