"""datapackage.json: what a package holds, of whom, where and when (https://camtrap-dp.tdwg.org/metadata/). Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from ingest import VERSION as RELEASE
from ingest.exports.columns import OWN, TABLES, VERSION, schema_of
from ingest.exports.deployments import Deployment
from ingest.exports.spans import moment
from ingest.settings.values import Project

SCHEMAS = f"https://raw.githubusercontent.com/tdwg/camtrap-dp/{VERSION}"
_PERSON = re.compile(r"\s*(?P<name>[^<>]+?)\s*(?:<(?P<email>[^<>\s]+@[^<>\s]+)>)?\s*")
_TITLES = {
    "failures": "When cameras failed within their deployments, why, and what shows it",
    "effort": "Each day of each deployment: hours watched, photos, reports; true zeros",
}


@dataclass(frozen=True)
class About:
    """What a description tells beside the deployments: of which gateway, when it was made."""

    project: Project
    gateway: str
    made_at: datetime
    zone: tzinfo


def description(about: About, deployments: Sequence[Deployment]) -> dict[str, Any]:
    """Return the content of datapackage.json."""
    project = about.project
    whole: dict[str, Any] = {
        "name": f"{_slug(about.gateway)}-{about.made_at:%Y%m%dt%H%M%Sz}",
        "created": about.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": title_of(about),
        "contributors": list(_contributors(project)),
        "version": "1.0",
        "profile": f"{SCHEMAS}/camtrap-dp-profile.json",
        "sources": [{"title": "Camspool", "version": RELEASE}],
        "resources": [_resource(table) for table in TABLES],
        "project": {
            "title": title_of(about),
            "samplingDesign": project.sampling_design,
            "captureMethod": ["activityDetection"],
            "individualAnimals": False,
            "observationLevel": ["media"],
        },
        "spatial": _spatial(deployments),
        "temporal": _temporal(about, deployments),
        "taxonomic": [],
    }
    if project.licence:
        whole["licenses"] = [{"name": project.licence, "scope": scope} for scope in ("data", "media")]
    return whole


def title_of(about: About) -> str:
    """Return the project's title, or what stands for it where nobody has set one."""
    return about.project.title or f"Camera traps of {about.gateway}"


def unset(project: Project) -> list[str]:
    """Return the names of the settings that a package should have and nobody has set."""
    return [key for key in ("title", "contributors", "licence") if not getattr(project, key)]


def _contributors(project: Project) -> Iterator[dict[str, str]]:
    for number, text in enumerate(project.contributors or ("Not named",)):
        found = _PERSON.fullmatch(text)
        person = {"title": found["name"] if found else text, "role": "contributor" if number else "contact"}
        yield person | ({"email": found["email"]} if found and found["email"] else {})


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "camspool"


def _resource(table: str) -> dict[str, Any]:
    shape = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    common = {"name": table, "path": f"{table}.csv", "profile": "tabular-data-resource", **shape}
    if table in OWN:
        return common | {"title": _TITLES[table], "schema": schema_of(table)}
    return common | {"schema": f"{SCHEMAS}/{table}-table-schema.json"}


def _spatial(deployments: Sequence[Deployment]) -> dict[str, Any]:
    """Return the box around all positions, as GeoJSON; without any, an empty one."""
    if not deployments:
        return {"type": "Polygon", "coordinates": []}
    south, north = (pick(one.position[0] for one in deployments) for pick in (min, max))
    west, east = (pick(one.position[1] for one in deployments) for pick in (min, max))
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "bbox": [west, south, east, north], "coordinates": [corners]}


def _temporal(about: About, deployments: Sequence[Deployment]) -> dict[str, str]:
    if not deployments:
        return dict.fromkeys(("start", "end"), about.made_at.astimezone(about.zone).date().isoformat())
    first, last = min(one.span[0] for one in deployments), max(one.span[1] for one in deployments)
    return {key: moment(at, about.zone).date().isoformat() for key, at in (("start", first), ("end", last))}
