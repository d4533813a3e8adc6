"""Names of strangers: what becomes a path is harmless, and every upload path comes back byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.spool.names import (
    NAME_MAX_BYTES,
    aside_name,
    incoming_name,
    is_camera_id,
    item_of_name,
    one_line,
    origin_name,
    parse_companion,
    parse_incoming_name,
    quote_path,
    readable_path,
    safe_name,
)

ID = "20251205T154647.120034Z-4f2a"
PATHS = st.binary(min_size=1, max_size=60).filter(lambda path: b"\0" not in path)


@given(PATHS)
def test_every_path_comes_back_from_its_name(path: bytes) -> None:
    name = incoming_name(ID, "local", path)
    assert len(name) <= NAME_MAX_BYTES
    assert name.isascii() and name.isprintable() and "/" not in name
    parsed = parse_incoming_name(name)
    assert parsed is not None
    assert (parsed.id, parsed.connection, parsed.upload_path) == (ID, "local", path)


def test_a_path_too_long_for_a_name_is_elsewhere() -> None:
    name = incoming_name(ID, ID, b"\xff" * 255)
    parsed = parse_incoming_name(name)
    assert parsed is not None
    assert parsed.upload_path is None
    assert len(name) <= NAME_MAX_BYTES


@pytest.mark.parametrize(
    "name",
    [
        "photo.jpg",
        f"{ID}",
        f"{ID}~local",
        f"{ID}~local~",
        f"{ID}~elsewhere~a",
        f"{ID}~local~a b",
        f"{ID}~local~%2f",
        f"{ID}~local~a~b",
        f"{ID}~local~%ü",
        f"{ID}~local~\udcff",
        "20251399T154647.120034Z-4f2a~local~a",
        "..~local~a",
    ],
)
def test_what_is_not_our_name_is_not_taken_for_one(name: str) -> None:
    assert parse_incoming_name(name) is None


def test_companions() -> None:
    assert parse_companion(origin_name(ID)) == (ID, "origin")
    assert parse_companion(aside_name(ID)) == (ID, "sidecar")
    assert parse_companion("x~origin") is None
    assert parse_incoming_name(origin_name(ID)) is None


@given(st.binary(max_size=400))
def test_a_safe_name_is_harmless(path: bytes) -> None:
    name = safe_name(readable_path(path))
    assert 1 <= len(name.encode()) <= 100
    assert name.isascii() and "/" not in name
    assert not name.lower().endswith(".json")


@pytest.mark.parametrize("path", ["", "/", "a/", "é", "-rf", "x" * 300, "x." + "y" * 300, "a/../b.JSON", ".", ".."])
def test_odd_names_are_safe(path: str) -> None:
    name = safe_name(path)
    assert 1 <= len(name) <= 100
    assert not name.lower().endswith(".json")


@pytest.mark.parametrize(
    "text", ["", ".", "..", "../x", "-a", "_a", "a/b", "a b", "a\n", "é", "x" * 65, "a\0", "\u0661"]
)
def test_what_is_no_camera_id(text: str) -> None:
    assert not is_camera_id(text)


def test_camera_ids() -> None:
    assert is_camera_id("861943070068027") and is_camera_id("lat-33.9_lon18.4") and is_camera_id("x" * 64)


@given(st.text(), st.integers(1, 50))
def test_one_line_is_one_line(text: str, limit: int) -> None:
    shown = one_line(text, limit)
    assert shown.isprintable() and len(shown) <= limit


def test_bytes_that_are_not_utf_8_are_shown() -> None:
    assert readable_path(b"a\xff.JPG") == r"a\xff.JPG"
    assert quote_path(b"~a/b c\xff") == "%7Ea%2Fb%20c%FF"


@pytest.mark.parametrize(
    "name", ["E1000159.JPG", ID, f"{ID}-", f"{ID}x-a.jpg", "20251399T154647.120034Z-4f2a-a.jpg", ""]
)
def test_a_name_that_is_not_ours_stays_whole(name: str) -> None:
    assert item_of_name(name) == (None, name)
    assert item_of_name(f"{ID}-a-b.jpg") == (ID, "a-b.jpg")
