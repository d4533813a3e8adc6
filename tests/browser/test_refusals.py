"""What a camera was refused, as it stands on the pages for who set it up: whole on a telephone, and in sentences."""

from functools import partial

import pytest
from playwright.sync_api import Page

from ingest.simulation.photos import simulated_imei, willfine_photo
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, unique
from tests.integration.dialogues import Client
from tests.integration.gateway import wait_until
from tests.integration.test_ftps_dialogues import OLD, TABLE, Dialogue

WIDTHS = (360, 1280)
SHOWN = [
    row for row in TABLE if row.client in ("carrier NAT", "a long name", "a file's name for a folder", "plain FTP")
]


@pytest.mark.parametrize("row", [*SHOWN, Dialogue("TLS 1.0", (), "no TLS", "bad", "ftps.old_tls", tls=OLD)])
def test_what_a_camera_was_refused_fits_the_pages_that_tell_it(
    stack: Stack, open_page: OpenPage, row: Dialogue
) -> None:
    imei = simulated_imei(2000 + len(row.client))
    photo = willfine_photo(imei, camera_now(), 52.1, 5.1, seed=1)
    stack.upload(unique("came"), photo)
    pages = [open_page(width=width) for width in WIDTHS]
    pages[0].goto(f"/cameras/{imei}")
    check = pages[0].locator("a[href*='/check/']").first.get_attribute("href") or ""
    Client(stack.gateway.explicit, row.tls, photo).converse(row.start, row.says)
    for page, width in zip(pages, WIDTHS, strict=True):
        for title, path, said in (("check", check, "li.bad"), ("set-up", "/set-up", "ul.lines")):
            wait_until(partial(_tells, page, path, said, row.sentence), f"{path} tells it")
            assert looked_at(page, f"{title}-{row.client.replace(' ', '-')}-{width}") == []


def _tells(page: Page, path: str, where: str, sentence: str) -> bool:
    """Open a page anew: for a moment the connection may not be over, or another from this machine be the newest."""
    page.goto(path)
    return page.locator(where).filter(has_text=sentence).count() > 0
