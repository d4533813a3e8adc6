"""The table at the end of `./dev test`: each part, its tests, its seconds; and the slowest tests of all.

`python -m tests.times FOLDER SECONDS` reads what `./dev test` and tests/conftest.py wrote: a line `PART SECONDS RESULT`
in parts.txt for each part, and a JSON file of each pytest process. As parts run side by side, it is told what all took.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from tabulate import tabulate

SLOWEST = 5


def table(folder: Path, seconds: int) -> str:
    """Return the table as text, and below it the slowest tests."""
    tests: Counter[str] = Counter()
    slowest: Counter[str] = Counter()
    for file in sorted(folder.glob("*.json")):
        told = json.loads(file.read_text("utf-8"))
        tests[told["part"]] += len(told["tests"])
        slowest.update(told["tests"])
    parts = [line.split() for line in (folder / "parts.txt").read_text("utf-8").splitlines()]
    rows: list[list[object]] = [[part, tests[part] or "-", int(took_s), result] for part, took_s, result in parts]
    rows.append(["all", sum(tests.values()), seconds, ""])
    slow = [[f"{took_s:.1f}", name] for name, took_s in slowest.most_common(SLOWEST)]
    return "\n\n".join(
        (
            tabulate(rows, headers=["part", "tests", "seconds", "result"]),
            tabulate(slow, headers=["seconds", "slowest tests"], disable_numparse=True),
        )
    )


if __name__ == "__main__":
    print(table(Path(sys.argv[1]), int(sys.argv[2])))
