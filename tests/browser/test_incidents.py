"""An admin sees what is wrong, says that they know of it, and takes that back: the watcher carries it out."""

from playwright.sync_api import expect

from ingest.spool.incidents import open_incidents, read_known
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.incidents import TITLE
from tests.browser.stack import Stack
from tests.browser.uploads import follow, with_and_without_script


@with_and_without_script
def test_an_admin_knows_of_an_incident_until_a_day_and_takes_it_back(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    root = stack.gateway.root
    (incident,) = (one for one in open_incidents(root) if one.title == TITLE)
    page = open_page(script=script)
    page.goto("/overview")
    follow(page, page.get_by_role("link", name=TITLE))
    told = page.locator(".card", has=page.get_by_role("heading", name="What people were told"))
    expect(told).to_contain_text("Go there, and bring <b>fresh</b> batteries.")
    expect(told).to_contain_text("Taken by 2 addresses.")
    page.get_by_label("Until this day").fill("2031-04-13")
    page.get_by_label("What is being done").fill("Ann goes there <today>.")
    page.get_by_role("button", name="I know of this").click()
    expect(page.get_by_text("It is not told again meanwhile.")).to_be_visible()
    known = read_known(root, incident.id)
    assert known and known.until and known.until.startswith("2031-04-1")
    expect(page.get_by_text("Ann goes there <today>.")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / f"incident-known-{script}.png", full_page=True)
    page.get_by_role("button", name="Tell it again").click()
    expect(page.get_by_text("It is told again when it gets worse.")).to_be_visible()
    assert read_known(root, incident.id) is None


@with_and_without_script
def test_without_anybody_to_tell_the_page_says_so(open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/incidents")
    expect(page.get_by_text("Nobody is told")).to_be_visible()
    page.get_by_role("button", name="Send a test message").click()
    expect(page.get_by_text("nobody would get it")).to_be_visible()
    page.get_by_label("Rule").select_option("disk")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="The disk fills up")).to_be_visible()
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
