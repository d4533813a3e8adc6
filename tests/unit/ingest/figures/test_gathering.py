"""What figures are made of is read from status, the index and the connections of today."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.connections.record import ConnectionRecord, Transfer, connection_record_line
from ingest.connections.store import day_path
from ingest.figures.gathering import connections_of, know
from ingest.index.store import enter, open_index
from ingest.settings.values import Settings
from ingest.spool.incidents import write_incident
from ingest.spool.moves import place_of
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar
from tests.unit.ingest.alerts.cases import incident

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def put(root: Path, **changes: object) -> None:
    at = NOW - timedelta(hours=1)
    told = {"received_at": utc_text(at), "decided_at": utc_text(at), **changes}
    sidecar = make_sidecar(new_id(at), **told)
    with closing(open_index(root)) as index:
        enter(index, [(sidecar, place_of(sidecar))])


def test_it_knows_items_verdicts_cameras_and_incidents(root: Path) -> None:
    put(root, camera_id="oak")
    put(root, camera_id="oak", verdict="rejected", reason="no_metadata")
    write_incident(root, incident("disk:"))
    known = know(Settings(root=root), NOW)
    assert known.items == {("accepted", ""): 1, ("rejected", "no_metadata"): 1}
    (camera,) = known.cameras
    assert (camera.camera_id, camera.state, camera.contact_age_s) == ("oak", "active", 3600.0)
    assert known.incidents == {("disk", "notice"): 1} and known.parts["disk"]["state"] in ("good", "attention", "bad")


def test_without_an_index_the_rest_is_told(root: Path) -> None:
    known = know(Settings(root=root), NOW)
    assert known.items == {} and known.cameras == () and "queue" in known.parts


def line(*refused: str, outcome: str = "") -> str:
    at = utc_text(NOW)
    transfers = (Transfer("a.jpg", 3, outcome, at),) if outcome else ()  # type: ignore[arg-type]
    record = ConnectionRecord(new_id(NOW), None, None, None, None, None, refused, transfers, (), at, at, "")
    return connection_record_line(record)


def test_connections_are_counted_by_what_came_of_them(root: Path) -> None:
    lines = [line("camera"), line(outcome="complete"), line(outcome="complete"), line(outcome="failed"), line()]
    day_path(root, NOW.date()).write_text("".join(lines))
    assert know(Settings(root=root), NOW).connections == connections_of(lines)
    assert connections_of(lines) == {"refused log-in": 1, "failed transfer": 1, "complete": 2, "nothing": 1}
    assert set(know(Settings(root=root), NOW + timedelta(days=1)).connections.values()) == {0}
