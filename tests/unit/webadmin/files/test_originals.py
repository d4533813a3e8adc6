"""Nothing but plain files of the spool is opened."""

import os

import pytest

from ingest.spool.moves import place_of
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.files.originals import open_original


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "accepted/../../secret", "accepted"])
def test_no_place_leads_out_of_the_spool(site: Site, place: str) -> None:
    with pytest.raises(FileNotFoundError):
        open_original(site.root, place)


def test_a_link_among_the_items_is_not_followed(site: Site, admin: Person, tmp_path: object) -> None:
    item = site.put(accepted(), photo())
    place = next((site.root / "accepted").rglob(f"{item.id}-*.JPG"))
    place.unlink()
    place.symlink_to("/etc/passwd")
    assert admin.get(f"/files/{item.id}/original").status_code == 404


def test_an_item_is_opened_with_the_bytes_that_came(site: Site) -> None:
    place = place_of(site.put(accepted(), photo()))
    with open_original(site.root, place) as original:
        assert original.read() == photo()


def test_a_pipe_among_the_items_is_not_waited_for(site: Site) -> None:
    os.mkfifo(site.root / "accepted" / "pipe.jpg")
    with pytest.raises(FileNotFoundError):
        open_original(site.root, "accepted/pipe.jpg")
