"""Alert rules for a Prometheus that watches gateways, made from one table."""

from dataclasses import dataclass

PART = 'camspool_part_state{part="%s",state="bad"} == 1'


@dataclass(frozen=True)
class Alarm:
    """One rule: its name, what must hold for how many minutes, and what is said then."""

    name: str
    expression: str
    minutes: int
    severity: str
    summary: str


ALARMS = (
    Alarm("CamspoolGone", 'up{job="camspool"} == 0', 5, "critical", "The gateway gives no figures."),
    Alarm("CamspoolWatcherHalted", "camspool_watcher_heartbeat_age_seconds > 90", 5, "critical", "The watcher halts."),
    Alarm("CamspoolQueueOld", "camspool_queue_oldest_seconds > 300", 2, "critical", "Files wait for their verdict."),
    Alarm("CamspoolNoCameraGetsIn", PART % "ftps", 5, "critical", "Port 21 does not answer."),
    Alarm("CamspoolNoCameraGetsInImplicit", PART % "ftps-implicit", 5, "critical", "Port 990 does not answer."),
    Alarm("CamspoolAuditRed", "camspool_audit_wrong > 0", 0, "critical", "An acknowledged file has no outcome."),
    Alarm("CamspoolAuditLate", "camspool_audit_age_seconds > 10800", 10, "warning", "The audit does not run."),
    Alarm(
        "CamspoolCertificateEnds",
        "camspool_certificate_left_seconds < 14 * 86400",
        60,
        "warning",
        "The certificate ends soon.",
    ),
    Alarm(
        "CamspoolDiskFull",
        "camspool_disk_free_bytes < 2 * camspool_disk_reserve_bytes",
        10,
        "critical",
        "The disk is near the reserve, at which cameras are turned away.",
    ),
    Alarm("CamspoolTargetStuck", "camspool_outbox_oldest_seconds > 86400", 10, "warning", "A target gets no items."),
    Alarm("CamspoolTargetRefuses", "camspool_outbox_failed > 0", 10, "warning", "A target refuses items."),
    Alarm("CamspoolNothingHeard", "camspool_contact_age_seconds > 86400", 10, "warning", "No camera is heard of."),
    Alarm("CamspoolAlertsHalted", "camspool_alerts_age_seconds > 600", 5, "critical", "Nobody looks what is wrong."),
)


def alarm_rules(minutes_most: int | None = None) -> str:
    """Return the rules as Prometheus reads them; `minutes_most` shortens how long each must hold, for a trial."""
    lines = ["# Made by camspool metrics --alarms.", "groups:", "  - name: camspool", "    rules:"]
    for alarm in ALARMS:
        minutes = alarm.minutes if minutes_most is None else min(alarm.minutes, minutes_most)
        lines += [
            f"      - alert: {alarm.name}",
            f"        expr: '{alarm.expression}'",
            f"        for: {minutes}m",
            f"        labels: {{severity: {alarm.severity}}}",
            f'        annotations: {{summary: "{alarm.summary}"}}',
        ]
    return "\n".join(lines) + "\n"
