"""The photos of a package."""

from contextlib import closing
from pathlib import Path

from ingest.exports.photos import Written, photos_of, told_by_hand
from ingest.index.store import read_index
from ingest.spool.corrections import with_correction
from tests.exported import DAY, NOON, exported, photo, report, surveyed
from tests.spools import make_sidecar, make_spool
from tests.years import read_rows


def test_all_accepted_photos_of_a_camera_come_in_order_also_where_there_are_many(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecars = [photo(NOON + number * DAY / 400) for number in range(1203)]
    surveyed(root, [*sidecars, report(NOON), photo(NOON, "elm"), photo(NOON + 9 * DAY)], NOON)
    with closing(read_index(root)) as index:
        found = [one.id for one in photos_of(index, "oak", NOON + 8 * DAY)]
    assert found == [one.id for one in sidecars]


def test_a_time_is_written_with_the_offset_by_which_it_was_read(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    summer = photo(NOON, captured_at="2026-06-01T14:00:00")
    odd = photo(NOON + DAY, captured_at="2026-06-03T14:00:07")
    settings, found = surveyed(root, [summer, odd], NOON + 2 * DAY, time_zone="Africa/Nairobi")
    media = read_rows(exported(settings, found, tmp_path / "package"), "media")
    assert [row["timestamp"] for row in media] == ["2026-06-01T14:00:00+02:00", "2026-06-02T15:00:00+03:00"]


def test_doubts_are_counted_and_the_first_are_named() -> None:
    written = Written()
    for number in range(9):
        written.note("no_time", "oak", f"item-{number}")
    found = list(written.left_out())
    assert sum(one.count for one in found) == 9
    assert [one.about for one in found] == [f"item-{number}" for number in range(5)]


def test_an_address_stands_before_the_place_in_the_archive(tmp_path: Path) -> None:
    from dataclasses import replace

    from ingest.settings.values import Project

    root = make_spool(tmp_path)
    settings, found = surveyed(root, [photo(NOON)], NOON + DAY)
    there = replace(settings, project=Project(media_url="https://store.example.org/traps/gate-1/"))
    (row,) = read_rows(exported(there, found, tmp_path / "package"), "media")
    assert row["filePath"].startswith("https://store.example.org/traps/gate-1/accepted/oak/2026-06-01/")


def test_what_people_corrected_is_told_with_what_was_read() -> None:
    photo = make_sidecar(camera_id="X", captured_at="2026-04-01T12:00:00", captured_at_utc="2026-04-01T10:00:00Z")
    right = {"captured_at": "2026-04-01T13:00:00", "captured_at_utc": "2026-04-01T11:00:00Z"}
    for what, value in (("camera_id", "Y"), ("captured_at", right), ("location", {"latitude": 1.5, "longitude": 2.5})):
        photo = with_correction(photo, what, value, "anna", "2026-04-02T00:00:00.000000Z", "")
    told = list(told_by_hand(photo))
    assert told[:2] == [
        "The camera was corrected from X by anna.",
        "The time was corrected from 2026-04-01T12:00:00 by anna.",
    ]
    assert told[2].startswith("The position was corrected") and told[2].endswith(" by anna.")
    assert list(told_by_hand(make_sidecar())) == []
