"""Every kind of trouble of a fleet: when it begins, what tells of it, and how soon it must."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.connections.record import ConnectionRecord, connection_record_line
from ingest.spool.stamp import new_id, utc_text
from tests.faults.fleet_changes import battery, capped_at, clock_off, moved, rejected, turned
from tests.fleets import DAY, Camera

START = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 90


def on(day: float) -> datetime:
    return START + day * DAY


@dataclass(frozen=True)
class Case:
    """One trouble: what happens, from when until when, which messages are of it, and how long the first may take."""

    name: str
    began: datetime
    ended: datetime | None
    rule: str
    about: str
    within: timedelta
    most: int = 2


def part(name: str, state: str, sentence: str, **figures: Any) -> dict[str, Any]:
    return {"name": name, "state": state, "sentence": sentence, "figures": figures}


GATEWAY = [
    ("The watcher halts", 30, 30.5, "watcher", part("watcher", "bad", "The watcher gave its last sign 2 hours ago.")),
    ("The disk fills up", 33, 35, "disk", part("disk", "attention", "3.0 GB of 40.0 GB are free: make room soon.")),
    ("The certificate ends", 36, 38, "certificate", part("certificate", "attention", "It holds until 2026-04-20.")),
    ("The canary fails", 39, 39.5, "canary", part("timers", "bad", "It failed.", **{"camspool-canary": "exit-code"})),
    ("The audit is red", 41, 42, "audit", part("audit", "bad", "a.jpg has no outcome.", transfers=9, wrong=1)),
    (
        "A target stands still",
        43,
        45,
        "backlog",
        part(
            "outbox",
            "bad",
            "archive rests.",
            targets={
                "archive": {
                    "waiting": 900, "failed": 0, "oldest_age_s": 90_000.0, "is_paused": False, "last_error": "No route."
                }
            },
        ),
    ),
]  # fmt: skip


def befall(fleet: list[Camera]) -> list[Case]:
    """Let each kind of trouble happen to a camera of its own; return the cases."""
    by_way = {way: [one for one in fleet if one.number % 10 == way] for way in range(10)}
    daily, chance = iter(by_way[1]), iter(by_way[6])
    cases = []

    def case(
        name: str,
        camera: Camera | None,
        day: float,
        end: float | None,
        rule: str,
        hours: float,
        about: str = "",
        most: int = 2,
    ) -> Camera | None:
        key = about or (camera.id if camera else "")
        cases.append(Case(name, on(day), on(end) if end else None, rule, key, timedelta(hours=hours), most))
        return camera

    stolen = next(daily)
    stolen.lost.append((on(50), on(DAYS)))
    case("One camera is silent for good", stolen, 50, None, "silent", 84, most=1)
    away = next(chance)
    away.lost.append((on(52), on(64)))
    case("One that sends by chance is silent for 12 days", away, 52, 64, "silent", 240)
    empty = next(daily)
    empty.changes.append(battery(START, lambda day: max(0, round(100 - 1.4 * day))))
    empty.lost.append((on(72), on(DAYS)))
    case("A battery runs empty", empty, 42, None, "battery", 12 * 24, most=2)
    case("and its camera falls silent", empty, 72, None, "silent", 84, most=1)
    trembling = next(daily)
    trembling.changes.append(battery(START, lambda day: (29, 31)[int(day) % 2] if 20 <= day < 60 else 90))
    case("A battery trembles around the bound", trembling, 20, 60, "battery", 60)
    full = next(daily)
    full.card_a_day = 1.6
    case("A card fills up", full, 47, None, "card", 40, most=2)
    for _ in range(5):
        one = next(chance)
        one.changes.append(rejected((on(24), on(28)), "missing_location", latitude=None))
    case("Photos of five cameras are rejected", None, 24, 28, "rejected", 60, about="missing_location", most=3)
    knocking = next(chance)
    knocking.changes.append(rejected((on(62), on(65)), "unknown_camera"))
    case("A camera that is not registered", knocking, 62, 65 + 8, "unknown", 24)
    stranger = next(chance)
    stranger.changes.append(
        rejected(
            (on(66), on(67)), "no_matching_profile", camera_id=None, profile=None, exif={"Make": "Acme", "Model": "T1"}
        )
    )
    case("A camera type that no profile knows", None, 66, 67 + 8, "unknown", 24, about="type Acme")
    for one in by_way[2][:20]:
        one.changes.append(clock_off(on(28), 1))
    case("Twenty clocks miss summer time", None, 28, None, "clock", 30, about="zone 1", most=3)
    reset = next(chance)
    reset.changes.append(clock_off(on(70), 24 * 365 * 20))
    case("A clock is reset", reset, 70, None, "clock", 100, about="reset", most=1)
    stolen_too = next(chance)
    stolen_too.changes.append(moved(on(54)))
    case("A camera is moved", stolen_too, 54, None, "moved", 60, most=1)
    upside_down = next(chance)
    upside_down.changes.append(turned(on(56)))
    case("A camera is turned", upside_down, 56, None, "turned", 60)
    capped = next(daily)
    capped.photos_a_day = 12.0
    capped.changes.append(capped_at(5, on(64)))
    case("A camera reaches its daily limit", capped, 64, None, "cap", 6 * 24, most=2)
    return cases


def refuse_log_ins(root: Path, at: datetime) -> None:
    lines = ""
    for number in range(6):
        moment = at + number * timedelta(minutes=20)
        connection = ConnectionRecord(
            new_id(moment),
            "100.64.1.7",
            None,
            "TLSv1.2",
            None,
            "explicit",
            ("camera",),
            (),
            (),
            utc_text(moment),
            utc_text(moment),
            "",
        )
        lines += connection_record_line(connection)
    (root / "connections" / f"{at:%Y-%m-%d}.jsonl").write_text(lines)
