"""Facts: what the bytes say, whatever the name."""

import struct
from hashlib import sha256

import pytest

from ingest.reading.facts import bytes_to_read, read_facts, with_makernotes
from ingest.reading.makernotes import Makernotes
from ingest.settings.values import Limits
from ingest.simulation.photos import willfine_photo
from ingest.simulation.reports import willfine_report
from tests.reconyx import hyperfire_photo
from tests.samples.drawing import drawn, with_block
from tests.samples.willfine import IMEI, POSITION, WHEN

PHOTO = willfine_photo(IMEI, WHEN, *POSITION, seed=1)


def test_it_works() -> None:
    facts = read_facts(PHOTO, len(PHOTO), "E1.JPG", Limits())
    assert (facts.kind, facts.width, facts.height, facts.size_bytes) == ("image", 1280, 960, len(PHOTO))
    assert facts.sha256 == sha256(PHOTO).hexdigest()
    assert (facts.problems, facts.metadata_problem, facts.warnings) == ((), None, ())


def test_at_most_one_byte_more_than_the_limit_is_read() -> None:
    limits = Limits(image_bytes=100, report_bytes=10)
    assert bytes_to_read("E1.JPG", limits) == 101
    assert bytes_to_read("photo-called.txt", limits) == 101
    assert bytes_to_read("a.txt", Limits(image_bytes=10, report_bytes=100)) == 101


def test_what_was_not_read_whole_has_no_digest_and_is_not_called_cut_or_broken() -> None:
    facts = read_facts(PHOTO[:1000], len(PHOTO), "E1.JPG", Limits(image_bytes=999))
    assert facts.sha256 is None
    assert [problem.code for problem in facts.problems] == ["file_too_large"]
    assert facts.warnings == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\0\0\0\x18ftypheic", "a HEIC picture"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"\0" * 100, "only zero bytes"),
        (b"\xff\xd8", "something else"),
        (b"IMEI:1", "something else"),
    ],
)
def test_what_is_not_a_jpeg_is_called_by_its_name(content: bytes, said: str) -> None:
    (problem,) = read_facts(content, len(content), "E1.JPG", Limits()).problems
    assert problem.code == "not_a_jpeg"
    assert said in problem.message


def test_a_few_bytes_that_claim_two_gigapixels_are_not_decoded() -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 50_000, 42_000, 1) + b"\x01\x11\x00"
    bomb = b"\xff\xd8" + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\0" * 200 + b"\xff\xd9"
    facts = read_facts(bomb, len(bomb), "E1.JPG", Limits())
    assert (facts.width, facts.height) == (42_000, 50_000)
    assert facts.problems == ()


def test_a_photo_is_broken_when_size_or_picture_is_missing() -> None:
    for content in (PHOTO[:900], b"\xff\xd8\xff\xd9", b"\xff\xd8\xff" + b"\0" * 100):
        assert [problem.code for problem in read_facts(content, len(content), "E", Limits()).problems] == [
            "broken_jpeg"
        ]


def test_metadata_problems_stand_apart() -> None:
    def code(content: bytes) -> str | None:
        problem = read_facts(content, len(content), "E1.JPG", Limits()).metadata_problem
        return problem.code if problem else None

    assert code(drawn(None)) == "no_metadata"
    assert code(with_block(b"Exif\0\0")) == "unreadable_metadata"
    assert code(with_block(b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0")) == "no_metadata"
    assert code(PHOTO) is None


def test_a_report_is_read_by_its_name_and_an_image_by_its_content() -> None:
    report = willfine_report(IMEI, WHEN)
    assert read_facts(report, len(report), "a-dr.TXT", Limits()).report["imei"] == IMEI
    assert read_facts(PHOTO, len(PHOTO), "a-dr.txt", Limits()).kind == "image"
    assert read_facts(report, len(report), "a", Limits()).kind == "other"


@pytest.mark.parametrize("ending", ["txt", "csv", "json", "log", "htm", "html", "xml"])
def test_each_ending_of_a_report_is_read_within_the_limit_of_reports_and_a_photo_stays_a_photo(ending: str) -> None:
    report, path = willfine_report(IMEI, WHEN), f"north/a.{ending}"
    assert read_facts(report, len(report), path, Limits()).report["imei"] == IMEI
    assert read_facts(PHOTO, len(PHOTO), path, Limits()).kind == "image"
    (problem,) = read_facts(report, len(report), path, Limits(report_bytes=len(report) - 1)).problems
    assert problem.code == "file_too_large"


def test_a_report_that_breaks_its_layout_is_rejected_with_the_line() -> None:
    (problem,) = read_facts(b'{\n "imei": }', 12, "a.json", Limits()).problems
    assert problem.code == "unparsable_report"
    assert "breaks it in line 2" in problem.message


def test_several_reports_in_one_file_are_a_warning_that_counts_and_names_them() -> None:
    content = b"".join(b"IMEI:%d\nCSQ:31\n" % number for number in (11, 11, 12, 13, 14, 15))
    facts = read_facts(content, len(content), "a.txt", Limits())
    assert facts.report == {"imei": "15", "csq": "31"}
    (warning,) = facts.warnings
    assert warning.code == "several_reports"
    assert warning.message == (
        "The file has 6 reports, and only its last one is read; before it are those that begin with "
        "`imei: 11`, `imei: 12`, `imei: 13` and 1 more."
    )


def test_low_resolution_is_a_setting() -> None:
    facts = read_facts(PHOTO, len(PHOTO), "E1.JPG", Limits(low_resolution_pixels=2_000_000))
    assert [warning.code for warning in facts.warnings] == ["low_resolution"]


def test_only_a_photo_with_a_makernote_keeps_its_exif_for_exiftool() -> None:
    assert read_facts(PHOTO, len(PHOTO), "E1.JPG", Limits()).unread is None
    reconyx = hyperfire_photo()
    facts = read_facts(reconyx, len(reconyx), "E1.JPG", Limits())
    assert facts.unread and facts.unread in reconyx
    read = with_makernotes(facts, Makernotes({"SerialNumber": "H5"}))
    assert (read.makernotes.values, read.unread, read.metadata_problem) == ({"SerialNumber": "H5"}, None, None)
    unread = with_makernotes(facts, Makernotes(problem="exiftool is not installed."))
    assert unread.metadata_problem
    assert (unread.metadata_problem.code, unread.warnings[-1].code) == (
        "unreadable_metadata",
        "metadata_partly_unreadable",
    )
