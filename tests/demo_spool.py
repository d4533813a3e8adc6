"""Fills a spool for the demo: twelve cameras over 90 days, with the verdicts that the gateway gives to their files.

`python -m tests.demo_spool DIR` fills one; nothing may run on it meanwhile.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.connections.record import ConnectionRecord, Transfer, connection_record_line, what_happened
from ingest.connections.refusals import Refused, judge
from ingest.connections.store import day_path
from ingest.connections.tls_failures import tls_failure
from ingest.index.store import enter, open_index
from ingest.pipeline import Originals
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.reading.facts import read_facts
from ingest.settings.values import Settings
from ingest.spool.camera_records import write_camera_record
from ingest.spool.item import Item
from ingest.spool.moves import place_of
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import id_time, new_id, utc_text
from ingest.verdict.decision import as_duplicate, decide
from tests.demo_fleet import FLEET
from tests.demo_history import DemoUpload, uploads

DAYS = 90
CLIENTS = ("100.64.1.7", "100.64.3.18", "100.64.9.201")
_BATCH = 500


@dataclass(frozen=True)
class DemoItem:
    """One upload of the history, with the verdict that the gateway gives to it."""

    sidecar: Sidecar
    content: bytes


def fill(root: Path, settings: Settings | None = None, days: int = DAYS, now: datetime | None = None) -> int:
    """Fill a spool and its index; return the number of items. What is there already stays."""
    settings = replace(settings or Settings(), root=root)
    now = now or datetime.now(UTC)
    root.mkdir(parents=True, exist_ok=True)
    prepare_spool(root)
    decided = [_keep(root, item) for item in items(settings, days, now)]
    with closing(open_index(root)) as index:
        for start in range(0, len(decided), _BATCH):
            enter(index, decided[start : start + _BATCH])
    _write_records(root)
    _write_connections(root, decided, now)
    _write_doings(root, decided, now)
    return len(decided)


def items(settings: Settings, days: int, now: datetime, seed: int = 0) -> Iterator[DemoItem]:
    """Yield the items of the last days, oldest first."""
    catalogue = load_catalogue(settings.profile_folders)
    originals: Originals = {}
    for upload in uploads(now, days, settings.zone, seed):
        sidecar = _judged(upload, catalogue, settings)
        if sidecar.sha256 and sidecar.verdict == "accepted":
            sidecar = _settled(sidecar, originals)
        yield DemoItem(sidecar, upload.content)


def _judged(upload: DemoUpload, catalogue: Catalogue, settings: Settings) -> Sidecar:
    connection = new_id(upload.at - timedelta(seconds=4))
    client = CLIENTS[len(upload.camera) % 2 if upload.camera else 2]
    item = Item(new_id(upload.at), upload.path.encode(), "ftps", connection, "camera", client)
    facts = read_facts(upload.content, len(upload.content), item.path, settings.limits)
    later = upload.at + timedelta(milliseconds=40)
    return decide(item, facts, catalogue, settings, decided_at=later)


def _keep(root: Path, item: DemoItem) -> tuple[Sidecar, str]:
    """Put an item where the gateway would."""
    place = place_of(item.sidecar)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / f"{place}.json").write_text(sidecar_text(item.sidecar))
    (root / place).write_bytes(item.content)
    return item.sidecar, place


def _settled(sidecar: Sidecar, originals: Originals) -> Sidecar:
    original = originals.setdefault((sidecar.camera_id, sidecar.sha256 or ""), sidecar.id)
    return sidecar if original == sidecar.id else as_duplicate(sidecar, original)


def _write_records(root: Path) -> None:
    for camera in FLEET:
        if camera.name:
            write_camera_record(root, camera.id, {"name": camera.name, "notes": camera.notes, "registered": True})
    write_camera_record(root, "861943070099999", {"name": "Spare, on the shelf", "notes": "", "registered": True})


def _write_connections(root: Path, decided: list[tuple[Sidecar, str]], now: datetime) -> None:
    """Write the record of each item's connection of the last days, and of some that brought nothing."""
    since = utc_text(now - timedelta(days=3))
    records = [_came(sidecar) for sidecar, _ in decided if sidecar.received_at >= since]
    refused, _ = judge([Refused("CWD", "/DCIM/100MEDIA", "550 Failed to change directory.", 0)], [])
    records += [
        _failed(now - timedelta(minutes=2), logins=("camera",)),
        _failed(now - timedelta(hours=1), failures=(tls_failure("::unsupported protocol", "explicit"),)),
        _failed(now - timedelta(hours=3), failures=tuple(refused), account="camera"),
        _failed(now - timedelta(hours=5), cut="E1000412.JPG"),
        _failed(now - timedelta(hours=9)),
    ]
    for one in sorted(records, key=lambda one: one.id):
        with day_path(root, datetime.fromisoformat(one.started_at).date()).open("a") as file:
            file.write(connection_record_line(one))


def _came(sidecar: Sidecar) -> ConnectionRecord:
    transfer = Transfer(f"/{sidecar.upload_path}", sidecar.size_bytes, "complete", sidecar.received_at[:19] + "Z")
    return _connection(sidecar.connection or "", sidecar.client or "", (transfer,), account="camera")


def _failed(
    at: datetime,
    logins: tuple[str, ...] = (),
    failures: tuple[str, ...] = (),
    cut: str = "",
    account: str | None = None,
) -> ConnectionRecord:
    transfers = (Transfer(f"/{cut}", 76_000, "failed", utc_text(at)[:19] + "Z", "cut off at 61 %"),) if cut else ()
    account = account or (None if logins or failures else "camera")
    return _connection(new_id(at), CLIENTS[0], transfers, logins, failures, account)


def _connection(
    connection_id: str,
    client: str,
    transfers: tuple[Transfer, ...] = (),
    logins: tuple[str, ...] = (),
    failures: tuple[str, ...] = (),
    account: str | None = None,
) -> ConnectionRecord:
    start = id_time(connection_id)
    tls = "TLSv1.2" if account or not failures else None
    return ConnectionRecord(
        id=connection_id,
        client=client,
        account=account,
        tls_version=tls,
        tls_cipher="ECDHE-RSA-AES256-GCM-SHA384" if tls else None,
        mode="explicit" if tls else None,
        logins_refused=logins,
        transfers=transfers,
        failures=failures,
        started_at=utc_text(start),
        ended_at=utc_text(start + timedelta(seconds=9)),
        what_happened=what_happened(account, logins, transfers, failures),
    )


def _write_doings(root: Path, decided: list[tuple[Sidecar, str]], now: datetime) -> None:
    """Write two requests that admins made, as they look when done."""
    rejected = [sidecar.id for sidecar, _ in decided if sidecar.verdict == "rejected"][-5:]
    for hours, by, action in ((30, "anna", "requeue"), (52, "piet", "edit_camera")):
        at = now - timedelta(hours=hours)
        content = {"action": action, "by": by, "at": utc_text(at), "done_at": utc_text(at + timedelta(seconds=1))}
        if action == "requeue":
            results = [{"id": one, "outcome": "requeued", "message": "Waits for a new verdict."} for one in rejected]
            content |= {"ids": rejected, "results": results}  # type: ignore[dict-item]
        else:
            saved = {"id": FLEET[0].id, "outcome": "saved", "message": "The camera's record is saved."}
            content |= {"camera_id": FLEET[0].id, "record": {}, "results": [saved]}  # type: ignore[dict-item]
        (root / "requests" / "done" / f"{new_id(at)}.json").write_text(json.dumps(content, indent=1))


if __name__ == "__main__":
    print(f"{fill(Path(sys.argv[1]).absolute())} items")
