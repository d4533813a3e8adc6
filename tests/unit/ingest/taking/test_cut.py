"""An upload whose transfer broke off: whole photos go on, beginnings wait, and of two the longer one is kept."""

from dataclasses import replace
from pathlib import Path

from ingest.simulation.photos import plain_photo
from ingest.spool.origin import Origin
from ingest.spool.partials import list_partials
from ingest.spool.uploads import Upload, found_file
from ingest.taking import cut
from ingest.taking.cut import is_whole_photo, waits_for_the_whole

PHOTO = plain_photo(seed=1)
ORIGIN = Origin(b"a.jpg", "ftps", "20261123T202316.314333Z-10007498", transfer="cut")


def upload(root: Path, content: bytes) -> Upload:
    file = root / "uploads" / "a.jpg"
    file.write_bytes(content)
    return found_file(str(file), b"a.jpg", root)


def sizes(root: Path) -> list[int]:
    return [one.size_bytes for one in list_partials(root)]


def test_a_photo_that_is_whole_all_the_same_goes_on(root: Path) -> None:
    one = upload(root, PHOTO)
    assert not waits_for_the_whole(root, one, ORIGIN)
    assert Path(one.name).exists() and sizes(root) == []


def test_half_a_photo_and_a_report_wait(root: Path) -> None:
    for content in (PHOTO[: len(PHOTO) // 2], b"IMEI:8619430700"):
        assert waits_for_the_whole(root, upload(root, content), ORIGIN)
        assert not (root / "uploads" / "a.jpg").exists()
    assert sorted(sizes(root)) == [15, len(PHOTO) // 2]


def test_of_two_cuts_of_one_file_the_longer_one_is_kept_whichever_comes_first(root: Path) -> None:
    large = PHOTO[:-2] * 20
    for size in (5000, 9000, 7000, 9000):
        assert waits_for_the_whole(root, upload(root, large[:size]), ORIGIN)
    assert sizes(root) == [9000]


def test_what_was_acknowledged_waits_even_where_a_longer_one_has_all_of_it(root: Path) -> None:
    """Each is owed an outcome of its own, and the whole takes them all in."""
    large = PHOTO[:-2] * 20
    for size in (5000, 9000, 7000):
        assert waits_for_the_whole(root, upload(root, large[:size]), replace(ORIGIN, transfer="unclosed"))
    for size in (9500, 6000):
        assert waits_for_the_whole(root, upload(root, large[:size]), ORIGIN)
    assert sorted(sizes(root)) == [5000, 7000, 9000, 9500]


def test_what_can_never_be_accepted_does_not_wait(root: Path, monkeypatch: object) -> None:
    one = upload(root, b"x" * 100)
    limit, cut.CUT_MAX_BYTES = cut.CUT_MAX_BYTES, 99
    try:
        assert not waits_for_the_whole(root, one, ORIGIN)
    finally:
        cut.CUT_MAX_BYTES = limit


def test_a_photo_is_whole_to_its_end_marker() -> None:
    assert is_whole_photo(PHOTO) and is_whole_photo(PHOTO + b"\0\0")
    assert not is_whole_photo(PHOTO[:-1]) and not is_whole_photo(b"text\xff\xd9") and not is_whole_photo(b"")
