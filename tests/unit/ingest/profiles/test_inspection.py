"""What `camspool profile inspect` tells: how close each profile came, and every line harmless."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.profiles.inspection import closest, inspection_text, tokens
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts, read_facts
from ingest.settings.values import Limits
from ingest.simulation.photos import swift_exif
from tests.samples.drawing import drawn, with_segments
from tests.samples.swift import POSITION, WHEN


def profile(id_: str, conditions: str, part: str = "image") -> Profile:
    text = f"""
    name = "n"
    evidence = "e"
    [{part}]
    match = {{ {conditions} }}
    {'require = ["camera_id"]' if part == "image" else ""}
    [{part}.fields]
    camera_id = {{ from = "account" }}
    """
    return parse_profile(text, Path(id_))


RIGHT = profile("right", "\"exif.Make\" = '^SY$'")
CLOSE = profile("close", "\"exif.Make\" = '^SY$', \"exif.Model\" = '^X$'")
FAR = profile("far", "\"exif.Make\" = '^X$', path = '^OTHER/'")
REPORTS = profile("reports", "\"report.IMEI\" = ''", "report")


def facts(content: bytes, path: str) -> Facts:
    return read_facts(content, len(content), path, Limits())


def photo() -> Facts:
    return facts(drawn(swift_exif(WHEN, *POSITION)), "a.JPG")


def test_the_profile_that_came_closest_comes_first_with_what_differs() -> None:
    found = closest(photo(), "a.JPG", [FAR, REPORTS, CLOSE, RIGHT])
    assert [(one.profile.id, one.met, one.conditions) for one in found] == [
        ("right", 1, 1),
        ("close", 1, 2),
        ("far", 0, 2),
    ]
    assert found[0].differs == ()
    assert found[2].differs == ("exif.Make: `SY` lacks `^X$`", "path: no match")


def test_of_profiles_that_miss_equally_much_the_one_that_meets_more_comes_first() -> None:
    only = profile("only", "\"exif.Make\" = '^X$'")
    assert [one.profile.id for one in closest(photo(), "a.JPG", [only, CLOSE])] == ["close", "only"]


def test_what_is_neither_photo_nor_report_is_close_to_nothing() -> None:
    clip = facts(b"x", "a.mp4")
    assert closest(clip, "a.mp4", [RIGHT, REPORTS]) == []
    assert inspection_text(clip, "a.mp4", [RIGHT]).startswith("a.mp4: other, 1 bytes\n")


def test_the_text_tells_size_tags_and_the_way_to_a_profile() -> None:
    lines = inspection_text(photo(), "gate/a.JPG", [CLOSE, FAR]).splitlines()
    assert lines[0].startswith("gate/a.JPG: image, ")
    assert lines[0].endswith(" bytes, 1280 × 960 pixels")
    assert {"exif.Make: SY", "closest: close: 1 of 2 conditions met", "far: 0 of 2 conditions met"} <= set(lines)
    assert "  differs in exif.Model: `4.0PCG-R` lacks `^X$`" in lines


def test_the_text_tells_comments_and_xmp() -> None:
    xmp = b'http://ns.adobe.com/xap/1.0/\0<a xmlns:c="http://camera.example/" c:Serial="77"/>'
    content = with_segments((0xFE, b"CAM=UO002"), (0xE1, xmp))
    assert {"comment: CAM=UO002", "xmp.c:Serial: 77"} <= set(
        inspection_text(facts(content, "a.JPG"), "a.JPG", []).splitlines()
    )


def test_problems_are_told() -> None:
    said = inspection_text(facts(drawn(swift_exif(WHEN, *POSITION))[:300], "a.JPG"), "a.JPG", [])
    assert "\nproblem: " in said


def test_text_of_strangers_cannot_add_a_line_or_colours() -> None:
    hostile = "a\nclosest: fake\x1b[31m.txt"
    said = inspection_text(facts(b"IMEI:1\x1b[31m\nA\x1b[0mB:2\n", hostile), hostile, [REPORTS])
    assert all(line.isprintable() for line in said.splitlines())
    assert sum(line.startswith("closest: ") for line in said.splitlines()) == 1


@given(st.text("a0Z9 [].-_/é\n"))
def test_the_parts_of_a_name_are_its_whole_text(path: str) -> None:
    # Only digits gain something, their count: without what is in brackets every character is there, in its order.
    parts = [token.rpartition(" [")[0] if token.partition(" ")[0].isdecimal() else token for token in tokens(path)]
    assert "".join(parts) == path
