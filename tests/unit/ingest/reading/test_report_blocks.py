"""Several reports in one file: where one ends, and that values of two are never mixed."""

import pytest

from ingest.reading.report_blocks import MOST_KEYS, last_report
from ingest.reading.report_lines import Pair, line_pairs


def pairs(text: str) -> tuple[Pair, ...]:
    return line_pairs(text.split()).pairs


@pytest.mark.parametrize(
    ("text", "values", "before"),
    [
        ("id:1 gps:x id:2 csq:9", {"id": "2", "csq": "9"}, ["1"]),  # no position of the first camera for the second
        ("id:1 csq:8 id:1 csq:9", {"id": "1", "csq": "9"}, ["1"]),
        ("id:1 csq:8 id:2", {"id": "2"}, ["1"]),
        ("fw:3 id:1 csq:8 id:2 csq:9", {"fw": "3", "id": "2", "csq": "9"}, ["1"]),
        ("id:1 a:1 b:1 id:2 a:2 b:2 id:3 a:3 b:3", {"id": "3", "a": "3", "b": "3"}, ["1", "2"]),
        ("id:1 temp:8 x:5 temp:9 y:6", {"id": "1", "temp": "9", "x": "5", "y": "6"}, []),  # two thermometers
        ("id:1 csq:8 id:1", {"id": "1", "csq": "8"}, []),
        ("id:1 csq:8 id:", {"id": "1", "csq": "8"}, []),
        ("event:on id:1 event:off", {"event": "off", "id": "1"}, []),
        ("send:1 send:2 send:", {"send": "2"}, []),
        ("id:1 csq:8", {"id": "1", "csq": "8"}, []),
        # a list inside one report: two lenses, and what stands before and behind them
        (
            "imei:1 csq:9 lens:1 shots:5 heat:on lens:2 shots:6 total:11",
            {"imei": "1", "csq": "9", "lens": "2", "shots": "6", "heat": "on", "total": "11"},
            [],
        ),
        # one camera's day by day, and a hub that tells of its cameras: several
        ("imei:1 date:1 csq:8 gps:x date:2 csq:9", {"imei": "1", "date": "2", "csq": "9"}, ["1"]),
        ("hub_id:1 camera:a csq:8 gps:x camera:b csq:9", {"hub_id": "1", "camera": "b", "csq": "9"}, ["a"]),
        ("fw:3 lens:1 shots:5 heat:on lens:2 shots:6", {"fw": "3", "lens": "2", "shots": "6"}, ["1"]),
        ("", {}, []),
    ],
)
def test_a_report_begins_anew_where_its_keys_do(text: str, values: dict[str, str], before: list[str]) -> None:
    blocks = last_report(pairs(text))
    assert blocks.values == values
    assert [value for _, value in blocks.before] == before


def test_too_many_keys_are_counted_and_the_last_values_of_the_others_kept() -> None:
    many = [(f"k{number}", "v") for number in range(MOST_KEYS + 7)]
    blocks = last_report([*many, ("k0", "new")])
    assert (len(blocks.values), blocks.left_out, blocks.values["k0"]) == (MOST_KEYS, 7, "new")
