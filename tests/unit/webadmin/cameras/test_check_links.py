"""Signed links: each opens one camera's check page as long as it holds, and none can be made up."""

from dataclasses import replace

import pytest

from ingest.spool.camera_records import write_camera_record
from ingest.spool.check_links import CheckLink, forget_link, write_link
from tests.unit.webadmin.site import CAMERA, Site
from webadmin.cameras.check_links import Shown, card_token, link_token, read_token
from webadmin.context import context

NOW, LATER = "2026-06-01T12:00:00.000000Z", "2026-06-02T12:00:00.000000Z"
LINK = CheckLink("ab" * 16, CAMERA, "ranger Rose", False, True, LATER, NOW, "anna")


def _read(token: str, now: str = NOW) -> tuple[str, Shown] | None:
    here = context()
    return read_token(token, here.root, here.camera_records, now)


def test_a_card_opens_one_camera_and_cannot_be_forged(site: Site) -> None:
    with site.app.app_context():
        token = card_token(CAMERA, None)
        assert _read(token) == (CAMERA, Shown())
        for forged in (token[:-1] + "x", token.replace("861943", "861944"), CAMERA, "", "~", "x~y", "é~é"):
            assert _read(forged) is None


def test_a_link_signed_for_what_is_no_camera_opens_nothing(site: Site) -> None:
    with site.app.app_context():
        assert _read(card_token("../../secret", None)) is None


def test_a_new_secret_ends_all_links(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    write_link(site.root, LINK)
    with site.app.app_context():
        tokens = card_token(CAMERA, None), link_token(LINK)
        assert all(_read(token) for token in tokens)
        monkeypatch.setitem(site.app.config, "SECRET_KEY", b"t" * 40)
        assert [_read(token) for token in tokens] == [None, None]
    assert site.visitor().get(f"/check/{tokens[0]}").status_code == 404


def test_a_made_link_shows_what_it_says_until_it_ends_or_is_revoked(site: Site) -> None:
    write_link(site.root, LINK)
    with site.app.app_context():
        token = link_token(LINK)
        assert _read(token) == (CAMERA, Shown(position=False, health=True, link=LINK))
        assert _read(token, LATER) is None
        write_link(site.root, replace(LINK, ends_at=""))
        assert _read(token, "2999-01-01T00:00:00.000000Z")
        forget_link(site.root, LINK.id)
        assert _read(token) is None


def test_whoever_knows_the_id_of_a_link_and_not_the_secret_opens_nothing(site: Site) -> None:
    write_link(site.root, LINK)
    with site.app.app_context():
        assert _read(LINK.id) is None and _read(f"{LINK.id}~x") is None
        # A link's id signed as if it were a card is none, nor a camera signed as if it were a link.
        assert _read(card_token(LINK.id, None)) == (LINK.id, Shown())
        assert _read(link_token(replace(LINK, id=CAMERA))) is None


def test_revoked_cards_open_nothing_and_those_printed_since_do(site: Site) -> None:
    with site.app.app_context():
        first = card_token(CAMERA, None)
        record = {"card_links": 1}
        write_camera_record(site.root, CAMERA, record)
        second = card_token(CAMERA, record)
        assert _read(first) is None and _read(second) == (CAMERA, Shown())
        write_camera_record(site.root, CAMERA, {"card_links": 2})
        assert _read(second) is None
