"""The promises in the README cannot go stale: each promise names its tests, and each test that it names exists."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "README.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def promises() -> list[str]:
    """Return the promises: the numbered paragraphs of their section."""
    text = PAGE.read_text("utf-8").partition("## What Camspool promises")[2].partition("\n### ")[0]
    return re.split(r"\n(?=\d+\. )", text)[1:]


def test_every_promise_names_its_tests() -> None:
    assert len(promises()) == 15
    assert [promise for promise in promises() if not _NAMED.search(promise)] == []


def test_every_test_that_is_named_exists() -> None:
    named = _NAMED.findall(PAGE.read_text("utf-8"))
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (REPOSITORY / file).exists() or f"def {name}(" not in (REPOSITORY / file).read_text("utf-8")
    ]
    assert missing == []
