import shlex
from typing import Any

import pytest

from ingest.spool.log_lines import shown_path, verdict_line
from ingest.spool.sidecar import Problem
from tests.spools import make_sidecar


@pytest.mark.parametrize(
    "hostile", ['a"b.jpg', "a\nfake line.jpg", "\x1b[31m.jpg", "\u202egpj.exe", "x" * 10_000, "\\"]
)
def test_a_log_line_is_one_line_that_a_machine_can_split(hostile: str) -> None:
    changes: dict[str, Any] = {"upload_path": hostile, "verdict": "rejected", "reason": "no_metadata"}
    line = verdict_line(make_sidecar(**changes, problems=(Problem("no_metadata", f"Look: {hostile}"),)), "rejected/x/y")
    assert line.isprintable() and len(line) < 1000
    words = shlex.split(line)
    assert words[0] == "rejected" and all("=" in word for word in words[1:])


def test_a_verdict_names_its_place_and_leaves_out_what_is_not_known() -> None:
    sidecar = make_sidecar("20251205T154647.120034Z-4f2a0001", account=None)
    line = verdict_line(sidecar, "accepted/861943070068027/2025-12-05/x.jpg")
    assert line == (
        "accepted id=20251205T154647.120034Z-4f2a0001 camera=861943070068027 size_bytes=3 client=100.64.1.7 "
        'path="E1000159.JPG" at=accepted/861943070068027/2025-12-05'
    )


def test_the_path_in_an_items_name_is_shown_as_people_read_it() -> None:
    assert shown_path("20251205T154647.120034Z-4f2a0001~local~INSTAR%2Fa%0Ab.jpg") == "INSTAR/a\ufffdb.jpg"
    assert shown_path("20251205T154647.120034Z-4f2a0001~local~%") == "20251205T154647.120034Z-4f2a0001~local~%"
