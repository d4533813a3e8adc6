"""The photos of a package."""

from contextlib import closing
from pathlib import Path

from ingest.exports.photos import Written, photos_of
from ingest.index.store import read_index
from tests.exported import DAY, NOON, exported, photo, report, surveyed
from tests.spools import make_spool
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
