"""From a photo that nobody knows to a camera with an account of its own, by hand in a browser."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from ingest.ftps.sender import FtpsServer, UploadError, upload
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import unique
from tests.integration.gateway import wait_until
from tests.samples.drawing import with_block
from tests.samples.tiff import SERIAL, text, willfine_block

UNNAMED = with_block(willfine_block(exif=[text(SERIAL, b"\0")]))


def password_on(page: Page) -> str:
    return re.sub(r"\s", "", page.locator("code.password").text_content() or "")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_camera_is_added_from_a_photo_that_names_none(stack: Stack, open_page: OpenPage, width: int) -> None:
    name = f"Gate {width}"
    item_id = stack.upload(unique("unnamed"), UNNAMED)
    page = open_page(width=width)
    page.goto(f"/files/{item_id}")
    page.get_by_role("link", name="Give the camera an account of its own").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Name of the site").fill("North gate")
    page.get_by_label("Position").fill("52.09877, 5.12534")
    assert looked_at(page, f"add-{width}") == []
    page.get_by_role("button", name="Add the camera").click()
    expect(page.get_by_role("heading", name=f"Camera settings for {name}")).to_be_visible()
    assert looked_at(page, f"added-{width}") == []
    server = replace(stack.gateway.explicit, account=f"gate-{width}", password=password_on(page))
    path = unique("named")
    upload(server, path, UNNAMED)
    wait_until(lambda: stack.item_id(path) is not None, "its photo gets a verdict")
    page.get_by_role("link", name="To the camera").click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.get_by_text("1 accepted")).to_be_visible()
    assert looked_at(page, f"added-camera-{width}") == []


@pytest.mark.parametrize("script", [True, False])
def test_a_password_is_renewed_and_an_account_closed(stack: Stack, open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/add-camera")
    page.get_by_label("Name", exact=True).fill(f"Creek {script}")
    page.get_by_role("button", name="Add the camera").click()
    former = replace(stack.gateway.explicit, account=f"creek-{script}".lower(), password=password_on(page))
    page.get_by_role("link", name="To the camera").click()
    page.get_by_role("button", name="New password…").click()
    renewed = replace(former, password=password_on(page))
    for server in (former, renewed):
        upload(server, unique("creek"), UNNAMED)
    page.get_by_role("link", name="To the camera").click()
    page.get_by_role("button", name="End the former password").click()
    expect(page.get_by_text("is entered with its present password only")).to_be_visible()
    assert is_refused(former) and not is_refused(renewed)
    page.get_by_text("Close the account").click()
    assert not script or looked_at(page, "account") == []
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text(f"The account {former.account} is closed.")).to_be_visible()
    assert is_refused(renewed)
    page.goto("/set-up")
    expect(page.get_by_role("listitem").filter(has_text=former.account).first).to_contain_text("closed")
    assert not script or looked_at(page, "accounts") == []


def is_refused(server: FtpsServer) -> bool:
    try:
        upload(server, unique("creek"), UNNAMED)
    except UploadError as error:
        return "530" in str(error)
    return False
