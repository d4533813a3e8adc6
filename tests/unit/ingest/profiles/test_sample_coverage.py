"""Which rules no sample shows: every rule that loses its sample is named, and no other."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sample_coverage import uncovered
from ingest.spool.sidecar import Problem, Sidecar, Trace, Warn
from tests.spools import make_sidecar

PROFILE = parse_profile(
    """
    name = "Acme X1"
    evidence = "a test"
    [image]
    match = { "exif.Make" = '^Acme' }
    absent = ["exif.Model"]
    require = ["camera_id", "location"]
    [image.fields]
    camera_id = { from = "exif.BodySerialNumber", check = "imei" }
    location = { from = "exif.GPS" }
    [report]
    match = { "report.IMEI" = '' }
    [report.fields]
    camera_id = { from = "report.IMEI" }
    battery_percent = { from = "report.Battery" }
    [connection_test]
    path = '^test'
    """,
    Path("acme-x1"),
)


def rejected(reason: str, **changes: Any) -> Sidecar:
    return make_sidecar(verdict="rejected", reason=reason, problems=(Problem(reason, "x"),), **changes)  # type: ignore[arg-type]


def unmatched(kind: str, because: str) -> Sidecar:
    return make_sidecar(verdict="rejected", kind=kind, trace=(Trace("acme-x1", False, because),))


CASES = {
    "no accepted image among the samples": make_sidecar(),
    "no sample fails image.match exif.Make": unmatched("image", "exif.Make: `Other` lacks `^Acme`"),
    "no sample fails image.absent exif.Model": unmatched("image", "path: no match; exif.Model: `X` is there"),
    "no image sample lacks camera_id": rejected("missing_camera_id"),
    "no image sample lacks location": rejected("invalid_location"),
    "no image sample has a camera_id that fails its check": make_sidecar(
        verdict="rejected", warnings=(Warn("identifier_check_failed", "x"),)
    ),
    "no accepted report among the samples": make_sidecar(kind="report", fields={"battery_percent": 60}),
    "no sample fails report.match report.IMEI": unmatched("report", "report.IMEI: not in the file"),
    "no report sample lacks camera_id": rejected("missing_camera_id", kind="report"),
    "no report sample has battery_percent left out": make_sidecar(kind="report", fields={"x": 1}),
    "no report sample has unreadable values": make_sidecar(
        kind="report", fields={"battery_percent": 60}, warnings=(Warn("unreadable_report_values", "x"),)
    ),
    "no sample of a connection test": rejected("connection_test"),
}


def test_nothing_is_missing_where_every_rule_has_a_sample() -> None:
    assert uncovered(PROFILE, CASES.values()) == []


@pytest.mark.parametrize("gap", [gap for gap in CASES if "accepted" not in gap])
def test_a_rule_that_loses_its_sample_is_named_and_no_other(gap: str) -> None:
    rest = [sidecar for name, sidecar in CASES.items() if name != gap]
    assert uncovered(PROFILE, rest) == [f"acme-x1: {gap}"]


@pytest.mark.parametrize("kind", ["image", "report"])
def test_a_kind_of_file_without_an_accepted_sample_is_named(kind: str) -> None:
    rest = [sidecar for sidecar in CASES.values() if (sidecar.verdict, sidecar.kind) != ("accepted", kind)]
    assert f"acme-x1: no accepted {kind} among the samples" in uncovered(PROFILE, rest)


def test_a_sample_of_the_other_kind_shows_nothing() -> None:
    gaps = uncovered(PROFILE, [sidecar for sidecar in CASES.values() if sidecar.kind == "image"])
    assert len(gaps) == 6
    assert all("report" in gap for gap in gaps)
    gap = "no sample fails image.match exif.Make"
    rest = [sidecar for name, sidecar in CASES.items() if name != gap]
    assert uncovered(PROFILE, [*rest, unmatched("report", "exif.Make: not in the file")]) == [f"acme-x1: {gap}"]


def test_a_part_and_a_test_that_a_profile_does_not_have_need_no_sample() -> None:
    gaps = uncovered(replace(PROFILE, image=None, connection_test=None), [])
    assert len(gaps) == 6
    assert all("report" in gap for gap in gaps)
