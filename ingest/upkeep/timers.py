"""Whether what runs by the clock runs and succeeds: the canary, the audit, retention and the certificate's renewal."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.upkeep.part import Part, State, worst
from ingest.upkeep.systemd import has_systemd, units_properties

CANARY_FRESH_S = 3600.0
"""The canary flies four times an hour: after this time without a run, its failure says nothing about now."""

_PROPERTIES = ("ActiveState", "Result", "ExecMainExitTimestampMonotonic")


@dataclass(frozen=True)
class Task:
    """What a timer starts. `urgent`: while it fails, cameras may not get through."""

    unit: str
    what: str
    urgent: bool = False


TASKS = (
    Task("camspool-canary", "The canary, a test photo over both ports,", urgent=True),
    Task("camspool-audit", "The audit"),
    Task("camspool-retention", "Retention, which keeps the disk from filling up,"),
    Task("camspool-figures", "The writing of figures for node_exporter"),
    Task("certbot", "The renewal of the certificate"),
)

Units = Mapping[str, Mapping[str, str]]
"""The properties of each unit that systemd has, by its name."""


def timers_part() -> Part:
    """Judge the tasks by how systemd says their last runs ended."""
    if not has_systemd():
        return Part("timers", "good", "Nothing runs by the clock here; on a host systemd does that.")
    names = [f"{task.unit}.{kind}" for task in TASKS for kind in ("service", "timer")]
    return judge_timers(units_properties(names, _PROPERTIES), time.monotonic())


def judge_timers(units: Units, now_s: float) -> Part:
    """Judge the tasks by their units; `now_s` is a time of the clock that starts with the machine."""
    found = [said for task in TASKS if (said := _judge(task, units, now_s))]
    figures = {task.unit: _result(units, task) for task in TASKS if f"{task.unit}.service" in units}
    if not found:
        sentence = "Every task that runs by the clock succeeded." if figures else "systemd does not tell of any task."
        return Part("timers", "good" if figures else "attention", sentence, figures)
    return Part("timers", worst(state for state, _ in found), " ".join(words for _, words in found), figures)


def _judge(task: Task, units: Units, now_s: float) -> tuple[State, str] | None:
    service, timer = units.get(f"{task.unit}.service"), units.get(f"{task.unit}.timer")
    if service is None:
        return None
    if _result(units, task) != "success":
        ended_s = _ended_s(service)
        fresh = ended_s is None or now_s - ended_s < CANARY_FRESH_S
        ago = "" if ended_s is None else f" {_minutes(now_s - ended_s)} ago"
        sentence = f"{task.what} failed{ago} ({service['Result']}). See: journalctl -u {task.unit} -n 50."
        return ("bad" if task.urgent and fresh else "attention"), sentence
    if timer and timer.get("ActiveState") != "active":
        return "attention", f"{task.what} does not run any more. Start it: systemctl start {task.unit}.timer."
    return None


def _result(units: Units, task: Task) -> str:
    return units[f"{task.unit}.service"].get("Result", "unknown")


def _ended_s(service: Mapping[str, str]) -> float | None:
    """Return when the last run ended, in seconds since the machine started; None when systemd does not know."""
    microseconds = service.get("ExecMainExitTimestampMonotonic", "0")
    return int(microseconds) / 1e6 if microseconds.isdecimal() and microseconds != "0" else None


def _minutes(age_s: float) -> str:
    minutes = max(0, round(age_s / 60))
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
