import json
from pathlib import Path

from tests.times import table


def test_the_table_has_every_part_with_its_tests_and_names_the_five_slowest(tmp_path: Path) -> None:
    (tmp_path / "parts.txt").write_text("lint 29 passed\nunit 58 failed\nhost 300 passed\n")
    (tmp_path / "1.json").write_text(json.dumps({"part": "unit", "tests": {f"unit::{n}": n / 10 for n in range(9)}}))
    for pid in (2, 3):
        (tmp_path / f"{pid}.json").write_text(json.dumps({"part": "host", "tests": {f"host::{pid}": 100.0 + pid}}))
    told = table(tmp_path, 301)
    rows = [line.split() for line in told.splitlines()]
    assert ["lint", "-", "29", "passed"] in rows
    assert ["unit", "9", "58", "failed"] in rows
    assert ["host", "2", "300", "passed"] in rows
    assert ["all", "11", "301"] in rows
    assert [row for row in rows if row and "::" in row[-1]] == [
        ["103.0", "host::3"],
        ["102.0", "host::2"],
        ["0.8", "unit::8"],
        ["0.7", "unit::7"],
        ["0.6", "unit::6"],
    ]
