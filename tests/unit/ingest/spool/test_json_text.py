"""JSON of strangers: whatever is wrong with it, the caller has one exception to expect."""

import pytest

from ingest.spool.json_text import parse_json


def test_text_and_bytes_are_read_alike() -> None:
    assert parse_json('{"a": [1, null]}') == parse_json(b'{"a": [1, null]}') == {"a": [1, None]}


@pytest.mark.parametrize(
    "text",
    ["", "{", "nul", "{'a': 1}", b"\xff\xfe\xfa", b"\0\0\0", "[" * 100_000, '{"a":' * 100_000, b"[" * 100_000],
    ids=["empty", "cut", "half a word", "other quotes", "no text", "NULs", "deep list", "deep object", "deep bytes"],
)
def test_whatever_is_wrong_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_json(text)
