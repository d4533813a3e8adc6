"""What is wrong is mended by hand: the tasks of an admin from page to page, with as many clicks as they may take."""

import json
import time
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from ingest.simulation.photos import simulated_imei, willfine_photo
from tests.browser.axe import violations
from tests.browser.clicks import clicks, count_clicks
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.looking import wider_than_the_screen
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script, without_position
from webadmin.wording import time_words

POSITION = "dt:text-is('Position') + dd"
HOME, AWAY = (52.1, 5.1), (52.2, 5.2)


def send(stack: Stack, number: int, taken: datetime, position: tuple[float, float] | None = HOME) -> str:
    """Have a camera send one photo; return the id of the item."""
    seed = time.time_ns() % 10**6
    photo = willfine_photo(simulated_imei(number), taken, *(position or (None, None)), seed=seed)
    return stack.upload(unique("mend"), photo)


def sidecar(page: Page, item_id: str) -> dict[str, object]:
    """Return the sidecar of an item as it lies on the disk."""
    page.goto(f"/files/{item_id}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Sidecar", exact=True).click()
    found: dict[str, object] = json.loads(Path(download.value.path()).read_text())
    return found


def accepted_at_last(page: Page, item_id: str) -> None:
    """Look at the page of an item until its new verdict is there."""
    deadline = time.monotonic() + 30
    page.goto(f"/files/{item_id}")
    while not page.get_by_text("Photo accepted").count() and time.monotonic() < deadline:
        page.wait_for_timeout(200)
        page.reload()
    expect(page.get_by_text("Photo accepted")).to_be_visible()


@with_and_without_script
def test_a_photo_without_gps_is_accepted_after_its_site_is_entered(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    path, number = unique("site"), 2100 + script
    item_id = stack.upload(path, without_position(number))
    page = open_page(script=script)
    count_clicks(page)
    page.goto("/files?verdict=rejected")
    follow(page, page.get_by_role("link", name=path))
    follow(page, page.get_by_role("link", name="Enter the camera’s site"))
    expect(page.get_by_text("1 file waits for a position")).to_be_visible()
    page.fill("#sites [name=name]", "North gate")
    page.fill("#sites [name=position]", "52.5, 5.5")
    follow(page, page.get_by_role("button", name="Enter the site"))
    expect(page.get_by_role("row", name="North gate")).to_contain_text("52.50000, 5.50000")
    if script:
        assert clicks(page) <= 5
    accepted_at_last(page, item_id)
    expect(page.locator(POSITION)).to_have_text("52.50000, 5.50000 that of the camera’s site")


@with_and_without_script
def test_a_photo_is_accepted_with_a_position_that_a_person_types(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    item_id = stack.upload(unique("typed"), without_position(2110 + script))
    page = open_page(script=script)
    page.goto(f"/files/{item_id}")
    page.get_by_text("Accept it with …").click()
    page.fill("[name=position]", "52,51234, 5,1")
    page.get_by_role("button", name="Accept it with this").click()
    expect(page.get_by_text("1 file corrected.")).to_be_visible()
    accepted_at_last(page, item_id)
    expect(page.locator(POSITION)).to_contain_text("52.51234, 5.10000")
    expect(page.locator(".corrected")).to_contain_text("corrected by admin")
    page.locator(".corrected + form button").click()
    deadline = time.monotonic() + 30
    page.goto(f"/files/{item_id}")
    while not page.get_by_text("Rejected: The photo has no position").count() and time.monotonic() < deadline:
        page.wait_for_timeout(200)
        page.reload()
    expect(page.get_by_text("Rejected: The photo has no position")).to_be_visible()


def test_a_position_is_picked_on_the_map(stack: Stack, open_page: OpenPage) -> None:
    number = 2120
    send(stack, number, camera_now())
    item_id = stack.upload(unique("picked"), without_position(number))
    page = open_page()
    page.goto(f"/files/{item_id}")
    page.get_by_text("Accept it with …").click()
    page.get_by_text("Pick it on the map").click()
    page.get_by_role("button", name="Closer").click()
    map_ = page.locator("svg[data-pick]")
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    assert box
    # The camera is the only one on its map, and so in its middle.
    map_.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    latitude, longitude = (float(part) for part in page.input_value("[name=position]").split(","))
    assert abs(latitude - HOME[0]) < 0.001 and abs(longitude - HOME[1]) < 0.001
    assert page.is_checked("[name=place][value=typed]")
    page.screenshot(path=SCREENSHOTS / "picked.png", full_page=True)
    assert not violations(page)
    map_.click(position={"x": box["width"] / 2, "y": 2})
    further = float(page.input_value("[name=position]").split(",")[0])
    assert 0.001 < further - HOME[0] < 0.1
    page.get_by_role("button", name="Accept it with this").click()
    accepted_at_last(page, item_id)
    expect(page.locator(POSITION)).to_contain_text(f"{further:.5f}")


@with_and_without_script
def test_selected_files_are_given_to_another_camera_and_back(stack: Stack, open_page: OpenPage, script: bool) -> None:
    number = 2130 + script
    ids = [send(stack, number, camera_now() - timedelta(minutes=minutes)) for minutes in (2, 1)]
    page = open_page(script=script)
    page.goto(f"/files?camera={simulated_imei(number)}")
    for item_id in ids:
        page.check(f"input[value='{item_id}']")
    page.get_by_role("button", name="Correct …").click()
    expect(page.get_by_role("heading", name="Correct 2 photos")).to_be_visible()
    page.fill("[name=to]", f"oak{number}")
    page.get_by_role("button", name="Correct 2 photos").click()
    expect(page.get_by_text("2 files corrected.")).to_be_visible()
    expect(page.locator("table.files tbody tr")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 files put back.")).to_be_visible()
    expect(page.locator("table.files tbody tr")).to_have_count(2)


def test_the_clock_of_a_span_is_mended_and_undone(stack: Stack, open_page: OpenPage) -> None:
    number, behind = 2140, timedelta(hours=1)
    ids = [send(stack, number, camera_now() - behind - timedelta(seconds=second)) for second in (9, 6, 3)]
    page = open_page()
    count_clicks(page)
    page.goto(f"/cameras/{simulated_imei(number)}")
    expect(page.locator(".note").get_by_text("Clock 1 h behind")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "clock-wrong.png", full_page=True)
    follow(page, page.get_by_role("link", name="Mend the times of its photos"))
    expect(page.get_by_role("heading", name="It was wrong: 1 h behind (daylight saving time)")).to_be_visible()
    look_at(page, "clock-proposed")
    follow(page, page.get_by_role("button", name="Mend these times"))
    expect(page.get_by_text("The times of 3 files are mended.")).to_be_visible()
    look_at(page, "clock-mended")
    other = open_page()
    said, right = (str(sidecar(other, ids[0])["captured_at"]), other.locator("dt:text-is('Captured') + dd"))
    mended = datetime.fromisoformat(said) + behind
    expect(right).to_contain_text(time_words(mended.isoformat()))
    expect(right).to_contain_text("its clock was mended by admin")
    look_at(other, "file-mended")
    follow(page, page.get_by_role("button", name="Undo"))
    expect(page.get_by_role("heading", name="It was wrong: 1 h behind (daylight saving time)")).to_be_visible()
    assert clicks(page) <= 6
    other.reload()
    expect(right).to_have_text(f"{time_words(said)} by the camera's clock")


def test_a_camera_that_moved_gets_a_new_site(stack: Stack, open_page: OpenPage) -> None:
    number, now = 2150, camera_now()
    send(stack, number, now - timedelta(minutes=3), HOME)
    first = now - timedelta(minutes=2)
    for taken in (first, now - timedelta(minutes=1)):
        send(stack, number, taken, AWAY)
    page = open_page()
    count_clicks(page)
    page.goto(f"/cameras/{simulated_imei(number)}")
    expect(page.locator(".note").get_by_text("Moved 13.0 km.")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "moved.png", full_page=True)
    follow(page, page.get_by_role("button", name=f"New site since {first:%Y-%m-%d %H:%M}"))
    assert clicks(page) <= 3
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".note").get_by_text("Moved 13.0 km.")).to_have_count(0)
    expect(page.locator("#sites tbody tr")).to_have_count(2)
    look_at(page, "moved-accepted")


def test_a_camera_that_was_carried_for_a_visit_stands_where_it_stood(stack: Stack, open_page: OpenPage) -> None:
    number, now = 2160, camera_now()
    for minutes, place in ((3, HOME), (2, AWAY), (1, AWAY)):
        send(stack, number, now - timedelta(minutes=minutes), place)
    page = open_page()
    page.goto(f"/cameras/{simulated_imei(number)}")
    follow(page, page.get_by_role("button", name="It was only carried about"))
    expect(page.locator(".note").get_by_text("Moved 13.0 km.")).to_have_count(0)
    expect(page.locator("#sites").get_by_text("Carried about")).to_be_visible()
    expect(page.locator(POSITION)).to_have_text("52.10000, 5.10000")
    follow(page, page.locator("#sites li").get_by_role("button", name="Remove"))
    expect(page.locator(".note").get_by_text("Moved 13.0 km.")).to_be_visible()


def look_at(page: Page, name: str) -> None:
    """Keep pictures of a page at two widths, and have it looked through."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        assert not wider_than_the_screen(page)
    assert not violations(page)
