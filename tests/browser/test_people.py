"""People share a gateway: a second admin, a ranger with a link, somebody in the field; from page to page, by clicks."""

import re

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.clicks import clicks, count_clicks
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.looking import wider_than_the_screen
from tests.browser.stack import Stack
from tests.browser.uploads import follow, with_and_without_script
from tests.demo_fleet import FLEET

CAMERA = FLEET[4]
PASSWORD = "chosen in the browser"


def _add(page: Page, name: str, role: str, **fields: str) -> str:
    """Add somebody as an admin; return the address of their invitation."""
    page.goto("/overview")
    follow(page, page.get_by_role("link", name="People", exact=True))
    page.get_by_label("Name to log in with").fill(name)
    page.get_by_label("Role").select_option(role)
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    follow(page, page.get_by_role("button", name="Add and make an invitation"))
    return page.locator("#invitation").inner_text()


def _confirm_code(page: Page) -> None:
    """Set up a second factor with an app's code; at the edge of a half minute a second try may be due."""
    for _ in range(3):
        shown = page.locator("#secret").text_content() or ""
        page.get_by_label("Type the six digits that it shows").fill(pyotp.TOTP(shown).now())
        follow(page, page.get_by_role("button", name="Confirm"))
        if page.get_by_text("logs in with a second factor").count():
            return
    raise AssertionError("no code was right")


@with_and_without_script
def test_a_second_admin_comes_in_with_a_role_and_a_second_factor(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    name, page, pressed = f"second{script:d}", open_page(script=script), 0
    count_clicks(page)
    invitation = _add(page, name, "admin")
    page.screenshot(path=SCREENSHOTS / f"invitation-{script:d}.png", full_page=True)
    pressed = clicks(page) if script else 0
    theirs = open_page(script=script, logged_in=False, width=360)
    count_clicks(theirs)
    theirs.goto(invitation)
    assert not script or violations(theirs) == []
    theirs.screenshot(path=SCREENSHOTS / f"join-{script:d}.png", full_page=True)
    theirs.get_by_label("Password").fill(PASSWORD)
    follow(theirs, theirs.get_by_role("button", name="Save and log in"))
    expect(theirs.get_by_role("heading", name="Second factor", level=1)).to_be_visible()
    assert wider_than_the_screen(theirs) == []
    theirs.screenshot(path=SCREENSHOTS / f"second-factor-due-{script:d}.png", full_page=True)
    _confirm_code(theirs)
    if script:
        assert pressed + clicks(theirs) <= 5
    theirs.goto("/upload")
    expect(theirs.get_by_role("heading", name="Upload")).to_be_visible()
    page.goto("/people")
    expect(page.get_by_role("row", name=name)).to_contain_text("yes")


@with_and_without_script
def test_a_rangers_link_has_an_end_and_is_revoked(stack: Stack, open_page: OpenPage, script: bool) -> None:
    page, label = open_page(script=script), f"ranger {script:d}"
    count_clicks(page)
    page.goto(f"/cameras/{CAMERA.id}")
    page.get_by_label("A link for").fill(label)
    page.get_by_label("It ends").select_option("7")
    follow(page, page.get_by_role("button", name="Make a link"))
    line = page.locator(".link-line", has_text=label)
    expect(line).to_contain_text("in 7 days")
    address = line.get_by_role("link").inner_text()
    line.screenshot(path=SCREENSHOTS / f"link-line-{script:d}.png")
    ranger = open_page(script=script, logged_in=False, width=360)
    ranger.goto(address)
    expect(ranger.get_by_role("heading", level=1)).to_be_visible()
    expect(ranger.get_by_text("This page shows what arrived")).to_contain_text("The link for ranger")
    expect(ranger.get_by_text(re.compile(r"\d\d\.\d{5}"))).to_have_count(0)
    ranger.screenshot(path=SCREENSHOTS / f"ranger-{script:d}.png", full_page=True)
    follow(page, page.get_by_role("button", name=f"Revoke the link for {label}"))
    expect(page.get_by_text(f"The link for {label} opens nothing any more.")).to_be_visible()
    if script:
        assert clicks(page) <= 4
    ranger.goto(address)
    expect(ranger.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    ranger.screenshot(path=SCREENSHOTS / f"link-over-{script:d}.png", full_page=True)


@with_and_without_script
def test_somebody_in_the_field_sees_their_visits_and_check_pages(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    page, tag = open_page(script=script), f"north{script:d}"
    page.goto(f"/cameras/{CAMERA.id}")
    page.get_by_label("Tags").fill(tag)
    follow(page, page.get_by_role("button", name="Save", exact=True))
    page.goto("/people")
    page.get_by_label("Must log in with a second factor").uncheck()
    page.get_by_label("Name to log in with").fill(f"field{script:d}")
    page.get_by_label("Role").select_option("field")
    page.get_by_text("Whose cameras somebody in the field sees").click()
    page.get_by_label("one of these tags").fill(tag)
    follow(page, page.get_by_role("button", name="Add and make an invitation"))
    theirs = open_page(script=script, logged_in=False, width=360)
    theirs.goto(page.locator("#invitation").inner_text())
    theirs.get_by_label("Password").fill(PASSWORD)
    follow(theirs, theirs.get_by_role("button", name="Save and log in"))
    expect(theirs.get_by_text(re.compile(r"of 1 camera needs?"))).to_be_visible()
    assert not script or violations(theirs) == []
    assert wider_than_the_screen(theirs) == []
    theirs.screenshot(path=SCREENSHOTS / f"visits-field-{script:d}.png", full_page=True)
    theirs.goto(f"/cameras/{CAMERA.id}/check")
    expect(theirs.get_by_role("heading", level=1)).to_be_visible()
    theirs.goto(f"/cameras/{FLEET[0].id}/check")
    expect(theirs.get_by_text("There is nothing at this address.")).to_be_visible()
    theirs.goto("/files")
    expect(theirs.get_by_text("This is not allowed.")).to_be_visible()


def test_a_viewer_sees_every_page_and_no_button_that_changes_something(stack: Stack, open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/people")
    page.get_by_label("Must log in with a second factor").uncheck()
    page.get_by_label("Name to log in with").fill("viewer")
    follow(page, page.get_by_role("button", name="Add and make an invitation"))
    theirs = open_page(logged_in=False)
    theirs.goto(page.locator("#invitation").inner_text())
    theirs.get_by_label("Password").fill(PASSWORD)
    follow(theirs, theirs.get_by_role("button", name="Save and log in"))
    for title, path in (("overview", "/overview"), ("files", "/files"), ("camera", f"/cameras/{CAMERA.id}")):
        theirs.goto(path)
        assert violations(theirs) == []
        theirs.screenshot(path=SCREENSHOTS / f"viewer-{title}.png", full_page=True)
        changing = theirs.get_by_role("button", name=re.compile(r"^(Delete|Save|Try again|Undo|Register|Set these)"))
        expect(changing).to_have_count(0)
    follow(theirs, theirs.get_by_role("button", name="Log out"))
    expect(theirs.get_by_text("You are logged out.")).to_be_visible()
