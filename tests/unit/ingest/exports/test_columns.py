"""The columns of the tables, and their schemas."""

import re

from ingest.exports.columns import OWN, TABLES, names_of, schema_of


def test_the_first_columns_of_camtrap_dp_are_in_its_order() -> None:
    assert names_of("deployments")[:8] == [
        *("deploymentID", "locationID", "locationName", "latitude", "longitude", "coordinateUncertainty"),
        *("deploymentStart", "deploymentEnd"),
    ]
    assert {table: len(columns) for table, columns in TABLES.items()} == {
        "deployments": 24, "media": 11, "observations": 28, "failures": 5, "effort": 6,
    }  # fmt: skip


def test_a_schema_tells_types_constraints_and_keys() -> None:
    schema = schema_of("media")
    assert schema["primaryKey"] == "mediaID"
    assert schema["foreignKeys"] == [
        {"fields": "deploymentID", "reference": {"resource": "deployments", "fields": "deploymentID"}}
    ]
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["timestamp"] == {
        "name": "timestamp", "type": "datetime", "format": "%Y-%m-%dT%H:%M:%S%z", "constraints": {"required": True},
    }  # fmt: skip
    latitude = schema_of("deployments")["fields"][3]
    assert latitude["constraints"] == {"required": True, "minimum": -90, "maximum": 90}
    assert schema_of("observations")["fields"][10]["constraints"] == {"required": False, "minimum": 1}
    assert {"primaryKey"} & set(schema_of(OWN[0])) == set()


def test_a_bound_of_nought_is_a_bound() -> None:
    height = next(field for field in schema_of("deployments")["fields"] if field["name"] == "cameraHeight")
    assert height["constraints"]["minimum"] == 0


def test_the_pattern_of_a_path_lets_no_other_folder_in() -> None:
    pattern = next(column.pattern for column in TABLES["media"] if column.name == "filePath")
    assert re.search(pattern, "media/a/b.jpg") and re.search(pattern, "https://example.org/a.jpg")
    assert not any(re.search(pattern, path) for path in ("/a.jpg", "../a.jpg", "a/../b.jpg", "./a.jpg", "~/a.jpg"))
