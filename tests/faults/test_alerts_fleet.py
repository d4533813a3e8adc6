"""300 cameras over 90 days: each trouble is told once, soon, and nothing is told where nothing is wrong.

The index is real, and so is every look; the clock is simulated. A table is printed: for each trouble when it began,
when the first message came, and how many came.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tabulate import tabulate

from ingest.alerts.looking import look
from ingest.alerts.words import lasted
from ingest.connections.record import ConnectionRecord, connection_record_line
from ingest.index.store import enter, open_index, set_state
from ingest.settings.values import Settings
from ingest.spool.incidents import incidents_in
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time, new_id, parse_utc, utc_text
from tests.fleets import DAY, HOUR, Camera, Span, arrivals, make_fleet
from tests.spools import make_spool

START = datetime(2026, 3, 1, tzinfo=UTC)
DAYS, SIZE = 90, 300
EVERY = 3 * HOUR
SEED = 14


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


@dataclass(frozen=True)
class Told:
    """One message: when, of which rule, what it tells, and the incidents' cameras and keys."""

    at: datetime
    what: str
    rules: frozenset[str]
    about: str
    title: str


def good(name: str, **figures: Any) -> dict[str, Any]:
    return {"name": name, "state": "good", "sentence": "All is well.", "figures": figures}


def parts_at(troubles: list[tuple[Span, dict[str, Any]]], now: datetime) -> list[dict[str, Any]]:
    """Return what status says at a moment: all is well, but for what is wrong then."""
    names = ("watcher", "queue", "disk", "uploads", "ftps", "ftps-implicit", "certificate", "audit", "timers", "outbox")
    figures: dict[str, dict[str, Any]] = {"outbox": {"targets": {}}, "audit": {"transfers": 1}}
    parts = {name: good(name, **figures.get(name, {})) for name in names}
    for (since, until), part in troubles:
        if since <= now < until:
            parts[part["name"]] = part
    return list(parts.values())


def live(
    root: Path, cameras: list[Camera], settings: Settings, parts: list[tuple[Span, dict[str, Any]]], off: list[Span]
) -> None:
    """Let the days go by: what arrives is entered, and everything is looked at every three hours, but while the
    gateway is off."""
    dice = Random(SEED)
    coming = sorted((one for camera in cameras for one in arrivals(camera, START, DAYS, dice)), key=lambda one: one.id)
    waiting = iter(coming)
    following = next(waiting, None)
    now = START
    with closing(open_index(root)) as index:
        set_state(index, "complete", "yes")
        while now < on(DAYS):
            now += EVERY
            batch: list[Sidecar] = []
            while following and id_time(following.id) <= now:
                batch.append(following)
                following = next(waiting, None)
            enter(index, [(sidecar, place_of(sidecar)) for sidecar in batch])
            if not any(since <= now < until for since, until in off):
                look(settings, parts_at(parts, now), now, EVERY)


def told(root: Path) -> list[Told]:
    """Return every message that people got, the first one first."""
    found: dict[str, list[Any]] = {}
    for incident in incidents_in(root):
        for message in incident.messages:
            found.setdefault(message.id, [message, []])[1].append(incident)
    return sorted(
        (
            Told(
                parse_utc(message.at),
                message.what,
                frozenset(one.rule for one in incidents),
                " ".join([*(one.key for one in incidents), *(camera for one in incidents for camera in one.cameras)]),
                message.title,
            )
            for message, incidents in found.values()
        ),
        key=lambda one: one.at,
    )


def settings_for(root: Path) -> Settings:
    return Settings(root=root, time_zone="Europe/Amsterdam")


def test_a_quiet_fleet_is_silent_for_90_days(tmp_path: Path, tell: Callable[[str], None]) -> None:
    root, cameras = make_spool(tmp_path), make_fleet(SIZE, Random(SEED))
    live(root, cameras, settings_for(root), [], [])
    messages = told(root)
    tell(f"A quiet fleet of {SIZE} cameras in {DAYS} days (seed {SEED}): {len(messages)} messages.")
    assert messages == [], "\n".join(f"{one.at} {one.title}" for one in messages)


def part(name: str, state: str, sentence: str, **figures: Any) -> dict[str, Any]:
    return {"name": name, "state": state, "sentence": sentence, "figures": figures}


def turned(since: datetime) -> Callable[[datetime, dict[str, Any]], None]:
    return lambda at, values: values["exif"].update(Orientation=3) if at >= since and values["exif"] else None


def moved(since: datetime) -> Callable[[datetime, dict[str, Any]], None]:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if at >= since and values["latitude"] is not None:
            values["latitude"] += 0.05

    return change


def clock_off(since: datetime, hours: float) -> Callable[[datetime, dict[str, Any]], None]:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if at >= since and values["captured_at_utc"]:
            values["captured_at_utc"] = utc_text(parse_utc(values["captured_at_utc"]) - timedelta(hours=hours))

    return change


def rejected(span: Span, reason: str, **changes: Any) -> Callable[[datetime, dict[str, Any]], None]:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if span[0] <= at < span[1] and values["kind"] == "image":
            values.update(verdict="rejected", reason=reason, **changes)

    return change


def capped_at(limit: int, since: datetime) -> Callable[[datetime, dict[str, Any]], None]:
    """Let a camera send so many photos a day at most, by its own count."""
    before = {"taken": 0, "sent": 0}

    def change(at: datetime, values: dict[str, Any]) -> None:
        if values["kind"] == "report":
            taken = values["fields"]["images_total"]
            new = taken - before["taken"]
            before.update(taken=taken, sent=before["sent"] + (min(new, limit) if at >= since else new))
            values["fields"]["images_sent"] = before["sent"]

    return change


def battery(value: Callable[[float], int]) -> Callable[[datetime, dict[str, Any]], None]:
    def change(at: datetime, values: dict[str, Any]) -> None:
        if values["kind"] == "report":
            values["fields"]["battery_percent"] = value((at - START) / DAY)

    return change


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
    empty.changes.append(battery(lambda day: max(0, round(100 - 1.4 * day))))
    empty.lost.append((on(72), on(DAYS)))
    case("A battery runs empty", empty, 42, None, "battery", 12 * 24, most=2)
    case("and its camera falls silent", empty, 72, None, "silent", 84, most=1)
    trembling = next(daily)
    trembling.changes.append(battery(lambda day: (29, 31)[int(day) % 2] if 20 <= day < 60 else 90))
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


def test_every_trouble_of_a_fleet_is_told_once_and_soon(tmp_path: Path, tell: Callable[[str], None]) -> None:
    root, fleet = make_spool(tmp_path), make_fleet(SIZE, Random(SEED))
    cases = befall(fleet)
    north, off = (on(75), on(77)), (on(80), on(81.5))
    for camera in fleet:
        if camera.account == "north":
            camera.late.append(north)
        camera.late += [(on(79), on(79.5)), off]
    cases += [
        Case("The carrier of 100 cameras is down for two days", *north, "silent", "since", 30 * HOUR),
        Case("No camera at all gets in for twelve hours", on(79), on(79.5), "nobody", "", 6 * HOUR),
        Case("Log-ins are refused", on(60), on(61.5), "log-ins", "camera", 12 * HOUR),
    ]
    parts = []
    for name, begin, end, rule, wrong in GATEWAY:
        parts.append(((on(begin), on(end)), wrong))
        cases.append(Case(name, on(begin), on(end), rule, "", 24 * HOUR))
    refuse_log_ins(root, on(60))
    live(root, fleet, settings_for(root), parts, [off])
    tell(table(cases, told(root)))
    problems = list(compare(cases, told(root)))
    assert not problems, "\n".join(problems)


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


def of_case(case: Case, messages: list[Told]) -> list[Told]:
    return [one for one in messages if one.what != "digest" and case.rule in one.rules and case.about in one.about]


def table(cases: list[Case], messages: list[Told]) -> str:
    rows = []
    for case in sorted(cases, key=lambda one: one.began):
        found = of_case(case, messages)
        first = lasted(case.began, found[0].at) if found else "never"
        rows.append((case.name, f"{case.began:%m-%d %H:%M}", first, len(found), " ".join(one.what for one in found)))
    return tabulate(rows, ("trouble", "began", "told after", "messages", ""), maxcolwidths=[48, None, None, None, 40])


def compare(cases: list[Case], messages: list[Told]) -> Iterator[str]:
    """Yield what is not as it should be: a trouble that is not told, late, before it was, or too often; a message of
    nothing."""
    for case in cases:
        found = of_case(case, messages)
        if not found:
            yield f"{case.name}: nobody was told."
        elif not case.began <= found[0].at <= case.began + case.within:
            yield f"{case.name}: began {case.began}, was told {found[0].at}."
        if len(found) > case.most:
            listed = ", ".join(f"{one.at} {one.what} {one.title}" for one in found)
            yield f"{case.name}: told {len(found)} times: {listed}."
        if case.ended and found and found[-1].what != "ended":
            yield f"{case.name}: nobody was told that it was over."
    matched = {id(one) for case in cases for one in of_case(case, messages)}
    for one in messages:
        if one.what != "digest" and id(one) not in matched:
            yield f"Nothing was wrong: {one.at} {one.what} {one.title} ({one.about})"
