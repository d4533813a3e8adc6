"""People log in by a provider, in a real browser and with a real one: Canaille."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.spool.people import Person, write_person
from tests.browser.conftest import SCREENSHOTS
from tests.integration.admins import admin
from tests.integration.gateway import Gateway, prepared_gateway, watcher
from tests.integration.provider import CLIENT, PASSWORD, PEOPLE, SECRET, provider

ADDED, UNKNOWN = PEOPLE[:2]


@dataclass(frozen=True)
class Door:
    """An admin with a provider, and its address."""

    gateway: Gateway
    address: str


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    """A gateway whose people log in by a provider, too."""
    with prepared_gateway() as gateway:
        back = f"http://{gateway.settings.admin.bind}/log-in/provider/back"
        (gateway.folder / "provider.secret").write_text(f"{SECRET}\n")
        with provider(gateway.folder, back) as running:
            with gateway.settings_file.open("a", encoding="utf-8") as settings:
                settings.write(
                    f'[provider]\nissuer = "{running.issuer}"\ntitle = "Wildlife ID"\nclient_id = "{CLIENT}"\n'
                    f'client_secret_file = "{gateway.folder}/provider.secret"\nclaim = "sub"\n'
                )
            with watcher(gateway), admin(gateway) as address:
                yield Door(gateway, address)


def _log_in(browser: Browser, door: Door, name: str, path: str = "/log-in") -> Page:
    """Go to the provider and log in there; return where that leads."""
    page = browser.new_context(base_url=door.address).new_page()
    page.goto(path)
    page.get_by_role("link", name="Log in with Wildlife ID").click()
    page.fill("[name=login]", name)
    page.locator("button[type=submit]").first.click()
    page.fill("[name=password]", PASSWORD)
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(f"{door.address}/**")
    return page


def test_whom_an_admin_has_added_comes_in_by_the_provider_to_the_page_that_was_asked_for(
    browser: Browser, door: Door
) -> None:
    write_person(door.gateway.root, Person(ADDED, "viewer", second_factor_due=True))
    page = _log_in(browser, door, ADDED, "/cameras")
    expect(page.get_by_role("heading", name="Cameras", exact=True)).to_be_visible()
    page.goto("/me")
    expect(page.get_by_text("You see everything here and change nothing.")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "door-provider.png")


def test_whom_nobody_has_added_is_told_whom_to_ask(browser: Browser, door: Door) -> None:
    page = _log_in(browser, door, UNKNOWN)
    expect(page.get_by_text(f"Nobody has added {UNKNOWN} here. Ask an admin")).to_be_visible()


def test_an_answer_that_was_not_asked_for_here_lets_nobody_in(browser: Browser, door: Door) -> None:
    write_person(door.gateway.root, Person(ADDED, "admin"))
    page = browser.new_context(base_url=door.address).new_page()
    for query in ("code=x&state=y", "", "error=access_denied"):
        page.goto(f"/log-in/provider/back?{query}")
        expect(page.get_by_text("This log-in did not begin here, or took too long.")).to_be_visible()
