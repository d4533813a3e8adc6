"""Rules of a profile's own come as answers, which may be anybody's."""

from ingest.profiles.own_rules import base_of, own_name, own_values


def test_what_is_no_toml_or_more_than_one_value_counts_for_none() -> None:
    given = {"a": "]", "b": "1\ny = 2", "c": "x" * 50_000, "d": "-", "e": "[1]", "f": '"' + "[" * 3000}
    assert own_values({own_name("image", name): text for name, text in given.items()}, "image") == {"d": None, "e": [1]}
    assert own_values({own_name("report", "a"): "1"}, "image") == {}
    assert len(own_values({own_name("image", str(number)): "1" for number in range(5000)}, "image")) == 100


def test_patterns_of_any_kind_are_a_base_and_a_condition_with_groups_is_one() -> None:
    values = {
        "path": "(?P<a>x)",
        "find": {"comment": "(?P<b>x)", "exif.Make": 1},
        "known.path": "(?P<c>x)",
        "known.y": "x",
    }
    base = base_of(values)
    assert (base.path, base.find) == ("(?P<a>x)", {"path": "(?P<c>x)", "comment": "(?P<b>x)"})
    assert base_of({"path": 1, "find": "x", "encoding": []}) == base_of({})
