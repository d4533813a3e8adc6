"""What rules look at is read from the index, the records of connections and the admins' records."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.alerts.gathering import gather, longest_pause_h
from ingest.alerts.memory import Memory
from ingest.alerts.trouble import Counters, Facts, RefusedLogIns
from ingest.connections.record import ConnectionRecord, connection_record_line
from ingest.fleet.attention import Refusal
from ingest.index.store import enter, open_index, set_state
from ingest.settings.values import Settings
from ingest.spool.moves import place_of
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, incident, part


def put(root: Path, ago: timedelta, **changes: Any) -> None:
    at = NOW - ago
    sidecar = make_sidecar(new_id(at), **{"received_at": utc_text(at), "camera_id": "oak", "profile": "p", **changes})
    with closing(open_index(root)) as index:
        enter(index, [(sidecar, place_of(sidecar))])
        set_state(index, "complete", "yes")


def seen(root: Path, **changes: Any) -> Facts:
    given: dict[str, Any] = {"parts": [part("disk", "good")], "open_": [], "memory": Memory(), **changes}
    return gather(Settings(root=root), now=NOW, **given)


def test_an_index_that_is_not_there_or_not_whole_tells_nothing_of_cameras(root: Path) -> None:
    assert not seen(root).knows_cameras and seen(root).parts["disk"]["state"] == "good"
    with closing(open_index(root)):
        assert not seen(root).knows_cameras
    put(root, HOUR)
    assert seen(root).knows_cameras


def test_cameras_with_their_contacts_sides_refusals_and_counters(root: Path) -> None:
    for hours in (30, 20, 10):
        put(root, hours * HOUR, exif={"Orientation": 3 if hours == 10 else 1}, account="north")
    put(root, 5 * HOUR, verdict="rejected", reason="missing_location")
    for days in (3, 2, 1):
        fields = {"camera_id": "oak", "images_total": 90 - 10 * days, "images_sent": 50, "battery_percent": 80}
        put(root, days * DAY, kind="report", fields=fields)
    found = seen(root)
    assert found.cameras["oak"].battery_percent == 80 and found.trends.keys() == {"oak"}
    assert found.orientations == {"oak": (3, 1, 1)}
    assert found.refusals["oak"] == Refusal("missing_location", 1, utc_text(NOW - 5 * HOUR))
    assert found.counters == [Counters("oak", (80, 70, 60), (50, 50, 50))]
    (contacts,) = found.contacts
    assert contacts.days[-1][1] == found.last_heard_at == NOW - 5 * HOUR
    assert found.longest_pause_h is None


def test_a_camera_known_to_be_silent_for_long_is_still_looked_at(root: Path) -> None:
    put(root, 80 * DAY)
    put(root, HOUR, camera_id="elm")
    assert [one.camera_id for one in seen(root).contacts] == ["elm"]
    silent = seen(root, open_=[incident("silent:oak", cameras=("oak",))])
    assert [one.camera_id for one in silent.contacts] == ["elm", "oak"]


def hours(*ago: float) -> list[datetime]:
    return [NOW - one * HOUR for one in sorted(ago, reverse=True)]


@pytest.mark.parametrize(
    ("heard", "longest"),
    [((), None), ((3, 2, 1), None), (tuple(range(200)), 1.0), ((*range(100), *range(110, 200)), 11.0)],
)
def test_the_longest_pause_is_known_after_a_week(heard: tuple[int, ...], longest: float | None) -> None:
    assert longest_pause_h(hours(*heard), (), NOW) == longest


def test_a_pause_in_which_nobody_could_be_heard_is_none() -> None:
    heard = hours(*range(100), *range(110, 200))
    assert longest_pause_h(heard, ((NOW - 110 * HOUR, NOW - 99 * HOUR),), NOW) == 1.0


def refuse(root: Path, ago: timedelta, *names: str) -> None:
    at = NOW - ago
    record = ConnectionRecord(
        new_id(at), "100.64.1.7", None, None, None, "explicit", names, (), (), utc_text(at), utc_text(at), ""
    )
    (root / "connections").mkdir(exist_ok=True)
    with (root / "connections" / f"{at:%Y-%m-%d}.jsonl").open("a") as file:
        file.write(connection_record_line(record))


def test_only_log_ins_with_the_name_of_an_account_count(root: Path) -> None:
    for hour in (30, 20, 2):
        refuse(root, hour * HOUR, "camera", "root")
    refuse(root, HOUR)
    settings = Settings(root=root)
    assert seen(root).log_ins == [RefusedLogIns("camera", 2, "100.64.1.7", NOW - 20 * HOUR, NOW - 2 * HOUR)]
    other = replace(settings, ftps=replace(settings.ftps, account="x", accounts=("root",)))
    found = gather(other, [], [], Memory(), NOW)
    assert [one.account for one in found.log_ins] == ["root"]
