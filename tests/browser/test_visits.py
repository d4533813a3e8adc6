"""What biologists do: a list of visits, a map to look closer at, registering a stranger, and a phone at the tree."""

import time
from contextlib import closing

from playwright.sync_api import Locator, Page, Route, expect

from ingest.index.store import enter, open_index
from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.moves import place_of
from ingest.spool.sidecar import sidecar_text
from tests.browser.axe import violations
from tests.browser.clock import look_again
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script, without_position
from tests.unit.webadmin.site import rejected


def test_the_visit_list_is_made_for_paper(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/cameras")
    follow(page, page.get_by_role("link", name="Visit list"))
    expect(page.get_by_role("heading", name="Visits")).to_be_visible()
    tasks = page.locator("table.visits tbody tr").all_inner_texts()
    assert "Silent for" in tasks[0]
    assert any("Bring fresh batteries." in text for text in tasks)
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.screenshot(path=SCREENSHOTS / "visits-print.png", full_page=True)


def once_there(page: Page, name: str) -> Locator:
    """Return a link, after loading the page anew until it has it: what pages say of a fleet may be two seconds old."""
    link = page.get_by_role("link", name=name)
    deadline = time.monotonic() + 20
    while not link.count() and time.monotonic() < deadline:
        page.wait_for_timeout(250)
        page.reload()
    return link


def test_a_camera_whose_photos_are_rejected_stands_among_those_that_need_attention(
    stack: Stack, open_page: OpenPage
) -> None:
    imei = simulated_imei(1300)
    stack.upload(unique("lost"), without_position(1300))
    page = open_page()
    page.goto("/cameras?show=rejected")
    expect(once_there(page, imei)).to_be_visible()
    page.goto(f"/cameras/{imei}")
    expect(page.get_by_text("Its photos are rejected: missing location, 1 file in 7 days.")).to_be_visible()


@with_and_without_script
def test_the_map_is_looked_at_closer(open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/cameras?view=map")
    whole = page.locator("table.fleet tbody tr").count()
    follow(page, page.locator("svg.map a[aria-label*='cameras here']").first)
    expect(page.get_by_text("part of the map")).to_be_visible()
    assert page.locator("svg.map a").count() > 1
    assert 0 < page.locator("table.fleet tbody tr").count() < whole
    assert not script or not violations(page)


@with_and_without_script
def test_a_stranger_is_registered_and_its_files_are_tried_again(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    imei = simulated_imei(1400 + script)
    waiting = rejected(reason="unknown_camera", camera_id=imei, upload_path=unique("stranger"))
    place = stack.gateway.root / place_of(waiting)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_name(f"{place.name}.json").write_text(sidecar_text(waiting))
    place.write_bytes(willfine_photo(imei, camera_now(), 52.1, 5.1, seed=time.time_ns() % 10**6))
    with closing(open_index(stack.gateway.root)) as index:
        enter(index, [(waiting, place_of(waiting))])
    page = open_page(script=script)
    page.goto("/cameras?show=unregistered")
    once_there(page, imei).click()
    page.get_by_role("button", name="Register it and try its files again").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("1 file sent back for a new verdict.")).to_be_visible()
    page.goto(f"/files?camera={imei}&verdict=accepted")
    expect(once_there(page, waiting.upload_path)).to_be_visible()


def test_the_check_page_keeps_its_last_answer_where_there_is_no_signal(stack: Stack, open_page: OpenPage) -> None:
    imei = simulated_imei(1500)
    stack.upload(unique("signal"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=3))
    page = open_page()
    page.goto(f"/cameras/{imei}")
    address = page.locator("a[href*='/check/']").get_attribute("href") or ""
    visitor = open_page(logged_in=False, width=360, height=740)
    visitor.clock.install()
    visitor.goto(address)
    expect(visitor.locator("li").first).to_contain_text("Photo received")
    visitor.context.set_offline(True)
    look_again(visitor, 15)
    expect(visitor.get_by_role("status")).to_contain_text("No connection.")
    expect(visitor.locator("li").first).to_contain_text("Photo received")
    visitor.screenshot(path=SCREENSHOTS / "check-offline-360.png", full_page=True)
    visitor.context.set_offline(False)
    look_again(visitor, 15)
    expect(visitor.get_by_role("status")).to_be_hidden()
    assert not violations(visitor)


def test_the_check_page_updates_by_itself_without_script(stack: Stack, open_page: OpenPage) -> None:
    imei, refresh = simulated_imei(1600), '<meta http-equiv="refresh" content="{}">'
    stack.upload(unique("refresh"), without_position(1600))
    page = open_page(script=False)
    page.goto(f"/cameras/{imei}")
    address = page.locator("a[href*='/check/']").get_attribute("href") or ""
    visitor = open_page(logged_in=False, script=False, width=360, height=740)
    served: list[str] = []

    def serve(route: Route) -> None:
        """Pass the page on, with a shorter time to its next look."""
        answer = route.fetch()
        served.append(answer.text())
        route.fulfill(response=answer, body=served[-1].replace(refresh.format(15), refresh.format(1)))

    visitor.route("**/check/*", serve)
    visitor.goto(address)
    assert served[0].count(refresh.format(15)) == 1
    expect(visitor.locator("li").first).to_contain_text("Photo rejected")
    stack.upload(unique("refresh"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=4))
    expect(visitor.locator("li").first).to_contain_text("Photo received")
