"""Which incidents a page shows: what is open first, then what is over, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.spool.incidents import Incident, Known, incident_ids, open_incidents, read_incident, read_known

PAGE = 50


@dataclass(frozen=True)
class Line:
    """An incident, and who knows of it at this moment."""

    incident: Incident
    known: Known | None

    @property
    def state(self) -> str:
        """How urgent it is for whoever looks: bad, attention, wait (somebody knows), good (it is over)."""
        if not self.incident.is_open:
            return "good"
        if self.known:
            return "wait"
        return "bad" if self.incident.urgency == "urgent" else "attention"


def line_of(root: Path, incident: Incident, now: str) -> Line:
    """Return an incident with who knows of it now (`now` is UTC text)."""
    known = read_known(root, incident.id) if incident.is_open else None
    return Line(incident, known if known and known.holds_at(now) else None)


def open_lines(root: Path, now: str) -> list[Line]:
    """Return what is open: what is urgent first, then what began first."""
    found = [line_of(root, one, now) for one in open_incidents(root)]
    return sorted(found, key=lambda line: (line.state != "bad", line.known is not None, line.incident.began_at))


def over_page(root: Path, rule: str, before: str, moments: tuple[str, str] | None = None) -> tuple[list[Incident], str]:
    """Return the incidents that are over, the newest first, from the one before `before` on; and where the next page
    begins, empty for none. With `moments`, two UTC texts, only those that lasted for some of the time between."""
    found: list[Incident] = []
    for one in incident_ids(root):
        if before and one >= before:
            continue
        incident = read_incident(root, one)
        if incident is None or incident.is_open or (rule and incident.rule != rule):
            continue
        if moments and not was_between(incident, moments):
            continue
        if len(found) == PAGE:
            return found, found[-1].id
        found.append(incident)
    return found, ""


def was_between(incident: Incident, moments: tuple[str, str]) -> bool:
    """Say whether some of an incident was between two moments (UTC texts): one that is open goes on."""
    start, end = moments
    return incident.began_at < end and (incident.ended_at is None or incident.ended_at >= start)


def of_camera(lines: Iterable[Line], camera_id: str) -> list[Line]:
    """Return those that concern a camera."""
    return [line for line in lines if camera_id in line.incident.cameras]
