"""Looks at a page as a person does, who needs it whole, and as axe-core does."""

from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import SCREENSHOTS


def looked_at(page: Page, name: str) -> list[str]:
    """Take a screenshot under a name, and return what is wrong with the page."""
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    return wider_than_the_screen(page) + violations(page)


def wider_than_the_screen(page: Page) -> list[str]:
    """Return what sticks out: of the screen, or of a card that cuts it off."""
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    cut: list[str] = page.evaluate(
        "[...document.querySelectorAll('.card')].filter(card => card.scrollWidth > card.clientWidth + 1)"
        ".map(card => `cut off: ${card.textContent.trim().slice(0, 60)}`)"
    )
    return cut + ([f"{width[0]} px wide on a screen of {width[1]}"] if width[0] > width[1] else [])
