"""A page's clock, put forward: what a page does by itself every so many seconds is not waited for.

The page gets its clock before it is loaded: `page.clock.install()`.
"""

import time

from playwright.sync_api import Locator, Page, expect


def look_again(page: Page, every_s: int) -> None:
    """Let the time pass after which a page looks for news; return when it has its answer, or knows of none."""
    with page.expect_request("**") as asked:
        page.clock.fast_forward(every_s * 1000)
    if answer := asked.value.response():
        answer.finished()


def look_until(page: Page, every_s: int, news: Locator) -> None:
    """Let a page look for news as often as it takes: what it asks may lag two seconds behind what has happened."""
    deadline = time.monotonic() + 30
    while not news.count() and time.monotonic() < deadline:
        look_again(page, every_s)
        page.wait_for_timeout(100)
    expect(news).to_be_visible()
