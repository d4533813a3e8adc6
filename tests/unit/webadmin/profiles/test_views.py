"""The supported cameras: how each knows its files, and how many came."""

import re
from html import unescape
from pathlib import Path

from ingest.settings.values import Settings
from tests.unit.webadmin.site import Person, Site, accepted, make_site, photo, rejected


def test_each_profile_says_how_it_knows_its_files_and_how_many_came(site: Site, admin: Person) -> None:
    for number in range(3):
        site.put(accepted(upload_path=f"{number}.jpg"), photo())
    site.put(rejected(), photo())
    page = unescape(admin.get("/profiles").text)
    willfine = page[page.index("<h2>Willfine 4.0T CG</h2>") :].partition("</section>")[0]
    assert "Make must begin with Willfine<br>" in willfine
    assert "<code>exif.Make matches ^Willfine</code>" in willfine.partition("<details>")[2]
    assert "<dt>Must tell</dt><dd>camera ID, captured at, location</dd>" in willfine
    assert re.findall(r">(accepted|rejected) <b>(\d)</b>", willfine) == [("accepted", "3"), ("rejected", "1")]
    assert '<a href="/files?profile=willfine-4.0t-cg&verdict=accepted">' in willfine
    assert "<h2>Canary" not in page


def test_a_profile_that_cannot_be_read_is_told_with_its_folder_and_the_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "profiles" / "oak"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text("name = <oak>")
    page = make_site(tmp_path, Settings(profiles=(tmp_path / "profiles",))).admin().get("/profiles").text
    assert f"<b>{folder}</b>" in page
    assert "It is not in use." in page
    assert "<h2>INSTAR (IP camera)</h2>" in page
