"""Each report of a file that holds several has a text of its own, which says alone what it says there."""

import json
import random
from collections.abc import Callable

import pytest

from ingest.reading.report_blocks import MOST_KEYS
from ingest.reading.report_texts import MOST_EARLIER
from ingest.reading.reports import read_report

Row = dict[str, str]


def _rows(seed: int, count: int) -> list[Row]:
    """Return reports of several cameras, in the order in which a hub hears of them, with all that values can have."""
    dice = random.Random(seed)
    temps = ["24℃", "-3.5", "", "24 ; warm", 'a "b"', "<b>&", "21,5"]
    return [
        {
            "imei": f"86194307{dice.randrange(10**7):07}",
            "date": f"{dice.randrange(1, 29):02}/04/2026 15:46:07",
            "temp": dice.choice(temps),
            "csq": str(number),
        }
        for number in range(count)
    ]


def _lines(separator: str) -> Callable[[list[Row]], str]:
    return lambda rows: "\n----\n".join(
        "\r\n".join(f"{key}{separator}{value}" for key, value in row.items()) for row in rows
    )


def _one_line_each(rows: list[Row]) -> str:
    return "\n".join(f"IMEI:{row['imei']},Date={row['date']},CSQ:{row['csq']}" for row in rows)


def _csv(delimiter: str) -> Callable[[list[Row]], str]:
    def cell(value: str) -> str:
        return '"' + value.replace('"', '""') + '"' if {delimiter, '"'} & set(value) else value

    return lambda rows: "\n".join(
        [delimiter.join(rows[0]), *(delimiter.join(map(cell, row.values())) + delimiter for row in rows)]
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _xml(rows: list[Row]) -> str:
    cameras = "\n".join(
        f'  <camera imei="{row["imei"]}" note="1 > 0"><date>{row["date"]}</date><temp v="{_escaped(row["temp"])}"/>'
        f"<csq>{row['csq']}</csq></camera>"
        for row in rows
    )
    return f'<?xml version="1.0"?>\n<!-- of a hub --><hub fw="3">\n{cameras}\n</hub>\n'


def _page(rows: list[Row]) -> str:
    cells = ["".join(f"<td>{_escaped(cell)}</td>" for cell in row) for row in (rows[0], *(r.values() for r in rows))]
    return "<html><table>" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>"


LAYOUTS: dict[str, Callable[[list[Row]], str]] = {
    "colon": _lines(":"),
    "wide colon": _lines("："),
    "equals": _lines("="),
    "tab": _lines("\t"),
    "one line each": _one_line_each,
    "comma": _csv(","),
    "semicolon": _csv(";"),
    "tabs": _csv("\t"),
    "bar": _csv("|"),
    "JSON lines": lambda rows: "\n".join(json.dumps(row) for row in rows),
    "JSON list": lambda rows: json.dumps([{"camera": row, "sd": {"free": 21}} for row in rows], indent=1),
    "JSON list in a hub's": lambda rows: json.dumps({"hub": {"fw": "3"}, "cameras": rows}),
    "XML": _xml,
    "page": _page,
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(8))
def test_each_report_says_alone_what_a_file_of_its_own_would_say(layout: str, seed: int) -> None:
    rows = _rows(seed, count=2 + seed)
    written = LAYOUTS[layout]
    whole = read_report(written(rows).encode())
    alone = [read_report(written([row]).encode()).values for row in rows]
    assert whole.values == alone[-1]
    assert [read_report(text or b"").values for text in whole.earlier] == alone[:-1]
    assert all(read_report(text or b"").before == () for text in whole.earlier)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gbk"])
def test_it_does_so_in_every_encoding(encoding: str) -> None:
    rows = [{"imei": "1", "temp": "24℃"}, {"imei": "2", "temp": "25℃"}]
    (earlier,) = read_report(LAYOUTS["colon"](rows).encode(encoding)).earlier
    assert earlier == "imei:1\ntemp:24℃\n".encode()


def test_the_text_is_what_the_file_says_with_what_belongs_to_all_its_reports() -> None:
    assert read_report(b"hub_id:9\ncamera:a\nhello\ncsq:8\ncamera:b\ncsq:9\n").earlier == (
        b"hub_id:9\ncamera:a\ncsq:8\n",
    )
    assert read_report(b"imei,csq\n1,31\n2,30\n").earlier == (b"imei,csq\n1,31\n",)
    assert read_report(b'[{"id": 1.50, "a": 1},\n {"id": 2, "a": 9}]').earlier == (b'{"id": 1.50, "a": 1}\n',)
    xml = b"<l><r><id>1</id><a>1</a></r><r><id>2</id><a>2</a></r></l>"
    assert read_report(xml).earlier == (b"<l><r><id>1</id><a>1</a></r></l>",)


def test_a_list_deep_inside_has_its_values_written_as_json() -> None:
    (earlier,) = read_report(b'{"fw": 3, "cameras": [{"id": "1", "csq": 9}, {"id": "2", "csq": 8}]}').earlier
    assert json.loads(earlier or b"") == {"fw": "3", "cameras.id": "1", "cameras.csq": "9"}


def test_of_many_reports_the_last_ones_have_their_texts() -> None:
    rows = "".join(f"{number},{number}\n" for number in range(MOST_EARLIER + 100))
    report = read_report(f"imei,csq\n{rows}".encode())
    assert len(report.before) == MOST_EARLIER + 99
    assert report.earlier[:99] == (None,) * 99
    assert sum(text is not None for text in report.earlier) == MOST_EARLIER
    assert report.earlier[-1] == b"imei,csq\n598,598\n"


def test_an_opening_that_comes_again_in_each_cannot_fill_the_memory() -> None:
    much = f"<!--{'x' * 500_000}-->"
    rows = "".join(f"<r><id>{number}</id><a>1</a></r>" for number in range(400))
    report = read_report(f"<l>{much}{rows}</l>".encode())
    assert len(report.earlier) == 399
    assert sum(len(text or b"") for text in report.earlier) < 5 * 1024 * 1024
    heads = "".join(f"k{number}:{'v' * 100}\n" for number in range(MOST_KEYS - 5))
    report = read_report((f"imei_of_hub:1\n{heads}" + "".join(f"camera:{n}\ncsq:1\n" for n in range(400))).encode())
    assert sum(len(text or b"") for text in report.earlier) < 5 * 1024 * 1024
