"""An admin lets a program read, in a real browser, and takes that back."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.stack import Stack
from tests.browser.uploads import follow


def ask(stack: Stack, path: str, token: str) -> tuple[int, object]:
    """Return the status and the JSON of what the API answers to a program."""
    question = urllib.request.Request(f"{stack.address}/api/v1{path}", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(question, timeout=30) as answer:  # noqa: S310 - our own address
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_program_reads_with_a_token_until_it_is_revoked(
    stack: Stack, open_page: OpenPage, width: int, script: bool
) -> None:
    page = open_page(width=width, script=script)
    page.goto("/system")
    follow(page, page.get_by_role("link", name="Programs that read"))
    page.get_by_label("What it is for").fill(f"map {width}")
    page.get_by_role("button", name="Make a token").click()
    token = page.locator("code", has_text="camspool_").inner_text()
    page.screenshot(path=SCREENSHOTS / f"token-{width}.png", full_page=True)
    status, told = ask(stack, "/items?limit=1", token)
    assert status == 200 and isinstance(told, dict) and len(told["items"]) == 1
    page.goto("/programs")
    expect(page.get_by_text(token)).to_have_count(0)
    page.get_by_role("button", name=f"Revoke map {width}").click()
    expect(page.get_by_text("The token is valid no more.")).to_be_visible()
    assert ask(stack, "/items", token)[0] == 401
