"""The verdict on bytes in one call, as the watcher would give it with the shipped profiles."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache, reduce

from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.reading.facts import read_facts
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool.item import Item
from ingest.spool.sidecar import Sidecar
from ingest.spool.sites import Record, Site, with_site
from ingest.verdict.belonging import Records
from ingest.verdict.decision import decide

ARRIVAL = datetime(2026, 5, 1, 12, tzinfo=UTC)
ITEM_ID = "20260501T120000.000000Z-4f2a"


@lru_cache
def shipped() -> Catalogue:
    """Return the shipped profiles."""
    return load_catalogue([SHIPPED_PROFILES])


def judge(
    content: bytes,
    path: str = "E1000159.JPG",
    *,
    size_bytes: int | None = None,
    settings: Settings | None = None,
    catalogue: Catalogue | None = None,
    registered: bool = True,
    account: str | None = None,
    sites: Mapping[str, tuple[Site, ...]] | None = None,
    records: Records | None = None,
) -> Sidecar:
    """Return the sidecar that these bytes get under this upload path."""
    settings = settings or Settings()
    facts = read_facts(content, len(content) if size_bytes is None else size_bytes, path, settings.limits)
    item = Item(ITEM_ID, path.encode("utf-8", "surrogateescape"), "ftps", account=account)
    return decide(
        item,
        facts,
        catalogue or shipped(),
        settings,
        decided_at=ARRIVAL,
        records=records or Records(lambda camera_id: _record(registered, (sites or {}).get(camera_id, ()))),
    )


def _record(registered: bool, sites: tuple[Site, ...]) -> Record:
    return reduce(with_site, sites, {"registered": registered})


def records_of(records: Mapping[str, Record]) -> Records:
    """Return what a verdict may ask where these cameras have a record."""
    return Records(records.get)


def codes(sidecar: Sidecar) -> list[str]:
    """Return the codes of a sidecar's problems, then of its warnings."""
    return [problem.code for problem in sidecar.problems] + [warning.code for warning in sidecar.warnings]
