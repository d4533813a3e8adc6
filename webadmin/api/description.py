"""Describes the API after OpenAPI 3.1, from the types that check its questions and make its answers.

`python -m webadmin.api.description` writes `webadmin/api/openapi.json`; a test compares both.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
from flask import Response

from ingest import VERSION
from webadmin.api.operation import Operation
from webadmin.api.operations import OPERATIONS
from webadmin.api.problems import ProblemDetails

FILE = Path(__file__).with_name("openapi.json")
PREFIX = "/api/v1"
_REF = "#/components/schemas/{name}"
_ABOUT = """Reads what a Camspool gateway knows, and changes nothing. A token of an admin opens it (page Programs, or \
`camspool token add`); lists go on behind the last one that you have (`after`)."""
_FAILURES = {
    "400": "The question cannot be answered as it was put; the detail says why.",
    "401": "No token, or one that is not valid.",
    "404": "There is no such thing.",
    "503": "This does not work right now; the detail says why.",
}


def description() -> dict[str, Any]:
    """Return the description as JSON-able values."""
    answers = [one.answer for one in OPERATIONS if one.answer is not Response]
    _, schemas = msgspec.json.schema_components([*answers, ProblemDetails], ref_template=_REF)
    told = {
        "openapi": "3.1.0",
        "info": {"title": "Camspool", "version": VERSION, "description": _ABOUT},
        "paths": {f"{PREFIX}{one.path}": {"get": _described(one)} for one in OPERATIONS},
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A token of an admin."}},
        },
        "security": [{"token": []}],
    }
    on_one_line: dict[str, Any] = _on_one_line(told)
    return on_one_line


def _on_one_line(value: Any) -> Any:
    """Return the description with each text on one line: those of classes are broken as their source is."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: _on_one_line(one) for key, one in value.items()}
    return [_on_one_line(one) for one in value] if isinstance(value, list) else value


def _described(operation: Operation) -> dict[str, Any]:
    failures = {code: words for code, words in _FAILURES.items() if code != "404" or operation.in_path}
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(name="ProblemDetails")}}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": msgspec.json.schema(operation.question)["$defs"][operation.question.__name__]["description"],
        "parameters": _parameters(operation),
        "responses": {
            "200": {"description": operation.summary, "content": _content(operation)},
            **{code: {"description": words, "content": problem} for code, words in failures.items()},
            "414": {"description": "The address is longer than the 4,094 characters that gunicorn reads."},
        },
    }


def _content(operation: Operation) -> dict[str, Any]:
    if operation.answer is Response:
        return {"application/octet-stream": {"schema": {}}}
    return {"application/json": {"schema": {"$ref": _REF.format(name=operation.answer.__name__)}}}


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    _, schemas = msgspec.json.schema_components([operation.question], ref_template=_REF)
    asked = schemas[operation.question.__name__]["properties"]
    return [
        {
            "name": name,
            "in": "path" if name in operation.in_path else "query",
            "required": name in operation.in_path,
            **({"description": schema["description"]} if "description" in schema else {}),
            "schema": {key: value for key, value in schema.items() if key != "description"},
        }
        for name, schema in asked.items()
    ]


def text() -> str:
    """Return the description as the text of a file."""
    return json.dumps(description(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
