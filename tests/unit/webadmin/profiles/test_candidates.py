"""What a dry run looks at: rejected files that could become accepted, and the newest of every camera."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from ingest.index.store import read_index
from ingest.vocabulary import REASONS
from tests.unit.webadmin.site import Site, accepted, rejected
from webadmin.profiles.candidates import OF_EACH_CAMERA, list_candidates


def test_what_no_profile_could_change_is_left_out(site: Site) -> None:
    for number, reason in enumerate(REASONS):
        site.put(rejected(timedelta(hours=number), reason=reason, upload_path=reason))
    with closing(read_index(site.root)) as opened:
        listed = list_candidates(opened, ())
    assert [row.reason for row in listed.rows] == [
        "no_metadata",
        "unreadable_metadata",
        "no_matching_profile",
        "ambiguous_profile",
        "missing_camera_id",
        "bad_camera_id",
        "missing_datetime",
        "bad_datetime",
        "missing_location",
        "invalid_location",
        "unknown_camera",
    ]
    assert listed.left_out == 0


def test_the_newest_come_first_and_those_that_the_work_began_from_are_among_them(site: Site) -> None:
    waiting = [site.put(rejected(timedelta(hours=hour))) for hour in range(6)]
    good = [site.put(accepted(timedelta(hours=hour), camera_id=f"CAM{hour % 2}")) for hour in range(6)]
    with closing(read_index(site.root)) as opened:
        everything = list_candidates(opened, [waiting[5].id, good[5].id, "20260101T000000.000000Z-4f2a"])
        some = list_candidates(opened, [waiting[5].id, good[5].id], most=5)
    assert [row.id for row in everything.rows] == [one.id for one in (*waiting, *good)]
    assert [row.id for row in some.rows] == [
        *(one.id for one in (*waiting[:3], waiting[5])),
        *(one.id for one in (*good[:2], good[5])),
    ]
    assert (everything.left_out, some.left_out) == (0, 2)


def test_of_every_camera_the_newest_count(site: Site) -> None:
    first = [site.put(accepted(timedelta(hours=hour), camera_id="CAM1")) for hour in range(OF_EACH_CAMERA + 5)]
    other = site.put(replace(accepted(timedelta(days=40), camera_id="CAM2")))
    with closing(read_index(site.root)) as opened:
        listed = list_candidates(opened, ())
    assert [row.id for row in listed.rows] == [*(one.id for one in first[:OF_EACH_CAMERA]), other.id]
