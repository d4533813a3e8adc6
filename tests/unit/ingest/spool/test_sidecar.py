"""The sidecar as text and back, and what is refused."""

import json
from dataclasses import replace

import pytest

from ingest.simulation.photos import plain_photo
from ingest.spool.sidecar import SCHEMA, changed, parse_sidecar, sidecar_object, sidecar_text
from tests.samples.judging import judge

SIDECAR = judge(plain_photo(seed=1))


def test_it_comes_back() -> None:
    assert parse_sidecar(sidecar_text(SIDECAR)) == SIDECAR
    assert parse_sidecar(sidecar_text(SIDECAR).encode()) == SIDECAR


def test_a_changed_one_is_what_the_standard_library_would_make_and_the_old_one_stays() -> None:
    before = dict(vars(SIDECAR))
    for name in vars(SIDECAR):
        assert changed(SIDECAR, **{name: "x"}) == replace(SIDECAR, **{name: "x"}), name  # type: ignore[arg-type]
    assert vars(SIDECAR) == before
    with pytest.raises(TypeError, match="no camra_id"):
        changed(SIDECAR, camra_id="x")  # type: ignore[call-arg]


def test_it_is_ascii_with_a_newline_and_the_schema_first() -> None:
    text = sidecar_text(judge(b"x", "é\n\ud800.JPG".encode("utf-8", "replace").decode()))
    assert text.isascii() and text.endswith("}\n")
    assert next(iter(json.loads(text).items())) == ("schema", SCHEMA)


def test_what_is_rarely_there_is_left_out_and_the_rest_is_null() -> None:
    content = sidecar_object(SIDECAR)
    assert "fields" not in content and "traceback" not in content
    assert content["duplicate_of"] is None


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.pop("schema"),
        lambda content: content.update(schema=2),
        lambda content: content.update(colour=1),
        lambda content: content.pop("id"),
    ],
)
def test_anything_but_a_whole_sidecar_is_refused(change: object) -> None:
    content = json.loads(sidecar_text(SIDECAR))
    change(content)  # type: ignore[operator]
    with pytest.raises(ValueError, match="sidecar"):
        parse_sidecar(json.dumps(content))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"'])
def test_anything_but_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_sidecar(text)


def test_the_reports_of_a_list_come_back_and_are_named_in_nothing_else() -> None:
    sidecar = replace(
        SIDECAR, part_of="20251205T154647.120034Z-4f2a", earlier_reports=("20251205T154647.120034Z-4f29",)
    )
    assert parse_sidecar(sidecar_text(sidecar)) == sidecar
    assert not {"part_of", "earlier_reports"} & sidecar_object(SIDECAR).keys()
