"""Whether what should run on a host does: the admin, nginx, fail2ban, the firewall, what has no other part."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.upkeep.part import Part, State, worst
from ingest.upkeep.systemd import has_systemd, units_properties

_PROPERTIES = ("ActiveState", "SubState", "UnitFileState", "Result")


@dataclass(frozen=True)
class Service:
    """A unit, and what follows where it does not run. `optional`: a host may do without; `urgent`: it does not wait."""

    unit: str
    without_it: str
    optional: bool = False
    urgent: bool = False


SERVICES = (
    Service("camspool-firewall.service", "the host may be open to everybody", optional=True, urgent=True),
    Service("camspool-webadmin.socket", "nobody reaches the admin"),
    Service("camspool-webadmin.service", "nobody reaches the admin"),
    Service("nginx.service", "nobody reaches the admin"),
    Service("camspool-relay.socket", "files cannot be sent from the admin's upload page"),
    Service("camspool-provider.socket", "nobody logs in by the provider", optional=True),
    Service("camspool-alerts.service", "nobody is told what is wrong"),
    Service("fail2ban.service", "nobody who guesses passwords is banned"),
)
WITH_A_PART = (
    *("camspool-watch.service", "camspool-ftps.socket", "camspool-ftps-implicit.socket", "camspool-outbox.service"),
    *("camspool-canary.timer", "camspool-audit.timer", "camspool-retention.timer", "camspool-figures.timer"),
    *("camspool-backup.timer", "camspool-backup-test.timer"),
)
"""Units that other parts judge; here their states are figures only."""

Units = Mapping[str, Mapping[str, str]]
"""The properties of each unit that systemd has, by its name."""


def services_part() -> Part:
    """Judge the services by what systemd says of them now."""
    if not has_systemd():
        return Part("services", "good", "No service runs here; on a host systemd sees to them.")
    names = (*(service.unit for service in SERVICES), *WITH_A_PART)
    return judge_services(units_properties(names, _PROPERTIES))


def judge_services(units: Units) -> Part:
    """Judge the services by their units; a machine without the watcher's is no host of a gateway."""
    figures = {name: unit.get("ActiveState", "unknown") for name, unit in units.items()}
    if "camspool-watch.service" not in units:
        return Part("services", "good", "No service of a gateway is installed here.", figures)
    found = [said for service in SERVICES if (said := _judge(service, units.get(service.unit)))]
    if not found:
        return Part("services", "good", "Every service runs.", figures)
    return Part("services", worst(state for state, _ in found), " ".join(words for _, words in found), figures)


def _judge(service: Service, unit: Mapping[str, str] | None) -> tuple[State, str] | None:
    down: State = "bad" if service.urgent else "attention"
    if unit is None:
        return None if service.optional else (down, f"{service.unit} is not installed: {service.without_it}.")
    is_enabled = unit.get("UnitFileState") == "enabled"
    if unit.get("ActiveState") == "active":
        without = f"{service.unit} will not come back after a restart of the host: systemctl enable {service.unit}."
        return None if is_enabled else ("attention", without)
    if service.optional and not is_enabled and unit.get("ActiveState") != "failed":
        return None
    see = f"See: journalctl -u {service.unit.removesuffix('.service')} -n 50."
    return down, f"{service.unit} {_how(unit)}: {service.without_it}. {see}"


def _how(unit: Mapping[str, str]) -> str:
    """Return how a unit does not run, in words."""
    if unit.get("ActiveState") == "failed":
        return f"has failed ({unit.get('Result', 'unknown')})"
    if unit.get("SubState") == "auto-restart":
        return f"ends again and again ({unit.get('Result', 'unknown')})"
    return "does not run"
