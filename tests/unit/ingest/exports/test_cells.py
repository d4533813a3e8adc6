"""Whether a cell holds what its column asks for."""

import pytest

from ingest.exports.cells import read_moment, value_fault
from ingest.exports.columns import TABLES, Column


def column(table: str, name: str) -> Column:
    return next(one for one in TABLES[table] if one.name == name)


@pytest.mark.parametrize(
    ("table", "name", "good", "bad"),
    [
        ("deployments", "deploymentStart", "2026-04-09T16:04:05+02:00", "2026-04-09 16:04:05+02:00"),
        ("deployments", "deploymentStart", "2026-04-09T16:04:05Z", "2026-04-09T16:04:05"),
        ("deployments", "coordinateUncertainty", "12", "12.0"),
        ("deployments", "latitude", "-33.1", "-133.1"),
        ("deployments", "timestampIssues", "true", "True"),
        ("deployments", "featureType", "burrow", "hole"),
        ("media", "exifData", '{"Make": "A"}', "[]"),
        ("media", "filePath", "media/a.jpg", "media/../a.jpg"),
        ("effort", "date", "2026-04-09", "9 April"),
        ("observations", "observationID", "anything", ""),
    ],
)
def test_what_fits_and_what_does_not(table: str, name: str, good: str, bad: str) -> None:
    assert value_fault(column(table, name), good) == ""
    assert bad == "" or value_fault(column(table, name), bad) != ""


def test_a_moment_has_its_offset() -> None:
    assert read_moment("2026-04-09T16:04:05+02:00") == read_moment("2026-04-09T14:04:05Z")
    with pytest.raises(ValueError, match="does not match"):
        read_moment("2026-04-09")
