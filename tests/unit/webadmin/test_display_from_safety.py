"""Strangers' text for a page."""

from tests.unit.webadmin.site import NOW
from webadmin.display import plain


def test_plain_text_has_no_tricks_and_an_end() -> None:
    assert plain("a\x1b[0m\u200b\u202eb\n") == "a�[0m��b�"
    assert len(plain("x" * 10_000, 50)) == 50
    assert NOW
