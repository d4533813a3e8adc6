"""The upload tool."""

import io

from tests.unit.webadmin.site import Person, Site, photo


def test_the_upload_tool_tries_without_storing(site: Site, admin: Person) -> None:

    form = {"files": (io.BytesIO(photo()), "../../evil/E1000001.JPG"), "way": "try", "folder": "../x/./y"}
    page = admin.send("/upload", form, content_type="multipart/form-data").text
    assert "x/y/E1000001.JPG" in page
    assert "Tried only" in page
    assert not any((site.root / "incoming").iterdir())
    assert site.requests() == []


def test_sending_through_ftps_without_a_port_is_a_sentence(site: Site, admin: Person) -> None:

    form = {"files": (io.BytesIO(photo()), "E1.JPG"), "way": "ftps"}
    page = admin.send("/upload", form, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "no verdict" in page.text
