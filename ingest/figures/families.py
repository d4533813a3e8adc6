"""What the gateway knows as families of metrics, named after Prometheus' conventions (base units in names).

What can become less, as items do by retention, is a gauge; counters are the watcher's own. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from ingest.figures.knowledge import CameraFigures, Knowledge

CAMERAS_MAX = 500
"""Of so many cameras each has figures of its own: a stranger may name a new camera with every file."""
DAY_S = 86_400
STATES = ("good", "attention", "bad")


def families(known: Knowledge) -> Iterator[Metric]:
    """Yield every family, also those without a sample: so a dashboard finds all of them at once."""
    yield _info(known)
    yield from _of_parts(known.parts)
    yield _labelled("camspool_items", "Items that are kept.", ("verdict", "reason"), known.items)
    yield _labelled(
        "camspool_connections_today",
        "FTPS connections of today (UTC) that have ended, by what came of them.",
        ("outcome",),
        {(outcome,): count for outcome, count in known.connections.items()},
    )
    yield from _of_cameras(known)
    yield _labelled("camspool_incidents", "Incidents that are open.", ("rule", "urgency"), known.incidents)


def _info(known: Knowledge) -> Metric:
    return _labelled("camspool_info", "Which version this is.", ("version",), {(known.version,): 1})


def _of_parts(parts: Mapping[str, Mapping[str, Any]]) -> Iterator[Metric]:
    told = {(name, state): int(part["state"] == state) for name, part in parts.items() for state in STATES}
    yield _labelled("camspool_part_state", "1 for the state that a part of status has.", ("part", "state"), told)
    for name, (part, figure, words) in PLAIN.items():
        yield _plain(name, words, _figure(parts, part, figure))
    days = _figure(parts, "certificate", "days_left")
    words = "For how long the certificate still holds."
    yield _plain("camspool_certificate_left_seconds", words, None if days is None else days * DAY_S)
    yield from _of_verdicts(parts.get("watcher", {}).get("figures", {}))
    yield from _of_targets(parts.get("outbox", {}).get("figures", {}).get("targets", {}))


PLAIN = {
    "camspool_queue_items": ("queue", "waiting", "Items that wait for their verdict."),
    "camspool_queue_oldest_seconds": ("queue", "oldest_age_s", "How long the oldest of them waits."),
    "camspool_watcher_heartbeat_age_seconds": ("watcher", "heartbeat_age_s", "Since the watcher's last sign of life."),
    "camspool_disk_free_bytes": ("disk", "free_bytes", "Room on the spool's disk."),
    "camspool_disk_size_bytes": ("disk", "total_bytes", "Size of the spool's disk."),
    "camspool_disk_reserve_bytes": ("disk", "reserve_bytes", "Below so much room cameras are turned away."),
    "camspool_audit_age_seconds": ("audit", "audit_age_s", "Since the last audit."),
    "camspool_audit_wrong": ("audit", "wrong", "Acknowledged transfers without exactly one outcome."),
    "camspool_contact_age_seconds": ("contact", "last_contact_age_s", "Since a camera was heard of last."),
    "camspool_alerts_age_seconds": ("alerts", "looked_age_s", "Since the alerts looked last."),
}
"""Gauges without labels: each the figure of a part of status."""


def _figure(parts: Mapping[str, Mapping[str, Any]], part: str, figure: str) -> float | None:
    value = parts.get(part, {}).get("figures", {}).get(figure)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _of_targets(targets: Mapping[str, Mapping[str, Any]]) -> Iterator[Metric]:
    for name, figure, words in (
        ("camspool_outbox_waiting", "waiting", "Items and letters that still have to go to a target."),
        ("camspool_outbox_failed", "failed", "What a target refuses for good."),
        ("camspool_outbox_oldest_seconds", "oldest_age_s", "How long the oldest of them waits."),
    ):
        yield _labelled(name, words, ("target",), {(target,): told[figure] for target, told in targets.items()})
    paused = {(target,): int(told["is_paused"]) for target, told in targets.items()}
    yield _labelled("camspool_outbox_paused", "1 where a person lets a target rest.", ("target",), paused)


def _of_verdicts(watcher: Mapping[str, Any]) -> Iterator[Metric]:
    """Yield what the watcher has counted since its start."""
    verdicts = CounterMetricFamily("camspool_verdicts", "Verdicts since the start.", labels=("verdict", "reason"))
    for name, count in watcher.get("verdicts", {}).items():
        verdict, _, reason = name.partition("/")
        verdicts.add_metric((verdict, reason), count)
    yield verdicts
    seconds = HistogramMetricFamily("camspool_verdict_seconds", "From the last byte of an upload to its verdict.")
    if slots := watcher.get("verdict_seconds"):
        seconds.add_metric((), list(slots.items()), watcher["verdict_seconds_sum"])
    yield seconds


def _of_cameras(known: Knowledge) -> Iterator[Metric]:
    states: dict[tuple[str, ...], float] = dict.fromkeys(((state,) for state in ("active", "silent", "never")), 0)
    for camera in known.cameras:
        states[(camera.state,)] = states.get((camera.state,), 0) + 1
    yield _labelled("camspool_cameras", "Cameras, by whether they are heard of.", ("state",), states)
    attention = {(kind,): count for kind, count in known.attention.items()}
    yield _labelled("camspool_cameras_attention", "Cameras that need attention, by what.", ("kind",), attention)
    shown = known.cameras[:CAMERAS_MAX]
    battery = {(one.camera_id,): one.battery_percent for one in shown if one.battery_percent is not None}
    yield _labelled("camspool_camera_battery_percent", "A camera's battery, by its last report.", ("camera",), battery)
    yield _labelled("camspool_camera_contact_age_seconds", "Since a camera was heard of.", ("camera",), _ages(shown))
    left_out = len(known.cameras) - len(shown)
    yield _plain("camspool_cameras_left_out", f"Cameras beyond {CAMERAS_MAX}, without figures of their own.", left_out)


def _ages(cameras: Sequence[CameraFigures]) -> dict[tuple[str, ...], float]:
    return {(one.camera_id,): one.contact_age_s for one in cameras if one.contact_age_s is not None}


def _plain(name: str, words: str, value: float | None) -> Metric:
    family = GaugeMetricFamily(name, words)
    if value is not None:
        family.add_metric((), value)
    return family


def _labelled(name: str, words: str, labels: Sequence[str], told: Mapping[Any, float]) -> Metric:
    """Return a gauge; the keys of `told` are tuples with a value for each label."""
    family = GaugeMetricFamily(name, words, labels=labels)
    for values, number in told.items():
        family.add_metric(values, number)
    return family
