"""Codes as words."""

from ingest.fleet.codes import code_words


def test_a_code_becomes_words_with_its_abbreviations() -> None:
    assert [code_words(code) for code in ("missing_location", "not_a_jpeg", "bad_camera_id", None)] == [
        "missing location",
        "not a JPEG",
        "bad camera ID",
        "",
    ]
