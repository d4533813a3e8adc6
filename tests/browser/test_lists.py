"""Lists of files: their orders, pictures, the keyboard, and what is done with everything that a filter matches."""

import csv
import hashlib
import io
import time
import zipfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.partials import list_partials
from tests.browser.clicks import clicks, count_clicks
from tests.browser.clock import look_again, look_until
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script
from tests.integration.gateway import wait_until
from tests.integration.test_ftps_cut import begin, cut


def _three(stack: Stack, number: int) -> tuple[str, list[str]]:
    """Send three photos of one camera, without a position; return the camera and the items, oldest first."""
    imei = simulated_imei(number)
    seeds = [time.time_ns() % 10**6 + one for one in range(3)]
    photos = [willfine_photo(imei, camera_now(), None, None, seed=seed) for seed in seeds]
    return imei, [stack.upload(unique(f"three{number}"), photo) for number, photo in enumerate(photos)]


def _times(page: Page) -> list[datetime]:
    """Return when the pictures of a page were taken."""
    found = []
    for words in page.locator(".picture .muted").all_inner_texts():
        with suppress(ValueError):  # what has no time of its own says when it came
            with_seconds = words if words.count(":") == 2 else f"{words}:00"
            found.append(datetime.strptime(with_seconds, "%d %b %Y, %H:%M:%S"))  # noqa: DTZ007 - a camera's own
    return found


@with_and_without_script
def test_files_are_ordered_by_when_they_were_captured(open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/files?view=grid&verdict=accepted")
    page.get_by_label("Order").select_option("captured first")
    follow(page, page.get_by_role("button", name="Show"))
    times = _times(page)
    assert len(times) > 40
    assert times == sorted(times)
    follow(page, page.get_by_role("link", name="Next page"))
    assert _times(page)[0] >= times[-1]
    follow(page, page.get_by_role("link", name="Previous page"))
    assert _times(page) == times


def test_pictures_are_walked_through_with_the_arrow_keys(stack: Stack, open_page: OpenPage) -> None:
    imei, items = _three(stack, 1700)
    page = open_page()
    page.goto(f"/files?camera={imei}&view=grid")
    page.locator(".picture a").first.click()
    page.wait_for_url(f"**/files/{items[2]}?*")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/files/{items[1]}?*")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/files/{items[0]}?*")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/files/{items[1]}?*")


@with_and_without_script
def test_everything_that_a_filter_matches_is_downloaded_and_then_deleted(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    imei, items = _three(stack, 1800 + script)
    page = open_page(script=script)
    page.goto(f"/files?camera={imei}&view=grid")
    page.get_by_label("Everything that the filter matches (3)").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    sums = dict(line.split("  ")[::-1] for line in archive.read("sha256sums.txt").decode().splitlines())
    assert sums == {
        name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "sha256sums.txt"
    }
    assert len(sums) == 7
    page.get_by_role("button", name="Delete…").click()
    expect(page.get_by_role("heading", name="Delete 3 files?")).to_be_visible()
    page.fill("[name=number]", "3")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("3 files deleted.")).to_be_visible()
    assert "view=grid" in page.url
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    assert not [file for item in items for file in (stack.gateway.root / "rejected").rglob(f"{item}*")]


def test_an_upload_that_is_cut_off_appears_by_itself_and_then_its_share(stack: Stack, open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install()
    page.goto("/set-up")
    name, content = unique("cut"), willfine_photo(simulated_imei(1900), camera_now(), 52.1, 5.1, seed=9)
    cut(*begin(stack.gateway.explicit, name, content[: len(content) // 2]))
    look_until(page, 5, page.get_by_text(f"{name} failed after"))
    stack.upload(name, content)
    look_until(page, 5, page.get_by_text(f"{name} was cut off at about "))


@pytest.mark.parametrize("width", [360, 1280])
def test_the_beginning_of_a_photo_is_seen_while_it_waits_and_in_the_whole_that_takes_it_in(
    stack: Stack, open_page: OpenPage, width: int
) -> None:
    page = open_page(width=width)
    name, content = unique("begun"), willfine_photo(simulated_imei(1950 + width), camera_now(), 52.1, 5.1, seed=width)
    cut(*begin(stack.gateway.explicit, name, content[: len(content) // 2]))
    wait_until(lambda: any(one.name.endswith(name) for one in list_partials(stack.gateway.root)), "it waits")
    page.goto("/files?verdict=incoming")
    expect(page.get_by_role("row", name=name)).to_contain_text("waits for its rest until")
    assert looked_at(page, f"files-beginning-{width}") == []
    follow(page, page.get_by_role("link", name=name))
    expect(page.get_by_text("It waits for its rest.")).to_be_visible()
    assert looked_at(page, f"beginning-{width}") == []
    page.goto(f"/files/{stack.upload(f'again-{name}', content)}")
    expect(page.locator("dt:text-is('Earlier tries') + dd")).to_contain_text(f"{name}, only the first ")
    assert looked_at(page, f"file-with-beginning-{width}") == []


def open_overview(open_page: OpenPage) -> Page:
    """Return the overview, with a clock that can be put forward."""
    page = open_page()
    page.clock.install()
    page.goto("/overview")
    return page


def test_an_open_overview_says_that_it_is_old_when_nobody_answers(open_page: OpenPage) -> None:
    page = open_overview(open_page)
    note = page.get_by_role("status").filter(has_text="No answer. This is what was known ")
    page.context.set_offline(True)
    look_again(page, 15)
    expect(note).to_be_visible()
    page.context.set_offline(False)
    look_again(page, 15)
    expect(note).to_have_count(0)


def test_a_failing_overview_says_that_it_is_old(open_page: OpenPage) -> None:
    page = open_overview(open_page)
    page.route("**/overview?live=1", lambda route: route.fulfill(status=502, body="nobody is there"))
    look_again(page, 15)
    expect(page.get_by_text("No answer. This is what was known ")).to_be_visible()
    expect(page.get_by_text("nobody is there")).to_have_count(0)


def test_an_open_overview_goes_on_under_a_focused_link(open_page: OpenPage) -> None:
    page = open_overview(open_page)
    page.get_by_role("link", name="All rejected files").focus()
    page.evaluate("document.querySelector('[data-live] .live').id = 'before'")
    look_again(page, 15)
    expect(page.locator("#before")).to_have_count(0)
    expect(page.get_by_role("link", name="All rejected files")).to_be_focused()


def test_the_log_shows_only_what_is_as_bad_as_asked_for(open_page: OpenPage) -> None:
    page = open_page(script=False)
    page.goto("/system")
    page.get_by_label("Which lines").select_option("attention")
    follow(page, page.get_by_role("button", name="Filter"))
    states = page.locator("table.log tbody td:nth-child(2)").all_inner_texts()
    assert states
    assert "ok" not in states
    page.get_by_label("Which lines").select_option("bad")
    follow(page, page.get_by_role("button", name="Filter"))
    expect(page.get_by_text("Nothing was logged that fits the filter.")).to_be_visible()


def test_a_week_of_one_camera_is_a_zip_with_a_table(stack: Stack, open_page: OpenPage) -> None:
    number = 1850
    imei, now = simulated_imei(number), camera_now()
    for ago in (9, 3, 1):
        taken = now - timedelta(days=ago)
        photo = willfine_photo(imei, taken, 52.1, 5.1, seed=time.time_ns() % 10**6)
        stack.upload(unique(f"week{ago}-"), photo)
    page = open_page()
    count_clicks(page)
    page.goto(f"/cameras/{imei}")
    follow(page, page.get_by_role("link", name="All its files"))
    page.fill("[name=since]", f"{now - timedelta(days=7):%Y-%m-%d}")
    page.fill("[name=until]", f"{now:%Y-%m-%d}")
    page.select_option("[name=by]", "capture")
    follow(page, page.get_by_role("button", name="Show"))
    page.get_by_label("Everything that the filter matches (2)").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert clicks(page) <= 4
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    rows = list(csv.DictReader(io.StringIO(archive.read("files.csv").decode("utf-8-sig"))))
    assert [row["camera_id"] for row in rows] == [imei, imei]
    assert {row["file"] for row in rows} <= set(archive.namelist())
    days = sorted("{}-{:02}-{:02}".format(*archive.getinfo(row["file"]).date_time) for row in rows)
    assert days == [f"{now - timedelta(days=one):%Y-%m-%d}" for one in (3, 1)]
