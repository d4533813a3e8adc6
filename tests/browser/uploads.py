"""What the tests of this folder let cameras send, links that are followed, and the mark for use without JavaScript."""

import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page

from ingest.simulation.photos import simulated_imei, willfine_photo

with_and_without_script = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def follow(page: Page, link: Locator) -> None:
    """Click what leads to another page; return when all of that page is there: a click alone ends as it begins."""
    with page.expect_navigation():
        link.click()


def camera_now() -> datetime:
    """Return the time of a camera whose clock is right."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def unique(name: str) -> str:
    """Return a file name that no other test sends."""
    return f"{name}{time.time_ns()}.JPG"


def without_position(number: int) -> bytes:
    """Return a photo that is rejected for want of a position."""
    return willfine_photo(simulated_imei(number), camera_now(), None, None, seed=time.time_ns() % 10**6)
