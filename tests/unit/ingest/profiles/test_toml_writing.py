"""What is written is read back as it is."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from ingest.profiles.toml_writing import pattern_table, pattern_value, text_list, toml_value

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
VALUE = st.recursive(
    st.one_of(TEXT, st.booleans(), st.integers(-(10**9), 10**9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=8,
)


@given(VALUE)
def test_any_value_is_read_back(value: object) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}")["x"] == value


@given(st.dictionaries(TEXT, TEXT, max_size=4))
def test_any_patterns_are_read_back(patterns: dict[str, str]) -> None:
    assert tomllib.loads(f"x = {pattern_table(patterns)}")["x"] == patterns
    assert tomllib.loads(f"x = {text_list(list(patterns))}")["x"] == list(patterns)


def test_a_pattern_stands_as_it_is_read_where_that_can_be() -> None:
    assert pattern_value(r"^\d+$") == r"'^\d+$'"
