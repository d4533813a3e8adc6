"""What a target refuses is seen with its answer and goes once more, and a target rests: the watcher carries it out."""

from playwright.sync_api import expect

from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.deliveries import read_failed
from ingest.spool.outbox import has_mark, is_paused, remove_marks
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.stack import Stack
from tests.browser.targets import refuse
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script


def refused_photo(stack: Stack, number: int, said: str) -> tuple[str, str]:
    """Return the upload path and the id of a photo that came, and that the folder then refused."""
    path = unique("refused")
    item_id = stack.upload(path, willfine_photo(simulated_imei(number), camera_now(), 52.1, 5.1, seed=number))
    refuse(stack.gateway.root, "nas", item_id, said)
    remove_marks(stack.gateway.root, "nas", [item_id])
    return path, item_id


@with_and_without_script
def test_what_a_target_refuses_is_shown_with_its_answer_and_goes_once_more(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    root, said = stack.gateway.root, f"The folder <b>nas</b> has no room for number {script:d}."
    path, item_id = refused_photo(stack, 1300 + script, said)
    page = open_page(script=script)
    page.goto("/outbox")
    follow(page, page.get_by_role("link", name="nas"))
    row = page.locator("table.refused tr", has_text=path)
    expect(row).to_contain_text(said)
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Send again", exact=True).click()
    expect(page.get_by_text("1 file marked to go there again.")).to_be_visible()
    assert has_mark(root, "nas", item_id)
    assert read_failed(root, "nas", item_id) is None
    expect(page.locator("table.refused tr", has_text=path)).to_have_count(0)
    waiting = page.locator(".card", has=page.get_by_role("heading", name="Waiting"))
    follow(page, waiting.get_by_role("link", name=path))
    nas = page.locator("#deliveries li", has_text="nas")
    expect(nas).to_contain_text("waits")
    expect(nas).to_contain_text(f"Before that: {said}")
    page.screenshot(path=SCREENSHOTS / f"deliveries-{script}.png", full_page=True)


@with_and_without_script
def test_a_file_is_sent_again_from_its_page_and_from_the_list(stack: Stack, open_page: OpenPage, script: bool) -> None:
    root, (path, item_id) = stack.gateway.root, refused_photo(stack, 1310 + script, "No.")
    page = open_page(script=script)
    page.goto(f"/files/{item_id}")
    page.get_by_role("button", name="Send again to nas").click()
    expect(page.get_by_text("1 file marked to go there again.")).to_be_visible()
    assert has_mark(root, "nas", item_id)
    remove_marks(root, "archive", [item_id])
    page.goto(f"/files?q={path}")
    page.check(f"input[value='{item_id}']")
    page.get_by_label("Target").select_option("archive")
    page.get_by_role("button", name="Send again to").click()
    expect(page.get_by_text("1 file marked to go there again.")).to_be_visible()
    assert has_mark(root, "archive", item_id)


@with_and_without_script
def test_a_target_rests_and_goes_on(stack: Stack, open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/outbox/archive")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("archive rests until somebody lets it go on")).to_be_visible()
    assert is_paused(stack.gateway.root, "archive")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("archive goes on.")).to_be_visible()
    assert not is_paused(stack.gateway.root, "archive")
