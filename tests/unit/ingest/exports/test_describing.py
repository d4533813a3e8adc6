"""datapackage.json."""

from datetime import UTC, datetime

from ingest.exports.columns import TABLES
from ingest.exports.deployments import Deployment
from ingest.exports.describing import About, description, unset
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay
from ingest.settings.values import Project
from tests.exported import DAY_S, NOON_S

MADE_AT = datetime(2026, 7, 1, tzinfo=UTC)


def at(latitude: float, longitude: float, day: int) -> Deployment:
    span = (NOON_S + day * DAY_S, NOON_S + (day + 1) * DAY_S)
    return Deployment(f"d-{day}", "oak", span, Stay(ALWAYS_S, NEVER_S, (latitude, longitude)))


def test_five_lines_of_settings_are_in_their_places() -> None:
    project = Project("Otters", "systematicRandom", ("Jane Doe <jane@example.org>", "A University"), "CC-BY-4.0", "")
    found = description(About(project, "gate-1", MADE_AT, UTC), [at(52, 5, 0)])
    assert found["title"] == found["project"]["title"] == "Otters"
    assert found["project"]["samplingDesign"] == "systematicRandom"
    assert found["contributors"] == [
        {"title": "Jane Doe", "role": "contact", "email": "jane@example.org"},
        {"title": "A University", "role": "contributor"},
    ]
    assert [(one["name"], one["scope"]) for one in found["licenses"]] == [("CC-BY-4.0", "data"), ("CC-BY-4.0", "media")]
    assert found["created"] == "2026-07-01T00:00:00Z" and found["name"] == "gate-1-20260701t000000z"
    assert unset(project) == []


def test_what_nobody_has_set_is_named_and_stands_for_nothing_that_is_not_so() -> None:
    found = description(About(Project(), "gate 1", MADE_AT, UTC), [])
    assert found["title"] == "Camera traps of gate 1" and "licenses" not in found
    assert found["contributors"] == [{"title": "Not named", "role": "contact"}]
    assert found["temporal"] == {"start": "2026-07-01", "end": "2026-07-01"}
    assert unset(Project()) == ["title", "contributors", "licence"]


def test_where_and_when_are_those_of_all_deployments() -> None:
    found = description(About(Project(), "g", MADE_AT, UTC), [at(52, 5, 0), at(-1, 36, 9)])
    assert found["spatial"]["bbox"] == [5, -1, 36, 52]
    assert found["temporal"] == {"start": "2026-06-01", "end": "2026-06-11"}


def test_tables_of_camtrap_dp_name_its_schemas_and_ours_have_their_own() -> None:
    resources = {one["name"]: one for one in description(About(Project(), "g", MADE_AT, UTC), [])["resources"]}
    assert list(resources) == list(TABLES)
    assert resources["media"]["schema"].endswith("/camtrap-dp/1.0.2/media-table-schema.json")
    assert resources["failures"]["schema"]["fields"][0]["name"] == "deploymentID"
