"""Two cameras under one ID are noticed, split, and a file is given back: by clicks, with and without JavaScript."""

import time

import pytest
from playwright.sync_api import Page, expect

from ingest.simulation.photos import simulated_imei, swift_name, swift_photo, willfine_photo
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script


def two_under(stack: Stack, imei: str) -> tuple[str, str]:
    """Let two cameras of different makes send under one ID; return their items."""
    seed = time.time_ns() % 10_000
    first = stack.upload(unique("two"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=seed))
    path = swift_name(imei, camera_now(), seed)
    return first, stack.upload(path, swift_photo(camera_now(), 52.1, 5.1, seed=seed))


def click(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@with_and_without_script
def test_two_cameras_under_one_id_are_split_and_one_file_is_given_back(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    imei, to = simulated_imei(1100 + script), f"Gate North {script}"
    first, second = two_under(stack, imei)
    page = open_page(script=script)
    page.goto(f"/files/{second}")
    expect(page.get_by_text("mixed camera")).to_be_visible()
    follow(page, page.get_by_role("link", name="Split the files of this ID, or say that it is one camera"))
    expect(page.get_by_text("Fed by ")).to_be_visible()
    follow(page, page.get_by_role("link", name="Split its files…"))
    card = page.locator("section.card").filter(has=page.get_by_role("heading", name="SY", exact=True))
    expect(card.locator("img")).to_have_count(1)
    card.get_by_label("Belongs to the camera with the ID").fill(to)
    click(page, "Look at what will change")
    expect(page.get_by_role("cell", name="go there too")).to_be_visible()
    page.get_by_label("Why").fill("two cameras")
    click(page, "Split it")
    expect(page.get_by_text("1 file corrected.")).to_be_visible()
    expect(page.get_by_text("Fed by ")).to_have_count(0)
    page.goto(f"/files/{second}")
    expect(page.get_by_text("corrected by admin")).to_be_visible()
    click(page, "Undo")
    expect(page.get_by_text("corrected by admin")).to_have_count(0)
    page.goto(f"/cameras/{imei}#feeds")
    click(page, "This is one camera")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("Fed by ")).to_have_count(0)
    page.goto(f"/files/{first}")
    expect(page.get_by_text("mixed camera")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_a_mixed_camera_are_accessible_and_fit(stack: Stack, open_page: OpenPage, width: int) -> None:
    imei = simulated_imei(1150 + (width > 400))
    _, second = two_under(stack, imei)
    page = open_page(width=width)
    found: dict[str, list[str]] = {}
    split = f"/cameras/{imei}/split"
    for name, path in {
        "overview": "/overview",
        "camera": f"/cameras/{imei}",
        "file": f"/files/{second}",
        "split": split,
        "span": f"{split}?by=span&cut=2026-01-01T12:00&cut=2026-06-01T12:00",
    }.items():
        page.goto(path, wait_until="load")
        found[name] = looked_at(page, f"mixed-{name}-{width}")
    page.goto(split)
    page.get_by_label("Belongs to the camera with the ID").first.fill(f"Gate {width}")
    click(page, "Look at what will change")
    found["preview"] = looked_at(page, f"mixed-preview-{width}")
    click(page, "Split it")
    page.goto(f"/files/{second}")
    found["corrected"] = looked_at(page, f"mixed-corrected-{width}")
    assert {name: problems for name, problems in found.items() if problems} == {}
