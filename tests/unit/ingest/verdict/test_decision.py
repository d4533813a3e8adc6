"""Verdicts: the reason is the first problem of the closed list, every problem is told, and content wins over name."""

import json
import pickle
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import bytes_to_read, read_facts
from ingest.settings.values import Cameras, Limits, Settings
from ingest.simulation.photos import gps_tags, instar_path, plain_photo, swift_name, willfine_photo
from ingest.simulation.reports import willfine_report
from ingest.spool.item import Item
from ingest.spool.sidecar import Sidecar, parse_sidecar, sidecar_text
from ingest.verdict.decision import as_duplicate, as_internal_error, by_transfer
from ingest.vocabulary import Transfer
from tests.samples.drawing import drawn, with_block, with_segments
from tests.samples.judging import ARRIVAL, ITEM_ID, codes, judge, shipped
from tests.samples.tiff import (
    DATE,
    MAKE,
    SERIAL,
    Tag,
    block,
    text,
    willfine_block,
)
from tests.samples.willfine import IMEI, POSITION, WHEN

PHOTO = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
REPORT = willfine_report(IMEI, WHEN)


def photo_with(**changes: list[Tag]) -> bytes:
    return with_block(willfine_block(**changes))


def test_it_works() -> None:
    sidecar = judge(PHOTO)
    assert (sidecar.verdict, sidecar.reason, codes(sidecar)) == ("accepted", None, [])
    assert (sidecar.camera_id, sidecar.profile) == (IMEI, "willfine-4.0t-cg")
    assert (sidecar.captured_at, sidecar.captured_at_utc) == ("2026-04-30T15:46:07", "2026-04-30T15:46:07Z")
    assert (sidecar.latitude, sidecar.longitude) == POSITION
    assert (sidecar.width, sidecar.height, sidecar.size_bytes) == (1280, 960, len(PHOTO))
    assert sidecar.received_at == "2026-05-01T12:00:00.000000Z"
    assert parse_sidecar(sidecar_text(sidecar)) == sidecar


def test_a_profile_that_names_an_encoding_reads_and_shows_its_texts_in_it() -> None:
    profile = parse_profile(
        """
        name = "GBK"
        evidence = "test"
        [image]
        match = { "exif.Make" = "^北京$" }
        encoding = "gbk"
        require = ["camera_id"]
        [image.fields]
        camera_id = { from = "exif.BodySerialNumber" }
        """,
        Path("gbk"),
    )
    sidecar = judge(photo_with(main=[text(MAKE, "北京".encode("gbk"))]), catalogue=Catalogue((profile,)))
    assert (sidecar.profile, sidecar.exif["Make"]) == ("gbk", "北京")


def test_a_photo_without_exif_is_read_from_its_comment_and_its_xmp() -> None:
    profile = parse_profile(
        """
        name = "Comment"
        evidence = "test"
        [image]
        match = { comment = "CAM=" }
        absent = ["exif.Make"]
        find = { comment = 'CAM=(?P<id>[^;]+)' }
        require = ["camera_id", "captured_at"]
        [image.fields]
        camera_id = { from = "{id}" }
        captured_at = { from = "xmp.xmp:CreateDate", format = "%Y-%m-%dT%H:%M:%S%z" }
        """,
        Path("comment"),
    )
    xmp = (
        b'http://ns.adobe.com/xap/1.0/\0<a xmlns:q="http://ns.adobe.com/xap/1.0/" q:CreateDate="2026-04-30T01:15:30Z"/>'
    )
    content = with_segments((0xFE, b"CAM=UO002;T=12"), (0xE1, xmp))
    sidecar = judge(content, "snap.jpg", catalogue=Catalogue((profile,)))
    assert (sidecar.verdict, sidecar.camera_id, codes(sidecar)) == ("accepted", "UO002", [])
    assert sidecar.captured_at_utc == "2026-04-30T01:15:30Z"


def test_content_wins_over_name() -> None:
    for name in ("IMG.JPG.1", "photo", "report.txt", "clip.mp4", "x.json"):
        assert judge(PHOTO, name).verdict == "accepted"
    assert judge(REPORT, "a.JPG").reason == "not_a_jpeg"
    assert judge(REPORT, "a.jpeg.2").reason == "not_a_jpeg"
    assert judge(REPORT, "a.txt.1").verdict == "accepted"
    assert judge(REPORT, "a.csv").verdict == "accepted"
    assert judge(REPORT, "a.pdf").reason == "unsupported_file_type"


def test_a_clip_names_itself() -> None:
    sidecar = judge(b"\0\0\0\x18ftypmp42", "INSTAR/lat1.0_lon2.0/A.mp4")
    assert (sidecar.reason, sidecar.kind) == ("unsupported_file_type", "other")
    assert "`A.mp4` is a video clip" in sidecar.problems[0].message


@pytest.mark.parametrize(("name", "kind"), [("E.JPG", "image"), ("a.txt", "report"), ("a.mp4", "other")])
def test_an_empty_file_is_said_to_be_empty(name: str, kind: str) -> None:
    sidecar = judge(b"", name)
    assert sidecar.kind == kind
    assert "empty_file" in codes(sidecar)


def test_a_file_over_its_limit_is_too_large_and_still_says_whose_it_is() -> None:
    limits = Limits(image_bytes=len(PHOTO) - 1)
    content = (PHOTO + b"\0" * 50_000)[: bytes_to_read("E.JPG", limits)]
    sidecar = judge(content, size_bytes=len(PHOTO) + 50_000, settings=Settings(limits=limits))
    assert codes(sidecar) == ["file_too_large"]
    assert (sidecar.camera_id, sidecar.sha256) == (IMEI, None)


def test_exactly_the_limit_is_taken() -> None:
    assert judge(PHOTO, settings=Settings(limits=Limits(image_bytes=len(PHOTO)))).verdict == "accepted"
    over = judge(PHOTO, settings=Settings(limits=Limits(image_bytes=len(PHOTO) - 1)))
    assert over.reason == "file_too_large"
    assert over.sha256 is not None


def test_a_large_report_is_not_read() -> None:
    sidecar = judge(REPORT, "a.txt", settings=Settings(limits=Limits(report_bytes=10)))
    assert codes(sidecar) == ["file_too_large"]


def test_every_problem_is_told_and_the_first_of_the_list_is_the_reason() -> None:
    sidecar = judge(photo_with(exif=[text(SERIAL, b"a/b"), text(DATE, b"0000:00:00 00:00:00")], gps=[text(1, b"X")]))
    assert codes(sidecar) == ["bad_camera_id", "bad_datetime", "invalid_location"]
    assert sidecar.reason == "bad_camera_id"
    assert all(problem.message.endswith(".") for problem in sidecar.problems)


def test_no_exif_is_no_problem_for_a_profile_that_reads_none() -> None:
    assert judge(plain_photo(seed=1), instar_path(52.02368, 12.9829, WHEN)).verdict == "accepted"
    assert codes(judge(plain_photo(seed=1), swift_name(IMEI, WHEN, 1))) == ["no_metadata", "no_matching_profile"]


def test_a_photo_without_exif_that_nobody_expects_exif_of_is_of_an_unknown_camera() -> None:
    """Many cameras write none: that an app has stripped it is said only where a profile knows such paths."""
    for path in ("E1000502.JPG", "DCIM/100RECNX/IMG_0001.JPG", "cam7/2026-11-21/event93/01-15-30.jpg"):
        sidecar = judge(plain_photo(seed=1), path)
        assert codes(sidecar) == ["no_matching_profile"]
        assert sidecar.problems[0].message == "No profile knows a photo without EXIF under this path."
    assert codes(judge(drawn({}), "E1000502.JPG")) == ["no_matching_profile"]


def test_a_photo_whose_exif_is_damaged_says_so_whoever_took_it() -> None:
    assert codes(judge(with_block(b"Exif\0\0"), "a.jpg"))[:2] == ["unreadable_metadata", "no_matching_profile"]


def test_the_photo_half_there_is_kept_with_a_warning() -> None:
    assert codes(judge(PHOTO[: len(PHOTO) // 2])) == ["truncated"]
    assert codes(judge(PHOTO + b"\0" * 100)) == []


def test_two_profiles_that_claim_a_file_are_both_named() -> None:
    twin = replace(next(one for one in shipped().profiles if one.image and one.id.startswith("will")), id="twin")
    sidecar = judge(PHOTO, catalogue=Catalogue((*shipped().profiles, twin)))
    assert codes(sidecar) == ["ambiguous_profile"]
    assert sidecar.problems[0].message == "More than one profile claims the file: willfine-4.0t-cg and twin."


def test_the_trace_says_which_condition_failed_with_which_value() -> None:
    sidecar = judge(drawn({"0th": {0x010F: b"SY", 0x0110: b"4.0PCG"}}), swift_name(IMEI, WHEN, 1))
    because = {trace.profile: trace.because for trace in sidecar.trace}
    assert because["swift-enduro-4.0pcg-r"] == r"exif.Model: `4.0PCG` lacks `4\.0PCG-R`"
    assert because["instar"] == "path: no match"
    assert sidecar.problems[0].message == "No profile knows a camera with Make `SY` and Model `4.0PCG`."


def test_a_connection_test_is_greeted_whatever_is_in_it() -> None:
    for content in (PHOTO, b"", b"hello"):
        sidecar = judge(content, "INSTAR/lat52.02368_lon12.98290/Test-Snapshot.jpeg")
        assert codes(sidecar) == ["connection_test"]
        assert sidecar.camera_id == "lat52.02368_lon12.98290"
    assert judge(PHOTO, "Test-Snapshot.jpeg").camera_id is None


def test_no_exif_is_no_problem_when_everything_required_comes_from_the_path() -> None:
    profile = parse_profile(
        """
        name = "Names"
        evidence = "test"
        [image]
        match = { path = '^RX/(?P<camera>c[0-9]+)/(?P<time>[0-9]{14})' }
        require = ["camera_id", "captured_at"]
        [image.fields]
        camera_id = { from = "path.camera" }
        captured_at = { from = ["exif.DateTimeOriginal", "path.time"], format = "%Y%m%d%H%M%S" }
        location = { from = "exif.GPS" }
        """,
        Path("names"),
    )
    names = Catalogue((profile,))
    sidecar = judge(plain_photo(seed=1), "RX/c1/20260430120000.jpg", catalogue=names)
    assert (codes(sidecar), sidecar.camera_id, sidecar.captured_at) == ([], "c1", "2026-04-30T12:00:00")
    assert codes(judge(plain_photo(seed=1), "RX/c1/20260230120000.jpg", catalogue=names)) == [
        "no_metadata",
        "bad_datetime",
    ]


def test_the_gateways_own_photos_need_no_registration_and_nobody_else_gets_in_by_that_name() -> None:
    strict = Settings(cameras=Cameras(must_be_registered=True))
    exif = {"0th": {0x010F: b"Camspool", 0x0110: b"Canary"}, "Exif": {0xA431: b"canary"}, "GPS": gps_tags(1.0, 1.0)}
    exif["Exif"][0x9003] = b"2026:05:01 12:00:00"
    assert judge(drawn(exif), settings=strict, registered=False).camera_id == "canary"
    assert judge(drawn(exif), settings=strict, registered=False).verdict == "accepted"
    exif["Exif"][0xA431] = b"other"
    assert judge(drawn(exif), settings=strict, registered=False).verdict == "rejected"
    disguised = photo_with(exif=[text(SERIAL, b"canary")])
    assert "unknown_camera" in codes(judge(disguised, settings=strict, registered=False))


def test_one_byte_too_many_does_not_read_as_just_enough() -> None:
    over = judge(PHOTO + bytes(10_485_761 - len(PHOTO)))
    assert "10.01 MB; at most 10 MB" in over.problems[0].message


def test_a_duplicate_names_its_original() -> None:
    sidecar = as_duplicate(judge(PHOTO), "20260101T000000.000000Z-0000")
    assert (sidecar.verdict, sidecar.reason) == ("rejected", "duplicate")
    assert sidecar.duplicate_of == "20260101T000000.000000Z-0000"
    assert sidecar.camera_id == IMEI


def test_an_internal_error_keeps_its_traceback() -> None:
    item = Item(ITEM_ID, b"E1.JPG", "ftps")
    sidecar = as_internal_error(item, 7, "It failed three times.", "Traceback: ...", ARRIVAL)
    assert (sidecar.reason, sidecar.kind, sidecar.traceback) == ("internal_error", "image", "Traceback: ...")
    assert parse_sidecar(sidecar_text(sidecar)) == sidecar


def test_facts_and_profiles_travel_between_processes() -> None:
    facts = read_facts(PHOTO, len(PHOTO), "E.JPG", Limits())
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - our own
    assert pickle.loads(pickle.dumps(shipped())) == shipped()  # noqa: S301 - our own


NAMES = [
    "-rf.JPG",
    "a\nb.JPG",
    "'\"<script>.JPG",
    "x" * 251 + ".JPG",
    "\udcff\udcfe.JPG",
    "../../etc/passwd",
    "%2F%00.JPG",
    "E1000159.JPG.json",
    "\x1b[31m.JPG",
    "d/" * 2000 + "E.JPG",
]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_get_verdicts_like_any_other(name: str) -> None:
    for content in (PHOTO, REPORT, b"", b"junk"):
        whole(judge(content, name))


def whole(sidecar: Sidecar) -> None:
    """Check what holds for every sidecar whatever was sent."""
    assert parse_sidecar(sidecar_text(sidecar)) == sidecar
    assert (sidecar.verdict == "accepted") == (sidecar.reason is None) == (not sidecar.problems)
    assert sidecar.reason == (sidecar.problems[0].code if sidecar.problems else None)
    messages = [one.message for one in sidecar.problems] + [one.message for one in sidecar.warnings]
    assert all(len(message) < 3000 and message.isprintable() for message in messages)
    assert len(json.dumps(dict(sidecar.exif))) < 500_000
    if sidecar.verdict == "accepted":
        assert sidecar.camera_id


BLOCK = willfine_block()


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(6, len(BLOCK) - 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_exif_block_always_ends_in_a_sidecar(changes: list[tuple[int, int]]) -> None:
    content = bytearray(BLOCK)
    for place, value in changes:
        content[place] = value
    whole(judge(with_block(bytes(content), (64, 48))))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(REPORT)), st.binary(max_size=4)), max_size=8),
    st.sampled_from(["utf-8", "gbk", "utf-16", "utf-16-le"]),
)
def test_a_damaged_report_always_ends_in_a_sidecar(changes: list[tuple[int, bytes]], encoding: str) -> None:
    content = REPORT.decode().encode(encoding)
    for place, new in changes:
        content = content[:place] + new + content[place + len(new) :]
    whole(judge(content, "a-dr.txt"))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x01\x00Exif\0\0II*\0"]))
def test_noise_always_ends_in_a_sidecar(noise: bytes, start: bytes) -> None:
    for name in ("E.JPG", "a.txt", "INSTAR/lat1.0_lon2.0/A_2026-04-09_16-04-05.jpeg", "x"):
        whole(judge(start + noise, name))


def test_ten_megabytes_of_anything_are_decided_within_a_second() -> None:
    for content, name in (
        (b"\xff\xd8\xff" + b"\xff\xc0" * 5_000_000, "E.JPG"),
        (b"\xff" * 10_000_000, "E.JPG"),
        (b"a:b\n" * 260_000, "a.txt"),
        (b":" * 1_000_000, "a.txt"),
        (b"\n" * 1_000_000, "a.txt"),
    ):
        began = process_time()
        whole(judge(content, name))
        assert process_time() - began < 1


MANY = range(10_000)
NAME_SPACE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
XMP = b"http://ns.adobe.com/xap/1.0/\0"
PROPERTIES = " ".join(f"dc:a{number}='x'" for number in range(4000))


def xmp_of(packet: str) -> bytes:
    return with_segments((0xE1, XMP + packet.encode()))


FIELDS: dict[str, tuple[bytes, str]] = {
    "tags": (with_block(block([text(number, b"x") for number in range(1, 5000)])), "E.JPG"),
    "tags of one name": (with_block(block([text(MAKE, b"SY")] * 5000)), "E.JPG"),
    "comments": (with_segments(*((0xFE, b"ID=%d" % number) for number in MANY)), "E.JPG"),
    "packets of XMP": (with_segments(*((0xE1, XMP + b"<a>") for _ in MANY)), "E.JPG"),
    "properties of XMP": (xmp_of(f"<a {NAME_SPACE} {PROPERTIES}/>"), "E.JPG"),
    "elements of XMP": (xmp_of(f"<a {NAME_SPACE}>{'<dc:a>x</dc:a>' * 4000}</a>"), "E.JPG"),
    "a tower of XMP": (xmp_of(f"<a {NAME_SPACE}>{'<dc:a>' * MANY.stop}"), "E.JPG"),
    "lines": ("".join(f"k{n}:v\n" for n in MANY).encode(), "a.txt"),
    "lines of one key": (b"IMEI:861943070068027\nCSQ:31\n" * MANY.stop, "a.txt"),
    "names in JSON": (json.dumps({f"k{n}": n for n in MANY}).encode(), "a.json"),
    "reports in JSON": (json.dumps([{"IMEI": str(n), "CSQ": n} for n in MANY]).encode(), "a.json"),
    "columns": (f"{','.join(f'k{n}' for n in MANY)}\n{','.join('v' for _ in MANY)}\n".encode(), "a.csv"),
    "elements": (f"<r>{''.join(f'<k{n}>v</k{n}>' for n in MANY)}</r>".encode(), "a.xml"),
    "cells": (f"<table>{'<tr><td>IMEI<td>1' * MANY.stop}</table>".encode(), "a.htm"),
    "folders": (plain_photo(seed=1), "a/" * MANY.stop + "a.jpg"),
}


@pytest.mark.parametrize("named", FIELDS)
def test_ten_thousand_fields_are_a_verdict_of_bounded_size_within_a_second(named: str) -> None:
    content, path = FIELDS[named]
    began = process_time()
    sidecar = judge(content, path)
    assert process_time() - began < 1
    whole(sidecar)
    assert len(sidecar_text(replace(sidecar, upload_path=""))) < 200_000


@pytest.mark.parametrize("content", [PHOTO, b"no photo"], ids=["accepted", "rejected"])
def test_a_withdrawn_file_is_rejected_for_that_and_keeps_its_other_problems(content: bytes) -> None:
    before = judge(content)
    sidecar = by_transfer(replace(before, transfer="withdrawn"))
    assert (sidecar.verdict, sidecar.reason, codes(sidecar)[0]) == ("rejected", "withdrawn", "withdrawn")
    assert sidecar.problems[1:] == before.problems and sidecar.camera_id == before.camera_id


def test_a_test_that_its_camera_deletes_again_stays_a_test() -> None:
    sidecar = replace(judge(b"test", "FTPTest.txt"), transfer="withdrawn")
    assert sidecar.reason == "connection_test" and by_transfer(sidecar) == sidecar


@pytest.mark.parametrize("transfer", ["cut", "unclosed"])
def test_what_came_of_a_broken_transfer_is_doubted_unless_it_is_a_whole_photo(transfer: Transfer) -> None:
    whole, half = judge(PHOTO), judge(PHOTO[: len(PHOTO) // 2])
    report = judge(REPORT, "a-dr.txt")
    told = [by_transfer(replace(one, transfer=transfer)) for one in (whole, half, report)]
    assert [[warning.code for warning in one.warnings].count("truncated") for one in told] == [0, 1, 1]
    assert by_transfer(whole) == whole
