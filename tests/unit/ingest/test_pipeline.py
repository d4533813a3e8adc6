from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from ingest.index.store import enter, open_index
from ingest.pipeline import (
    Originals,
    give_verdict,
    item_in,
    mark_recovered,
    settle_duplicates,
    settle_targets,
    with_change,
    with_origin,
)
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.reading.exiftool import Exiftool
from ingest.settings.targets import Target, defaults_of
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.simulation.photos import willfine_photo
from ingest.spool.moves import Decided, commit, set_aside, write_origin
from ingest.spool.names import aside_name, origin_name
from ingest.spool.origin import Origin
from ingest.spool.outbox import marked_ids, targets_on_disk
from ingest.spool.partials import head_of
from ingest.spool.patience import Patience
from ingest.spool.sidecar import Beginning, Correction, Sidecar, sidecar_text
from ingest.spool.stamp import new_id
from ingest.spool.uploads import found_file
from ingest.taking.arrived import take_finished
from tests.reconyx import PROFILE, SERIAL, hyperfire_photo
from tests.spools import make_sidecar

TAKEN = datetime(2026, 4, 1, 12, 0)  # noqa: DTZ001 - camera time is naive


def from_camera(_connection: str) -> tuple[str | None, str | None]:
    return "camera", "100.64.1.7"


def nobody(_folder: Path) -> None:
    return None


def test_the_life_of_one_photo(root: Path) -> None:
    connection = new_id()
    (root / "uploads" / connection).mkdir()
    (root / "uploads" / connection / "E1.JPG").write_bytes(
        willfine_photo("861943070068027", TAKEN, 52.1, 5.1, seed=1, size=(64, 48))
    )
    (name,) = take_finished(root, Patience(), nobody)
    item = item_in(root, name, from_camera)
    decided = give_verdict(
        root, name, item, load_catalogue([SHIPPED_PROFILES]), Settings(root=root, profiles=()), Exiftool()
    )
    sidecar = decided.sidecar
    assert (sidecar.verdict, sidecar.camera_id, sidecar.profile) == ("accepted", "861943070068027", "willfine-4.0t-cg")
    assert (sidecar.connection, sidecar.account, sidecar.client) == (connection, "camera", "100.64.1.7")
    assert sidecar.upload_path == "E1.JPG"


def test_an_item_that_was_requeued_keeps_what_is_known_of_it(root: Path) -> None:
    item_id = "20251205T154647.120034Z-4f2a"
    write_origin(root, item_id, Origin(b"a.jpg", "upload", None, "camera", "10.0.0.1", attempts=3))
    item = item_in(root, f"{item_id}~local~a.jpg", from_camera)
    assert (item.source, item.account, item.client, item.attempts) == ("upload", "camera", "10.0.0.1", 3)


def test_an_item_whose_origin_file_is_lost_is_still_an_item(root: Path) -> None:
    item_id = "20251205T154647.120034Z-4f2a"
    (root / "incoming" / origin_name(item_id)).write_bytes(b'{"upload')
    assert item_in(root, f"{item_id}~local~%", from_camera).path == "unknown"


def test_a_path_that_is_not_utf_8_can_be_given_back(root: Path) -> None:
    name = "20251205T154647.120034Z-4f2a~local~%FF%0A.jpg"
    (root / "incoming" / name).write_bytes(b"x")
    item = item_in(root, name, from_camera)
    sidecar = give_verdict(root, name, item, load_catalogue([]), Settings(root=root), Exiftool()).sidecar
    assert (sidecar.upload_path, sidecar.upload_path_quoted) == ("\\xff\n.jpg", "%FF%0A.jpg")


def test_a_verdict_names_the_beginnings_that_wait_and_those_that_an_earlier_one_had_taken_in(root: Path) -> None:
    connection, content = new_id(), willfine_photo("861943070068027", TAKEN, 52.1, 5.1, seed=1, size=(64, 48))
    earlier, path = Beginning(new_id(), "short", connection, "a.jpg", 60), b"b" * 230
    file = root / "uploads" / "cut"
    file.write_bytes(content[:100])
    partial_id, origin = new_id(), Origin(path, "ftps", connection, transfer="unclosed")
    set_aside(root, found_file(str(file), path, root), head_of(content[:100]), partial_id, origin)
    name = f"{new_id()}~local~a.jpg"
    (root / "incoming" / name).write_bytes(content)
    write_origin(root, name.partition("~")[0], Origin(b"a.jpg", "local", attempts=2, beginnings=(earlier,)))
    item = item_in(root, name, from_camera)
    sidecar = give_verdict(root, name, item, load_catalogue([]), Settings(root=root), Exiftool()).sidecar
    assert sidecar.beginnings == (earlier, Beginning(partial_id, "short", connection, path.decode(), 100))
    assert with_origin(make_sidecar(), item).beginnings == (earlier,)


@pytest.mark.parametrize("content", [b"no photo", willfine_photo("861943070068027", TAKEN, None, None, seed=1)])
def test_what_people_noted_about_a_rejected_file_stays_when_it_is_tried_again(root: Path, content: bytes) -> None:
    note = Correction("camera_id", "Y", "X", "anna", "2026-11-27T01:00:00.000000Z")
    item_id = new_id()
    write_origin(root, item_id, Origin(b"a.jpg", "ftps", corrections=(note,)))
    name = f"{item_id}~local~a.jpg"
    (root / "incoming" / name).write_bytes(content)
    item = item_in(root, name, lambda _: (None, None))
    settings = Settings(root=root, profiles=())
    decided = give_verdict(root, name, item, load_catalogue([SHIPPED_PROFILES]), settings, Exiftool())
    assert (decided.sidecar.verdict, decided.sidecar.corrections) == ("rejected", (note,))


def test_the_second_of_two_equal_files_is_a_duplicate_also_before_the_index_knows(root: Path) -> None:
    first, second, other = (make_sidecar(sha256="aa") for _ in range(3))
    originals: Originals = {}
    with closing(open_index(root)) as index:
        settled = settle_duplicates(root, [Decided("a", first), Decided("b", second)], index, originals)
        assert [one.sidecar.duplicate_of for one in settled] == [None, first.id]
        enter(index, [(first, "place")])
        (again,) = settle_duplicates(root, [Decided("c", other)], index, {})
        assert again.sidecar.duplicate_of == first.id


def test_equal_files_of_two_cameras_are_not_duplicates(root: Path) -> None:
    decided = [Decided("a", make_sidecar(sha256="aa")), Decided("b", make_sidecar(sha256="aa", camera_id="other"))]
    with closing(open_index(root)) as index:
        assert {one.sidecar.verdict for one in settle_duplicates(root, decided, index, {})} == {"accepted"}


def test_content_that_the_disk_lost_between_two_attempts_is_a_warning_until_the_verdict_stands(root: Path) -> None:
    item_id = "20251205T154647.120034Z-4f2a0001"
    aside = root / "incoming" / aside_name(item_id)
    sidecar = replace(make_sidecar(), id=item_id, sha256="ab", warnings=())

    def codes(now: Sidecar) -> list[str]:
        return [warning.code for warning in with_change(root, now).warnings]

    assert codes(sidecar) == []
    for told in (sidecar_text(sidecar).encode(), b"", b'{"schema": 1, "id"'):
        aside.write_bytes(told)
        assert codes(sidecar) == [], told
    aside.write_bytes(bytes(900))
    assert codes(sidecar) == ["changed_on_disk"]
    aside.write_text(sidecar_text(replace(sidecar, sha256="cd")))
    changed = with_change(root, sidecar)
    assert [warning.code for warning in changed.warnings] == ["changed_on_disk"]
    aside.write_text(sidecar_text(changed))
    assert codes(sidecar) == ["changed_on_disk"]


RECONYX = Catalogue((parse_profile(PROFILE, Path("reconyx")),))


def verdict_on(root: Path, content: bytes, exiftool: Exiftool, path: str = "IMG_0001.JPG") -> Sidecar:
    name = f"{new_id()}~local~{path}"
    (root / "incoming" / name).write_bytes(content)
    return give_verdict(root, name, item_in(root, name, from_camera), RECONYX, Settings(root=root), exiftool).sidecar


def test_a_photo_that_says_who_and_when_in_its_makernote_alone_is_accepted(root: Path) -> None:
    with Exiftool(30.0) as exiftool:
        sidecar = verdict_on(root, hyperfire_photo(), exiftool, "-o\n-execute.JPG".replace("\n", "%0A"))
    assert (sidecar.verdict, sidecar.camera_id, sidecar.captured_at) == ("accepted", SERIAL, "2026-11-21T01:15:30")
    assert sidecar.sources == {
        "camera_id": "makernote.SerialNumber",
        "captured_at": "makernote.DateTimeOriginal",
    }
    assert [one.code for one in sidecar.warnings] == ["low_resolution"]


def test_a_photo_that_no_profile_with_makernotes_may_claim_never_meets_exiftool(root: Path) -> None:
    exiftool = Exiftool(program="/bin/false")
    verdict_on(root, hyperfire_photo(make="Browning"), exiftool)
    verdict_on(root, willfine_photo("861943070068027", TAKEN, 52.1, 5.1, seed=1, size=(64, 48)), exiftool)
    assert exiftool.pid is None


def test_without_exiftool_the_photo_is_kept_with_a_reason_that_says_so(root: Path) -> None:
    sidecar = verdict_on(root, hyperfire_photo(), Exiftool(program="/nowhere"))
    assert (sidecar.verdict, sidecar.reason) == ("rejected", "unreadable_metadata")
    (warning,) = (one.message for one in sidecar.warnings if one.code == "metadata_partly_unreadable")
    assert warning == (
        "The photo's MakerNote could not be read: exiftool is not installed: apt install libimage-exiftool-perl."
    )
    assert sidecar.problems[0].message == warning


@pytest.mark.parametrize("note", [b"\x01\xf1", b"\x01\xf1\x03\0" + b"\xff" * 60_000, b"RECONYXH2\0" + bytes(50)])
def test_a_hostile_makernote_is_a_verdict(root: Path, note: bytes) -> None:
    with Exiftool(30.0) as exiftool:
        sidecar = verdict_on(root, hyperfire_photo(makernote=note), exiftool)
        assert (sidecar.verdict, sidecar.profile) == ("rejected", "reconyx")
        assert verdict_on(root, hyperfire_photo(seed=2), exiftool).verdict == "accepted"


TARGETS = (
    Target("nas", "archive", *defaults_of("archive")),
    Target("hook", "webhook", *defaults_of("webhook")),
)


def test_a_commit_makes_the_marks_of_the_targets_that_want_the_item(root: Path) -> None:
    photo, report, refused = (
        make_sidecar(sha256="aa"),
        make_sidecar(kind="report"),
        make_sidecar(verdict="rejected", reason="no_metadata"),
    )
    decided = [Decided(f"{one.id}~local~x", one) for one in (photo, report, refused)]
    for one in decided:
        (root / "incoming" / one.name).write_bytes(b"jpg")
    assert settle_targets(decided, ()) == decided
    settled = settle_targets(decided, TARGETS)
    assert [one.targets for one in settled] == [("nas", "hook"), ("nas",), ()]
    commit(root, settled)
    assert (marked_ids(root, "nas"), marked_ids(root, "hook")) == (sorted([photo.id, report.id]), [photo.id])


def test_items_whose_commit_broke_off_get_their_marks_when_the_gateway_starts_again(root: Path) -> None:
    committed = [(make_sidecar(), "accepted/x"), (make_sidecar(verdict="rejected", reason="no_metadata"), "rejected/x")]
    mark_recovered(root, committed, ())
    assert targets_on_disk(root) == []
    for _ in range(2):
        mark_recovered(root, committed, TARGETS)
    assert [marked_ids(root, target.name) for target in TARGETS] == [[committed[0][0].id]] * 2
