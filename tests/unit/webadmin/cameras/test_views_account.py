"""The account of a camera on its page: a new password, the end of the former one, closing."""

from collections.abc import Iterator

import pytest

from ingest.requests import answers
from ingest.spool.camera_accounts import account_of
from tests.unit.webadmin.cameras.test_views_add import GATE, password_on
from tests.unit.webadmin.site import Person, Site
from tests.unit.webadmin.watching import answering

ACCOUNT = "/cameras/Gate_North/account"


@pytest.fixture(autouse=True)
def _watched(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(answers, "PATIENCE_S", 60.0)
    with answering(site):
        yield


def test_a_new_password_is_shown_and_the_former_one_ends_when_somebody_says_so(site: Site, admin: Person) -> None:
    first = password_on(admin.send("/add-camera", GATE).text)
    second = password_on(admin.send(f"{ACCOUNT}/password", {}).text)
    assert first != second
    assert "the former one is valid too" in admin.get("/cameras/Gate_North").text
    assert "has two valid passwords" in admin.get("/set-up").text
    page = admin.send(f"{ACCOUNT}/end-former", {}, follow_redirects=True).text
    assert "is entered with its present password only." in page and "the former one is valid too" not in page


def test_a_closed_account_is_told_as_closed_and_can_be_opened_again(site: Site, admin: Person) -> None:
    admin.send("/add-camera", GATE)
    page = admin.send(f"{ACCOUNT}/close", {}, follow_redirects=True).text
    assert "The account gate-north is closed." in page and "Open its account again" in page
    assert admin.send(f"{ACCOUNT}/password", {}).status_code == 404
    assert "gate-north" in admin.send(ACCOUNT, {}).text
    account = account_of(site.root, "Gate_North")
    assert account is not None and account.closed_at is None


@pytest.mark.parametrize("what", ["password", "end-former", "close"])
def test_a_camera_without_an_account_has_nothing_to_change(admin: Person, what: str) -> None:
    assert admin.send(f"{ACCOUNT}/{what}", {}).status_code == 404
    assert admin.send(f"/cameras/..%2Fx/account/{what}", {}).status_code == 404
