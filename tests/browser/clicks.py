"""Counts how often a person presses on a page, from page to page: fields that are filled in count as nothing."""

from playwright.sync_api import Page

_COUNT = """
addEventListener("pointerdown", (event) => {
  if (event.isTrusted && !event.target.closest("input:not([type=radio], [type=checkbox]), textarea"))
    sessionStorage.setItem("presses", Number(sessionStorage.getItem("presses") || 0) + 1);
}, true);
"""


def count_clicks(page: Page) -> None:
    """Begin to count, on every page that follows."""
    page.add_init_script(_COUNT)


def clicks(page: Page) -> int:
    """Return how often was pressed since the count began."""
    return int(page.evaluate("Number(sessionStorage.getItem('presses') || 0)"))
