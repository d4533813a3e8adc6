"""Every page at two widths, light and dark, with and without JavaScript: complete, accessible, not too wide."""

from pprint import pformat
from typing import Literal

import pytest
from playwright.sync_api import Page

from ingest.spool.deliveries import failed_ids
from ingest.spool.incidents import incidents_in
from tests.browser.axe import begin, outcome, violations
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.looking import wider_than_the_screen
from tests.browser.stack import Stack
from tests.demo_fleet import FLEET
from tests.spools import newest_item

CAMERA = FLEET[4].id
PAGES = {
    "overview": "/overview",
    "files": "/files",
    "rejected": "/files?verdict=rejected",
    "reason": "/files?verdict=rejected&reason=missing_location",
    "pictures": "/files?view=grid",
    "captured": "/files?sort=captured+last",
    "found": "/files?found=animal",
    "trash": "/trash",
    "mend": "/mend?verdict=rejected&reason=missing_location",
    "no-match": "/files?q=nothinglikethis",
    "upload": "/upload",
    "outbox": "/outbox",
    "target": "/outbox/nas",
    "target-down": "/outbox/hook",
    "incidents": "/incidents",
    "export": "/export",
    "cameras": "/cameras",
    "map": "/cameras?view=map",
    "visits": "/visits",
    "camera": f"/cameras/{CAMERA}",
    "clock": f"/cameras/{CAMERA}/clock",
    "camera-90": f"/cameras/{FLEET[0].id}?days=90",
    "profiles": "/profiles",
    "profile": "/profiles/willfine-4.0t-cg",
    "profile-not-confirmed": "/profiles/dahua-amcrest",
    "set-up": "/set-up",
    "add-camera": "/add-camera",
    "system": "/system",
    "programs": "/programs",
    "people": "/people",
    "person": "/people/admin",
    "me": "/me",
    "second-factor": "/me/second-factor",
    "check-links": "/check-links",
    "check": f"/cameras/{CAMERA}/check",
    "not-found": "/nothing-here",
}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


@pytest.mark.timeout(600)  # two dozen pages, each looked through by axe-core: minutes on a machine that does more
@pytest.mark.parametrize(("widths", "script"), [((1280, 360), True), ((360,), False)], ids=["script", "no-script"])
def test_every_page_is_accessible_and_fits(
    stack: Stack, open_page: OpenPage, widths: tuple[int, ...], script: bool
) -> None:
    windows = {width: open_page(width=width, script=script) for width in widths}
    complaints: list[str] = []
    for page in windows.values():
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
    found: dict[str, list[str]] = {}
    for title, path in (PAGES | _more_pages(stack)).items():
        for page in windows.values():
            page.goto(path, wait_until="load")
        # One load for both: the two schemes differ in their style sheet alone, and it follows at once.
        for scheme in SCHEMES if script else SCHEMES[:1]:
            names = {f"{title}-{width}-{scheme}{'' if script else '-no-script'}": windows[width] for width in widths}
            found |= {name: problems for name, problems in _problems(names, script, scheme).items() if problems}
    complaints = [one for one in complaints if "404 (NOT FOUND)" not in one]
    assert not found, pformat(found)
    assert not complaints


def _problems(pages: dict[str, Page], script: bool, scheme: Literal["light", "dark"]) -> dict[str, list[str]]:
    """Return what is wrong with each page in one scheme; axe looks through all of them at the same time."""
    found = {}
    for name, page in pages.items():
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
        found[name] = wider_than_the_screen(page)
        if script:
            begin(page)
    for name, page in pages.items() if script else ():
        found[name] += outcome(page)
    return found


def _more_pages(stack: Stack) -> dict[str, str]:
    root = stack.gateway.root
    ids = {
        "accepted": newest_item(root, verdict="accepted", kind="image"),
        "rejected": newest_item(root, reason="missing_location"),
        "report": newest_item(root, kind="report"),
        "refused": failed_ids(root, "nas")[0],
    }
    pages = {f"file-{title}": f"/files/{item_id}" for title, item_id in ids.items()}
    pages |= {f"incident-{one.rule}": f"/incidents/{one.id}" for one in incidents_in(root)}
    return pages | {"draft": f"/workshop/{ids['rejected']}"}


@pytest.mark.parametrize("width", [360, 1280])
def test_the_door_is_accessible(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, logged_in=False)
    page.goto("/log-in")
    page.screenshot(path=SCREENSHOTS / f"log-in-{width}.png")
    assert not violations(page)
    page.fill("[name=name]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("button")
    page.get_by_text("Name or password is wrong.").wait_for()
    assert not violations(page)


def test_the_keyboard_reaches_everything(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/files?verdict=rejected")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select')]"
        ".filter(one => one.checkVisibility({contentVisibilityAuto: true})).length"
    )
    reached = set()
    for _ in range(wanted + 40):
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        page.keyboard.press("Tab")
    # A date field holds several stops and counts once; the body and the browser's own stops do not count.
    assert len(reached) >= wanted - 1
