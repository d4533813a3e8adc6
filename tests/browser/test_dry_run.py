"""What a profile would do, said anew while somebody chooses, by a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.samples.strangers import tagged

DAYS, WORDS = ("01", "02", "03"), ("oak", "elm", "ash")


def uploaded(stack: Stack, make: str) -> str:
    """Send photos of a camera that no profile knows, whose names leave open what is day and what is month."""
    names = [f"{make}-{day}{day}2026031530.JPG" for day in DAYS]
    items = [
        stack.upload(name, tagged(make, "T-9", serial="77", description=word))
        for name, word in zip(names, WORDS, strict=True)
    ]
    return items[0]


def choice(page: Page) -> Locator:
    return page.locator("input[type=radio][name='image.captured_at'][value*='%m%d%Y']").first


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_changes_what_it_would_do_at_once(stack: Stack, open_page: OpenPage, width: int) -> None:
    item_id = uploaded(stack, f"Oakfine{width}")
    page = open_page(width=width)
    page.goto(f"/workshop/{item_id}")
    said = page.locator("#dry-run")
    expect(said).to_contain_text("Would accept none of the 3 rejected files that it knows.")
    said.get_by_text("3 have a time that cannot be one").click()
    expect(said.get_by_role("link", name=re.compile("-01012026"))).to_be_visible()
    assert looked_at(page, f"dry-run-none-{width}") == []
    choice(page).check()
    expect(said).to_contain_text("Would accept all 3 rejected files that it knows.")
    expect(page.locator("#dry-run-said")).to_have_text("Would accept all 3 rejected files that it knows.")
    expect(said).to_contain_text("1 camera ID")
    said.get_by_text("What it would read").click()
    assert looked_at(page, f"dry-run-all-{width}") == []


def test_without_an_answer_what_was_said_stays_and_the_page_says_so(stack: Stack, open_page: OpenPage) -> None:
    item_id = uploaded(stack, "Elmfine")
    page = open_page()
    page.goto(f"/workshop/{item_id}")
    page.route("**/dry-run*", lambda route: route.abort())
    choice(page).check()
    expect(page.get_by_role("alert")).to_contain_text("No answer came")
    expect(page.locator("#dry-run")).to_contain_text("Would accept none of the 3 rejected files that it knows.")
    page.unroute("**/dry-run*")
    page.get_by_label("Name of this camera type").fill("Elm")
    expect(page.locator("#dry-run")).to_contain_text("Would accept all 3 rejected files that it knows.")
    expect(page.get_by_role("alert")).to_have_text("")


def test_the_page_says_it_without_javascript_too(stack: Stack, open_page: OpenPage) -> None:
    item_id = uploaded(stack, "Ashfine")
    page = open_page(script=False, width=360)
    page.goto(f"/workshop/{item_id}")
    choice(page).check()
    page.get_by_role("button", name="Use these answers").last.click()
    expect(page.locator("#dry-run")).to_contain_text("Would accept all 3 rejected files that it knows.")
