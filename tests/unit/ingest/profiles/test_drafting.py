"""A draft always loads, claims the file it was made from and reads its name, whatever stands in the file."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.drafting import draft
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts, read_facts
from ingest.settings.values import Limits
from ingest.simulation.photos import plain_photo, swift_exif, swift_name
from ingest.simulation.reports import swift_report
from ingest.spool.sidecar import Sidecar
from tests.samples.drawing import drawn
from tests.samples.judging import judge
from tests.samples.swift import IMEI, POSITION, WHEN

TODAY = date(2026, 5, 1)
PLAIN = plain_photo(seed=1, size=(64, 48))


def facts(content: bytes, path: str) -> Facts:
    return read_facts(content, len(content), path, Limits())


def drafted(content: bytes, path: str) -> Sidecar:
    """Draft a profile from one file; return the verdict that the same file gets by it."""
    profile = parse_profile(draft("acme", {path: facts(content, path)}, TODAY), Path("acme"))
    return judge(content, path, catalogue=Catalogue((profile,)))


@pytest.mark.parametrize(
    ("path", "camera_id"),
    [
        ("868020035314870-20032026090126-4-X.JPG", IMEI),
        ("20260320090126-868020035314870.JPG", IMEI),
        ("gate/north/A_2026-03-20_09-01-26.jpeg", "north"),
    ],
)
def test_a_camera_without_exif_is_drafted_from_the_name_of_its_files(path: str, camera_id: str) -> None:
    sidecar = drafted(PLAIN, path)
    assert (sidecar.verdict, sidecar.camera_id, sidecar.captured_at) == ("accepted", camera_id, "2026-03-20T09:01:26")


@pytest.mark.parametrize("number", ["20269999999999", "99999999999999", "12345678901234", "2026032009012"])
def test_digits_that_are_no_time_are_not_taken_for_one(number: str) -> None:
    text = draft("acme", {f"gate/{number}.jpg": facts(PLAIN, f"gate/{number}.jpg")}, TODAY)
    assert "captured_at" not in text


def test_tags_win_over_the_name() -> None:
    exif = swift_exif(WHEN, *POSITION)
    exif["Exif"][0xA431] = b"B0042"
    path = swift_name(IMEI, WHEN, 1)
    sidecar = drafted(drawn(exif), path)
    assert (sidecar.verdict, sidecar.camera_id) == ("accepted", "B0042")
    assert sidecar.captured_at == WHEN.isoformat()
    assert (sidecar.latitude, sidecar.longitude) == pytest.approx(POSITION, abs=1e-5)


def test_a_draft_claims_no_camera_whose_name_only_begins_alike() -> None:
    exif = swift_exif(WHEN, *POSITION)
    exif["0th"][0x0110] = b"4.0PCG"
    path = swift_name(IMEI, WHEN, 1)
    profile = parse_profile(draft("acme", {path: facts(drawn(exif), path)}, TODAY), Path("acme"))
    other = judge(drawn(swift_exif(WHEN, *POSITION)), path, catalogue=Catalogue((profile,)))
    assert (other.verdict, other.reason) == ("rejected", "no_matching_profile")


def test_a_report_is_drafted_with_every_value_that_it_knows() -> None:
    sidecar = drafted(swift_report(IMEI, WHEN), "report.txt")
    assert (sidecar.verdict, sidecar.camera_id) == ("accepted", IMEI)
    assert {"battery_percent", "signal_csq", "temperature_c", "sd_free_mb", "reported_at"} <= sidecar.fields.keys()


def test_photo_and_report_of_one_camera_make_one_profile_with_its_evidence() -> None:
    files = {"a.JPG": drawn(swift_exif(WHEN, *POSITION)), "a.txt": swift_report(IMEI, WHEN)}
    text = draft("acme", {path: facts(content, path) for path, content in files.items()}, TODAY)
    profile = parse_profile(text, Path("acme"))
    assert profile.image is not None
    assert profile.report is not None
    assert "2026-05-01" in profile.evidence


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=120)


@given(TEXT, TEXT)
@example("a\nb", "gate//a.jpg")
def test_whatever_a_photo_says_of_itself_its_draft_loads_and_claims_it(make: str, path: str) -> None:
    exif = swift_exif(WHEN, *POSITION)
    exif["0th"][0x010F] = make.encode()
    content = drawn(exif, (64, 48))
    sidecar = drafted(content, path)
    assert [trace.because for trace in sidecar.trace if not trace.matched] == []


@example([("a\x1b", "1"), ("IMEI", "2")])
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_whatever_lines_a_report_has_its_draft_loads_and_claims_it(lines: list[tuple[str, str]]) -> None:
    content = "\n".join(f"{key}: {value}" for key, value in lines).encode()
    if any("|" not in key and key.isprintable() for key in facts(content, "a.txt").report):
        sidecar = drafted(content, "a.txt")
        assert [trace.because for trace in sidecar.trace if not trace.matched] == []
