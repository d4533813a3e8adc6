"""The description is what the code makes, and one that others can read."""

from webadmin.api.description import FILE, description, text
from webadmin.api.operations import OPERATIONS


def test_what_is_checked_in_is_what_the_code_makes() -> None:
    assert FILE.read_text("utf-8") == text(), "run: python -m webadmin.api.description"


def test_every_operation_has_its_parameters_and_an_answer_of_a_known_form() -> None:
    told = description()
    schemas = told["components"]["schemas"]
    for operation in OPERATIONS:
        described = told["paths"][f"/api/v1{operation.path}"]["get"]
        assert described["operationId"] == operation.name
        assert {one["name"] for one in described["parameters"] if one["in"] == "path"} == operation.in_path
        for reference in _references(described):
            assert reference.removeprefix("#/components/schemas/") in schemas


def test_each_text_stands_on_one_line() -> None:
    assert not [one for one in _texts(description()) if "\n" in one]


def _texts(value: object) -> list[str]:
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [one for part in parts for one in _texts(part)]
    return [value] if isinstance(value, str) else []


def _references(value: object) -> list[str]:
    if isinstance(value, dict):
        return [value["$ref"]] if "$ref" in value else [one for part in value.values() for one in _references(part)]
    return [one for part in value for one in _references(part)] if isinstance(value, list) else []
