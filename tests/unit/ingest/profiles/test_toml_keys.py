"""Keys of a profile.toml: a mistake is named with its file and key."""

import pytest

from ingest.errors import CamspoolError
from ingest.profiles.toml_keys import fail, flag_of, known_table, text_of


def test_a_mistake_is_a_sentence_with_file_and_key() -> None:
    with pytest.raises(CamspoolError, match=r"^a/profile\.toml: image\.match is 7\.$"):
        fail("a/profile.toml", "image.match", "is 7")


def test_only_a_table_of_known_keys_is_taken() -> None:
    assert known_table("f", {"match": 1}, "image", ("match", "path")) == {"match": 1}
    with pytest.raises(CamspoolError, match=r"image\.pat is unknown; known here: match, path"):
        known_table("f", {"pat": 1}, "image", ("match", "path"))
    with pytest.raises(CamspoolError, match="image must be a table with match, path"):
        known_table("f", 5, "image", ("match", "path"))


def test_text_is_text_or_a_mistake() -> None:
    assert [text_of("f", {"name": " Gate "}, key) for key in ("name", "notes")] == ["Gate", ""]
    with pytest.raises(CamspoolError, match=r"image\.encoding is 8; expected text in quotes"):
        text_of("f", {"encoding": 8}, "encoding", "image.")


def test_a_flag_is_true_or_false_or_a_mistake() -> None:
    assert [flag_of("f", {"confirmed": False}, key, default=True) for key in ("confirmed", "other")] == [False, True]
    for value in ("false", 0, None):
        with pytest.raises(CamspoolError, match=r"confirmed is .*; expected true or false"):
            flag_of("f", {"confirmed": value}, "confirmed", default=True)
