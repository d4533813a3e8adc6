"""Sources in words."""

import pytest

from ingest.profiles.source_words import any_of, source_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("exif.GPS", "its GPS data"),
        ("exif.DateTimeOriginal", "EXIF DateTimeOriginal"),
        ("makernote.SerialNumber", "MakerNote SerialNumber"),
        ("path.time", "the upload path"),
        ("account", "the camera's own account"),
        ("comment.id", "the JPEG's comment"),
        ("report.IMEI", "the report's IMEI"),
        ("something", "something"),
    ],
)
def test_a_source_has_words(source: str, words: str) -> None:
    assert source_words(source) == words


def test_several_sources_of_one_place_are_named_once() -> None:
    assert any_of(["path.latitude", "path.longitude", "exif.GPS"]) == "the upload path or its GPS data"
