"""Clocks by name: what arrival minus capture says about a camera's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.fleet.clock import WRONG_S, clock_error
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo
from webadmin.cameras.check_links import card_token

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = 3600


@pytest.mark.parametrize(
    ("errors_s", "kind", "words"),
    [
        ("30", "good", "right"),
        ("400 410 420", "good", "right within 7 min"),
        ("-200", "good", "right within 4 min"),
        ("-900", "ahead", "15 min ahead"),
        ("2400", "slow", "40 min behind"),
        (f"{HOUR + 45}", "zone", "1 h behind"),
        (f"{-2 * HOUR + 60}", "zone", "2 h ahead"),
        (f"{12 * HOUR + 100}", "am_pm", "12 h behind: AM and PM"),
        (f"{-12 * HOUR + 40}", "am_pm", "12 h ahead: AM and PM"),
        (f"{26 * 365 * 86400}", "reset", "reset to its first day"),
        (f"{5 * 86400}", "slow", "5 days behind"),
        (f"30 40 {12 * HOUR}", "good", "right"),
    ],
)
def test_a_clock_error_has_a_name(errors_s: str, kind: str, words: str) -> None:
    error = clock_error(errors_s, NOW)
    assert error
    assert error.kind == kind
    assert words in error.words
    assert error.is_wrong == (kind != "good")


def test_no_photos_tell_nothing_about_the_clock() -> None:
    assert clock_error(None, NOW) is None
    assert clock_error("", NOW) is None


@pytest.mark.parametrize(
    ("errors_s", "short"),
    [
        ("400", "right"),
        (f"{HOUR}", "1 h behind"),
        (f"{-12 * HOUR}", "12 h ahead"),
        ("2400", "40 min behind"),
        (f"{26 * 365 * 86400}", "reset to its first day"),
    ],
)
def test_the_table_has_the_error_without_its_explanation(errors_s: str, short: str) -> None:
    error = clock_error(errors_s, NOW)
    assert error
    assert error.short == short


def test_a_photo_that_takes_twenty_minutes_is_the_first_that_blames_the_clock() -> None:
    kinds = [error.kind for text in (f"{WRONG_S - 1}", f"{WRONG_S}") if (error := clock_error(text, NOW))]
    assert kinds == ["good", "slow"]


def test_a_photo_from_the_last_day_of_the_calendar_breaks_no_page(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(hours=3), captured_at_utc="9999-12-31T23:59:59Z"), photo())
    with site.app.app_context():
        check_page = f"/check/{card_token(CAMERA, None)}"
    pages = ("/overview", "/cameras", "/cameras?format=csv", "/visits", f"/cameras/{CAMERA}", "/files", check_page)
    assert {page: admin.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
