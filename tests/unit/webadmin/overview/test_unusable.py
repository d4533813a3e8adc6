"""What a camera sends that is never accepted: it is named with what to switch off, and what it took."""

import re
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from ingest.index.store import forget, open_index, read_index
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, rejected
from webadmin.overview.unusable import SHOWN_MAX, Sending, read_sendings, what_to_switch_off

MB = 1024 * 1024


def _sendings(site: Site) -> list[Sending]:
    with closing(read_index(site.root)) as index:
        return read_sendings(index, NOW)


@pytest.mark.parametrize(
    ("reason", "path", "words"),
    [
        ("unsupported_file_type", "a/CLIP1.MP4", "sends video clips: set it to photos only."),
        ("unsupported_file_type", "a.zip", "sends files that are neither photos nor reports: set it to photos only."),
        ("file_too_large", "a.jpg", "sends pictures that are too large: set it to a smaller picture size."),
        ("file_too_large", "a-dr.txt", "sends reports that are too large: look at one"),
        ("not_a_jpeg", "a.jpg", "sends pictures that are not JPEG: set its picture format to JPEG."),
    ],
)
def test_each_kind_has_its_sentence(reason: str, path: str, words: str) -> None:
    assert what_to_switch_off(reason, path).startswith(words)


def test_one_sender_and_one_reason_is_one_line_of_seven_days_what_takes_most_room_first(site: Site) -> None:
    clip: dict[str, Any] = {"reason": "unsupported_file_type", "camera_id": None}
    for days in (6, 3, 1):
        last = site.put(rejected(timedelta(days=days), upload_path=f"{days}.mp4", size_bytes=40 * MB, **clip))
    site.put(rejected(timedelta(days=9), size_bytes=99 * MB, **clip))
    site.put(rejected(size_bytes=MB, client="100.64.1.8", upload_path="other.mp4", **clip))
    for client in ("100.64.1.7", "100.64.1.9"):
        site.put(rejected(reason="file_too_large", size_bytes=11 * MB, client=client, upload_path="large.jpg"))
    site.put(rejected())
    site.put(accepted())
    found = _sendings(site)
    assert [(one.camera_id, one.client, one.items, one.size_bytes // MB) for one in found if not one.camera_id] == [
        (None, "100.64.1.7", 3, 120),
        (None, "100.64.1.8", 1, 1),
    ]
    assert (found[0].last_at, found[0].last_path) == (last.received_at, "1.mp4")
    assert [(one.camera_id, one.items, one.size_bytes // MB) for one in found[1:2]] == [(CAMERA, 2, 22)]


def test_what_was_deleted_since_was_sent_all_the_same(site: Site) -> None:
    clips = [
        site.put(rejected(reason="unsupported_file_type", upload_path=f"{number}.mp4", size_bytes=MB))
        for number in range(3)
    ]
    with closing(open_index(site.root)) as index:
        forget(index, [clips[0].id, clips[1].id], deleted=True)
    assert [(one.items, one.size_bytes) for one in _sendings(site)] == [(3, 3 * MB)]


def test_what_a_person_uploaded_is_no_cameras(site: Site) -> None:
    site.put(rejected(reason="unsupported_file_type", source="upload"))
    assert _sendings(site) == []


def test_only_those_that_take_most_room_are_told(site: Site) -> None:
    for number in range(SHOWN_MAX + 2):
        site.put(rejected(reason="not_a_jpeg", camera_id=f"camera-{number:02}", size_bytes=number))
    assert [one.camera_id for one in _sendings(site)][:2] == [f"camera-{SHOWN_MAX + 1:02}", f"camera-{SHOWN_MAX:02}"]
    assert len(_sendings(site)) == SHOWN_MAX


def test_the_overview_names_the_sender_what_to_switch_off_how_many_and_how_large(site: Site, admin: Person) -> None:
    assert "What to switch off" not in admin.get("/overview").text
    for number in range(2):
        site.put(
            rejected(reason="unsupported_file_type", camera_id=None, upload_path=f"<{number}>.mp4", size_bytes=40 * MB)
        )
    site.put(rejected(reason="file_too_large", upload_path="a.jpg", size_bytes=11 * MB))
    section = re.search(r"<h2>What to switch off</h2>.*?</section>", admin.get("/overview").text, re.DOTALL)
    assert section
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", section[0]))
    assert "A camera of the account camera at 100.64.1.7 sends video clips: set it to photos only. 2 files, " in words
    assert "in the last 7 days" in words and "&lt;1&gt;.mp4" in words
    assert f"{CAMERA} sends pictures that are too large: set it to a smaller picture size. 1 file, " in words
    assert "/files?verdict=rejected&amp;reason=unsupported_file_type&amp;camera=-" in section[0]
