"""What a pack says of itself."""

from ingest.packing.pack_words import readme
from tests.unit.ingest.packing.hostile import profile

FILES = {"profile.toml": b"", "samples/1.JPG": b"", "samples/1.JPG.json": b""}


def test_it_says_what_is_in_it_and_how_to_contribute() -> None:
    words = readme(profile(), FILES, 0, keeps_letters=False)
    assert words.startswith("Sample pack of Acme (acme)")
    assert "1 file as its cameras send them" in words
    assert "left out" not in words and "confirmation" not in words and "letters stayed" not in words
    assert "camspool profile test acme" in words


def test_it_says_what_was_left_out_what_stayed_and_who_confirmed_nothing_more_than_there_is() -> None:
    words = readme(profile(), {**FILES, "confirmation.json": b""}, 2, keeps_letters=True)
    assert "2 more files were left out" in words
    assert "confirmation.json" in words and "letters stayed" in words
