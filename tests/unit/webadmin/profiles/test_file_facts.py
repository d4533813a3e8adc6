"""What files say that sidecars do not keep: read within bounds, kept, and only of plain files of the spool."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts
from ingest.settings.values import Limits
from ingest.verdict.candidate import Candidate
from tests.reconyx import PROFILE, SERIAL, hyperfire_photo
from tests.samples.strangers import commented
from webadmin.profiles import file_facts
from webadmin.profiles.file_facts import FileFacts, FileReading

RECONYX = parse_profile(PROFILE, Path("reconyx"))
COMMENTED = commented("", "ID=ridge")[0][1]


def item(number: int = 1, path: str = "a.jpg") -> Candidate:
    id_ = f"20260501T120000.{number:06d}Z-4f2a"
    return Candidate(id_, False, "report" if path.endswith("txt") else "image", path, None, None)


@contextmanager
def reading(root: Path, kept: FileFacts | None = None, *profiles: Profile) -> Iterator[FileReading]:
    with FileReading(root, Limits(), profiles, kept or FileFacts()) as opened:
        yield opened


def put(root: Path, name: str, content: bytes) -> tuple[str, int]:
    (root / name).write_bytes(content)
    return name, len(content)


def test_a_photo_tells_its_comment_and_a_report_its_lines(tmp_path: Path) -> None:
    with reading(tmp_path) as files:
        photo = files.read(item(1), *put(tmp_path, "a.jpg", COMMENTED))
        report = files.read(item(2, "dr.txt"), *put(tmp_path, "dr.txt", b"IMEI:77\r\nBattery:60%\r\n"))
    assert photo and photo.comment == b"ID=ridge"
    assert report and report.report == {"imei": "77", "battery": "60%"}


def test_a_makernote_is_read_where_a_profile_asks_for_it(tmp_path: Path) -> None:
    place, kept = put(tmp_path, "a.jpg", hyperfire_photo(seed=1, size=(64, 48))), FileFacts()
    with reading(tmp_path, kept) as files:
        unasked = files.read(item(), *place)
    with reading(tmp_path, kept, RECONYX) as files:
        asked = files.read(item(), *place)
    assert unasked and unasked.makernotes.values == {} and unasked.unread is None
    assert asked and asked.makernotes.values["SerialNumber"] == SERIAL


def test_what_was_read_is_kept_and_goes_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, kept = put(tmp_path, "a.jpg", COMMENTED), FileFacts()
    with reading(tmp_path, kept) as files:
        first = files.read(item(), *place)
        (tmp_path / "a.jpg").unlink()
        assert files.read(item(), *place) == first
        monkeypatch.setattr(file_facts, "_MOST_KEPT_BYTES", 10)
        kept.keep(("other", False), Facts("image", 3, comment=b"x" * 8))
        assert files.read(item(), *place) is None
        kept.keep(("other", False), Facts("image", 3, comment=b"y" * 8))
    assert kept.get(("other", False)) == Facts("image", 3, comment=b"y" * 8)


def test_only_so_many_files_and_makernotes_are_read_for_one_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_facts, "MOST_FILES", 3)
    monkeypatch.setattr(file_facts, "MOST_NOTES", 1)
    place, kept = put(tmp_path, "a.jpg", hyperfire_photo(seed=1, size=(64, 48))), FileFacts()
    with reading(tmp_path, kept, RECONYX) as files:
        assert [files.read(item(number), *place) is not None for number in range(3)] == [True, False, False]
    with reading(tmp_path, kept) as files:
        assert [files.read(item(number), *place) is not None for number in range(5)] == [True, True, True, False, False]


@pytest.mark.parametrize("place", ["gone.jpg", "../secret", "/etc/passwd", "link.jpg", "folder"])
def test_what_is_no_plain_file_of_the_spool_says_nothing(tmp_path: Path, place: str) -> None:
    root = tmp_path / "spool"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(COMMENTED)
    (root / "link.jpg").symlink_to(tmp_path / "secret")
    with reading(root) as files:
        assert files.read(item(), place, 3) is None


def test_a_report_that_is_too_large_and_a_file_of_another_kind_say_nothing(tmp_path: Path) -> None:
    large = b"IMEI:77\r\n" * 20_000
    with reading(tmp_path) as files:
        assert files.read(item(1, "dr.txt"), *put(tmp_path, "dr.txt", large)) is None
        assert files.read(item(2, "dr.txt"), *put(tmp_path, "dr.txt", COMMENTED)) is None
