"""What a cause counts, its link shows."""

import re
from html import unescape

from tests.unit.webadmin.site import CAMERA, Person, Site, photo, rejected


def test_a_causes_link_shows_as_many_files_as_the_cause_counts(site: Site, admin: Person) -> None:
    for number, camera_id in enumerate([None, None, CAMERA, CAMERA, CAMERA, "lat52.1_lon5.1"]):
        site.put(rejected(upload_path=f"{number}.jpg", camera_id=camera_id), photo(number))
    overview = unescape(admin.get("/overview").text)
    causes = re.findall(r'href="(/files[^"]*reason=[^"]*)".*?data-label="Files">(\d+)<', overview, re.DOTALL)
    assert sorted(files for _, files in causes) == ["1", "2", "3"]
    for link, files in causes:
        assert re.search(rf"<p>{files} files? match", admin.get(link).text), link
    assert 'name="camera" value="no camera"' in admin.get("/files?camera=-").text
