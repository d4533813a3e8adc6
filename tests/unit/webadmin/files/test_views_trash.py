"""What people delete is in the trash: restored from the message, the file's page, the request's or the trash's."""

import re

from ingest.index.places import find_item
from ingest.index.store import open_index
from ingest.spool.trash import requests_in_trash
from tests.unit.webadmin.site import Person, Site, accepted, photo
from tests.unit.webadmin.watching import answering


def is_there(site: Site, item_id: str) -> bool:
    index = open_index(site.root)
    try:
        return find_item(site.root, index, item_id) is not None
    finally:
        index.close()


def deleted(site: Site, admin: Person, number: int = 1) -> tuple[list[str], str]:
    """Delete files as a person does; return their ids and the page that says so."""
    ids = [site.put(accepted(upload_path=f"{one}.jpg", sha256=f"{one:064x}"), photo(one)).id for one in range(number)]
    assert "can be restored for 14 days" in admin.send("/files/act", {"action": "delete", "id": ids}).text
    form = {"action": "delete", "id": ids, "confirmed": "1"}
    return ids, admin.send("/files/act", form, follow_redirects=True).text


def test_a_mistaken_delete_is_restored_from_the_message_that_tells_of_it(site: Site, admin: Person) -> None:
    with answering(site):
        ids, page = deleted(site, admin, 2)
        assert "2 files deleted." in page and not any(is_there(site, one) for one in ids)
        (request,) = re.findall(r'action="/mend/undo".*?name="request" value="([^"]+)"', page)
        told = admin.send("/mend/undo", {"request": request, "back": "/files"}, follow_redirects=True).text
    assert "2 files put back." in told and all(is_there(site, one) for one in ids)


def test_one_file_is_restored_from_its_page(site: Site, admin: Person) -> None:
    with answering(site):
        (first, second), _ = deleted(site, admin, 2)
        gone = admin.get(f"/files/{first}")
        assert gone.status_code == 404 and "This file is in the trash" in gone.text
        answer = admin.send("/trash/restore", {"id": first})
        assert answer.headers["Location"] == f"/files/{first}"
        assert "1 file restored." in admin.get(f"/files/{first}").text
    assert is_there(site, first) and not is_there(site, second)


def test_the_trash_shows_each_deletion_and_restores_it_whole_or_lets_it_go(site: Site, admin: Person) -> None:
    with answering(site):
        ids, _ = deleted(site, admin, 3)
        other = site.put(accepted(upload_path="other.jpg", sha256="c" * 64), photo(9)).id
        admin.send(f"/files/{other}/act", {"action": "delete", "confirmed": "1"})
        page = admin.get("/trash").text
        last, first = re.findall(r'action="/trash/restore".*?name="request" value="([^"]+)"', page)
        assert "other.jpg" in page and "Restore all" in page and page.count("anna") >= 2
        told = admin.send("/trash/restore", {"request": first}, follow_redirects=True).text
        assert "3 files restored." in told and all(is_there(site, one) for one in ids)
        told = admin.send("/trash/empty", {"request": last}, follow_redirects=True).text
        assert "1 file of the trash went for good" in told and "The trash is empty" in told
        assert "Nothing of it is in the trash any more." in admin.get(f"/system/requests/{last}").text
        told = admin.send("/trash/restore", {"request": last}, follow_redirects=True).text
        assert "Nothing of it is in the trash any more." in told
    assert requests_in_trash(site.root) == [] and not is_there(site, other)


def test_what_is_no_deletion_is_not_found(site: Site, admin: Person) -> None:
    assert admin.send("/trash/restore", {"request": "../x"}).status_code == 404
    assert admin.send("/trash/empty", {"request": "20260401T120000.000000Z-0001"}).status_code == 404
    assert site.requests() == []
    assert "The trash is empty" in admin.get("/trash").text


def test_all_that_a_filter_matches_is_deleted_only_when_its_number_is_typed(site: Site, admin: Person) -> None:
    for number in range(3):
        site.put(accepted(upload_path=f"{number}.jpg"), photo(number))
    form = {"action": "delete", "everything": "1", "newest": str(2**62), "verdict": "accepted"}
    page = admin.send("/files/act", form).text
    assert "type how many files that are" in page
    mark = re.findall(r'name="mark" value="([0-9a-f]+)"', page)[0]
    for typed in ("", "2", "all"):
        page = admin.send("/files/act", form | {"confirmed": "1", "mark": mark, "number": typed}).text
        assert "Nothing was deleted: type 3, the number of the files." in page
    assert site.requests() == []
    admin.send("/files/act", form | {"confirmed": "1", "mark": mark, "number": " 3 "})
    assert [len(one["ids"]) for one in site.requests()] == [3]
