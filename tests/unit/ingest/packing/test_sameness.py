"""A sample must show what its original shows."""

from dataclasses import replace

import pytest

from ingest.packing.sameness import difference
from ingest.profiles.samples import ARRIVAL
from ingest.reading.facts import Facts
from ingest.spool.sidecar import Problem, Warn
from ingest.trial import judge_as_sample
from tests.unit.ingest.packing.hostile import profile

ONE = judge_as_sample(Facts("report", 1, report={"imei": "Gate", "gps": "52.1,5.1"}), "a.txt", None, ARRIVAL, profile())


def test_made_up_values_are_no_difference() -> None:
    assert difference(ONE, replace(ONE, camera_id="Tqrf", sha256="x", size_bytes=7)) == ""
    assert difference(ONE, replace(ONE, fields={**ONE.fields, "latitude": 1.0})) == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(ONE, verdict="rejected"), "its verdict is rejected, and not accepted"),
        (replace(ONE, captured_at="2026-01-01T00:00:00"), "its captured_at is 2026"),
        (replace(ONE, camera_id=None), "it has no camera_id"),
        (replace(ONE, sources={}), "elsewhere"),
        (replace(ONE, problems=(Problem("missing_datetime", ""),)), "other problems"),
        (replace(ONE, warnings=(Warn("truncated", ""),)), "other warnings"),
        (replace(ONE, fields={"images_total": 7}), "something else"),
    ],
)
def test_every_other_difference_is_said(changed: object, words: str) -> None:
    assert words in difference(ONE, changed)  # type: ignore[arg-type]
