"""The running stack, the browser, and people who use it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.browser.stack import Stack, running_stack
from tests.integration.gateway import program

SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OpenPage = Callable[..., Page]
PATIENCE_MS = 20_000

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A gateway with data, FTPS, watcher and admin; one for all tests."""
    with running_stack() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


def log_in(page: Page, stack: Stack) -> None:
    """Come in through the door, as the admin; return on the overview."""
    page.goto("/log-in")
    page.fill("[name=name]", "admin")
    page.fill("[name=password]", stack.password)
    page.click("button")
    page.wait_for_url("**/overview")


@pytest.fixture(scope="session")
def session(browser: Browser, stack: Stack) -> StorageState:
    """What a browser keeps of a person who has logged in: one session for all windows but those that log out."""
    context = browser.new_context(base_url=stack.address)
    log_in(context.new_page(), stack)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_page(browser: Browser, stack: Stack, session: StorageState) -> Iterator[OpenPage]:
    """Open a new window, logged in and empty; `script=False` switches JavaScript off."""
    contexts: list[BrowserContext] = []

    def open_one(*, width: int = 1280, height: int = 800, script: bool = True, logged_in: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            base_url=stack.address,
            accept_downloads=True,
            storage_state=session if logged_in else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield open_one
    for context in contexts:
        context.close()
