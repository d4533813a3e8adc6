"""The admin on a disk without any room: people still come in, and read that it is full."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from ingest.index.store import open_index
from tests.faults.disks import fill, new_disk
from tests.unit.webadmin.site import CAMERA, accepted, make_site, photo
from webadmin.cameras.check_links import card_token
from webadmin.state import FILE, state_of

PEOPLE = 30


def test_on_a_full_disk_admins_still_log_in_and_read_that_it_is_full(tmp_path: Path) -> None:
    with new_disk(tmp_path, 32) as disk:
        site = make_site(disk.folder)
        item = site.put(accepted(timedelta(minutes=3)), photo())
        with site.app.app_context():
            check_page = f"/check/{card_token(CAMERA, None)}"
        # The watcher has the index open all the time.
        with closing(open_index(site.root)):
            fill(disk.folder, 0)
            people = [site.admin() for _ in range(PEOPLE)]
            assert site.visitor().log_in(password="wrong").status_code == 401
            with state_of(disk.folder / "cache") as state:
                state.execute("UPDATE sessions SET seen_at = seen_at - 600")
            pages = ("/overview", "/files", "/cameras", "/visits", "/system", f"/files/{item.id}", check_page)
            for person in (people[0], people[-1]):
                assert {page: person.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
            assert "cameras are turned away" in people[0].get("/overview").text
            picture = people[0].get(f"/files/{item.id}/thumbnail")
            assert (picture.status_code, picture.headers["Location"]) == (302, "/static/no-picture.svg")
            assert [file.name for file in (disk.folder / "cache" / "thumbnails").rglob("*.*")] == []


def test_on_a_full_disk_a_log_in_that_finds_no_room_is_a_sentence(tmp_path: Path) -> None:
    with new_disk(tmp_path, 32) as disk:
        site = make_site(disk.folder)
        fill(disk.folder, 0)
        (disk.folder / "cache" / FILE).write_bytes(b"")
        for file in (disk.folder / "cache").glob(f"{FILE}-*"):
            file.unlink()
        fill(disk.folder, 0)
        for answer in (site.visitor().log_in(), site.visitor().log_in(password="wrong")):
            assert answer.status_code == 503
            assert "The admin cannot keep who is logged in" in answer.text
