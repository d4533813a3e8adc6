"""Files of several cameras under one ID are warned of before they are committed, also those of one batch."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.index.reindex import rebuild
from ingest.index.store import enter, open_index
from ingest.spool.camera_records import write_camera_record
from ingest.spool.moves import Decided, place_of
from ingest.spool.one_camera import with_one_camera
from ingest.spool.sidecar import Sidecar, Trace, sidecar_text
from ingest.watching.mixing import Company, warn_of_mixing
from tests.spools import make_sidecar

TRACE = tuple(Trace(profile, False, "") for profile in ("w", "b", "a", "r"))


def photo(make: str, profile: str, **changes: Any) -> Sidecar:
    exif = {"Make": make, "Model": "X"} if make else {}
    values = {"camera_id": "camera", "profile": profile, "exif": exif, "trace": TRACE, **changes}
    return make_sidecar(**values)


def warned(
    root: Path, index: sqlite3.Connection, *sidecars: Sidecar, company: Company | None = None
) -> list[list[str]]:
    decided = warn_of_mixing(root, [Decided("x", one) for one in sidecars], index, company or Company())
    return [[warning.message for warning in one.sidecar.warnings if warning.code == "mixed_camera"] for one in decided]


def known(index: sqlite3.Connection, *sidecars: Sidecar) -> None:
    enter(index, [(one, place_of(one)) for one in sidecars])


def test_a_file_of_another_make_than_before_is_warned_of(root: Path, index: sqlite3.Connection) -> None:
    known(index, photo("Willfine", "w"))
    ((message,), *rest) = warned(root, index, photo("Browning", "b"), photo("Browning", "b", camera_id="other"))
    assert message.startswith("The ID camera is fed by Willfine X as well as Browning X.")
    assert rest == [[]]


def test_of_two_at_once_the_second_is(root: Path, index: sqlite3.Connection) -> None:
    company = Company()
    assert warned(root, index, photo("Willfine", "w"), company=company) == [[]]
    assert list(map(len, warned(root, index, photo("Browning", "b"), photo("Willfine", "w"), company=company))) == [
        1,
        1,
    ]


def test_an_index_made_anew_knows_as_much(root: Path, index: sqlite3.Connection) -> None:
    del index
    sidecar = photo("Willfine", "w")
    place = root / place_of(sidecar)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"jpg")
    place.with_name(f"{place.name}.json").write_text(sidecar_text(sidecar))
    rebuild(root, lambda counts, _: counts)
    with closing(open_index(root)) as rebuilt:
        assert list(map(len, warned(root, rebuilt, photo("Browning", "b")))) == [1]


def test_what_an_admin_settled_is_quiet_until_a_further_make_comes(root: Path, index: sqlite3.Connection) -> None:
    known(index, photo("Willfine", "w"), photo("Browning", "b"))
    looks = [("Willfine", "X", "w"), ("Browning", "X", "b")]
    write_camera_record(root, "camera", with_one_camera({}, looks, places=False, clock=False, by="anna", at="now"))
    assert warned(root, index, photo("Willfine", "w"), photo("Browning", "b")) == [[], []]
    assert list(map(len, warned(root, index, photo("Cuddeback", "a"), photo("Willfine", "w")))) == [1, 1]


def test_a_renamed_profile_is_no_other_camera(root: Path, index: sqlite3.Connection) -> None:
    known(index, photo("", "old"))
    assert warned(root, index, photo("", "a")) == [[]]
    known(index, photo("", "b", id="20260401T120000.000001Z-10000001"))
    assert list(map(len, warned(root, index, photo("", "a")))) == [1]


def test_rejected_files_reports_and_the_gateways_own_photos_say_nothing(root: Path, index: sqlite3.Connection) -> None:
    known(index, photo("Willfine", "w"))
    rejected = photo("Browning", "b", verdict="rejected", reason="missing_location")
    nobody = photo("Browning", "b", verdict="rejected", reason="missing_camera_id", camera_id=None)
    own = photo("Browning", "canary")
    report = photo("", "r", kind="report")
    assert warned(root, index, rejected, nobody, own, report) == [[], [], [], []]


def test_positions_that_cannot_be_one_camera_are_warned_of_with_the_file_that_shows_it(
    root: Path, index: sqlite3.Connection
) -> None:
    def at(minute: int, latitude: float, **changes: Any) -> Sidecar:
        stamp = f"20260401T12{minute:02d}00.000001Z-10000001"
        time = f"2026-04-01T12:{minute:02d}:00"
        moments = {"received_at": f"{time}.000001Z", "captured_at_utc": f"{time}Z"}
        return photo("Willfine", "w", id=stamp, latitude=latitude, longitude=5.0, **moments, **changes)

    first, second, third, fourth = at(0, 52), at(1, 48), at(2, 52), at(3, 48)
    known(index, first, second, third)
    assert list(map(len, warned(root, index, fourth))) == [1]
    by_record = replace(fourth, sources={"location": "record"})
    assert warned(root, index, by_record) == [[]]


def test_a_photo_that_does_not_depart_from_the_last_one_is_not_put_beside_those_before(
    root: Path, index: sqlite3.Connection
) -> None:
    known(index, *(photo("Willfine", "w", latitude=52.0, longitude=5.0) for _ in range(3)))
    company, asked = Company(), list[str]()
    index.set_trace_callback(asked.append)
    for _ in range(2):
        assert warned(root, index, photo("Willfine", "w", latitude=52.0, longitude=5.0), company=company) == [[]]
    assert [one.strip().split(",")[0] for one in asked] == [
        *("SELECT kind", "SELECT unixepoch(received_at)", "SELECT kind"),
    ]


def test_what_was_not_committed_after_all_is_forgotten(root: Path, index: sqlite3.Connection) -> None:
    company, first = Company(), photo("Willfine", "w")
    warned(root, index, first, company=company)
    company.forget({first.id})
    assert warned(root, index, photo("Browning", "b"), company=company) == [[]]
