"""What a claimed file says: whose it is, when and where, and the problems in the order of the closed list."""

from pathlib import Path

from ingest.profiles.matching import seen_by
from ingest.profiles.profile import Part
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import subject_of
from ingest.reading.facts import Facts
from ingest.settings.values import Settings
from ingest.spool.sidecar import Problem
from ingest.verdict.belonging import NO_RECORDS
from ingest.verdict.claimed import Claimed, in_order, read_claimed
from tests.samples.judging import ARRIVAL

PROFILE = parse_profile(
    """
    name = "Oakfine"
    evidence = "test"
    [image]
    match = { path = '^oakfine/(?P<id>[^/]+)/(?P<time>[0-9]{14})' }
    [image.fields]
    camera_id = { from = "path.id" }
    captured_at = { from = ["exif.DateTimeOriginal", "path.time"], format = ["%Y:%m:%d %H:%M:%S", "%Y%m%d%H%M%S"] }
    location = { from = "exif.GPS" }
    """,
    Path("oakfine"),
)
NO_EXIF = Problem("no_metadata", "The photo has no EXIF.")


def part() -> Part:
    assert PROFILE.image
    return PROFILE.image


def read(path: str, facts: Facts) -> Claimed:
    seen = seen_by(subject_of(facts, "image", path), part())
    return read_claimed(PROFILE.id, part(), seen, ARRIVAL, Settings(), NO_RECORDS)


def test_the_reason_is_the_first_of_the_closed_list_whatever_was_found_first() -> None:
    facts = Facts("image", 3, problems=(Problem("broken_jpeg", "."),), metadata_problem=NO_EXIF)
    found = read("oakfine/77/20260430154607.jpg", facts)
    assert found.owner.camera_id == "77"
    assert [one.code for one in found.problems(facts, part())] == ["broken_jpeg", "no_metadata", "missing_location"]
    assert in_order(reversed(found.problems(facts, part()))) == found.problems(facts, part())


def test_missing_exif_is_no_problem_where_all_was_found_elsewhere() -> None:
    with_gps = {"GPSLatitude": [52, 5, 0], "GPSLatitudeRef": "N", "GPSLongitude": [5, 7, 0], "GPSLongitudeRef": "E"}
    facts = Facts("image", 3, exif=with_gps, metadata_problem=NO_EXIF)
    assert read("oakfine/77/20260430154607.jpg", facts).problems(facts, part()) == ()
    lacks_its_time = read("oakfine/77/20260430254607.jpg", facts).problems(facts, part())
    assert [one.code for one in lacks_its_time] == ["no_metadata", "bad_datetime"]
