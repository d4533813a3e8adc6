"""A Grafana dashboard of gateways, made from one table of panels."""

import json
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, ACROSS = 8, 7, 3


@dataclass(frozen=True)
class Panel:
    """One panel: its title, what it asks, how a line is called, and the unit as Grafana names it."""

    title: str
    query: str
    legend: str
    unit: str = "short"
    kind: str = "timeseries"


PANELS = (
    Panel("Parts that are bad", 'camspool_part_state{state="bad"} == 1', "{{part}}", kind="stat"),
    Panel("Incidents that are open", "camspool_incidents", "{{rule}}", kind="stat"),
    Panel("Cameras", "camspool_cameras", "{{state}}", kind="stat"),
    Panel(
        "Verdicts a minute",
        "sum by (verdict, reason) (rate(camspool_verdicts_total[5m])) * 60",
        "{{verdict}} {{reason}}",
    ),
    Panel("Queue", "camspool_queue_items", "items"),
    Panel(
        "Time to a verdict, of 19 in 20 uploads",
        "histogram_quantile(0.95, sum by (le) (rate(camspool_verdict_seconds_bucket[15m])))",
        "from the last byte",
        "s",
    ),
    Panel("Kept items", "sum by (verdict, reason) (camspool_items)", "{{verdict}} {{reason}}"),
    Panel("Connections of today", "camspool_connections_today", "{{outcome}}"),
    Panel("Since a camera was heard of", "camspool_contact_age_seconds", "any camera", "s"),
    Panel("Room on the disk", "camspool_disk_free_bytes", "free", "bytes"),
    Panel("Waiting for targets", "camspool_outbox_waiting", "{{target}}"),
    Panel("Refused by targets", "camspool_outbox_failed", "{{target}}"),
    Panel("Batteries below 40 %", "camspool_camera_battery_percent < 40", "{{camera}}", "percent"),
    Panel("Cameras that need attention", "camspool_cameras_attention", "{{kind}}"),
    Panel("The certificate holds for", "camspool_certificate_left_seconds", "left", "s"),
)


def dashboard() -> str:
    """Return the dashboard as Grafana imports it; it asks for a data source of Prometheus."""
    source = {"type": "prometheus", "uid": "${DS_PROMETHEUS}"}
    inputs = {"name": "DS_PROMETHEUS", "label": "Prometheus", "type": "datasource", "pluginId": "prometheus"}
    told = {
        "__inputs": [inputs],
        "title": "Camspool",
        "uid": "camspool",
        "schemaVersion": 39,
        "time": {"from": "now-24h", "to": "now"},
        "refresh": "1m",
        "panels": [_panel(number, panel, source) for number, panel in enumerate(PANELS)],
    }
    return json.dumps(told, indent=1) + "\n"


def _panel(number: int, panel: Panel, source: dict[str, str]) -> dict[str, Any]:
    return {
        "id": number + 1,
        "type": panel.kind,
        "title": panel.title,
        "datasource": source,
        "gridPos": {"x": WIDTH * (number % ACROSS), "y": HEIGHT * (number // ACROSS), "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
        "targets": [{"refId": "A", "expr": panel.query, "legendFormat": panel.legend, "datasource": source}],
    }
