"""Pages before anything has arrived."""

from tests.unit.webadmin.site import Person, Site


def test_pages_work_without_an_index_and_without_folders(site: Site, admin: Person) -> None:
    for path in ("/overview", "/files", "/files?q=x", "/cameras", "/profiles", "/set-up", "/system"):
        assert admin.get(path).status_code == 200, path
    assert "Nothing has arrived yet" in admin.get("/files").text
    assert (
        "This could not be measured" in admin.get("/overview").text or "never run here" in admin.get("/overview").text
    )
