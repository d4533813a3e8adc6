"""What the profile on the bench would do, as the page says it: counted, named, and a sentence where nothing can be."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from html import unescape
from time import process_time
from urllib.parse import urlencode

from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import Person, Site, accepted, photo, rejected
from webadmin.profiles.views_dry_run import dry_run_of
from webadmin.profiles.work import read_work

TIMED = {"Make": "Oakfine", "Model": "T-9", "BodySerialNumber": "77", "DateTimeOriginal": "2026:11:21 01:15:30"}


WRITTEN = """
name = "Oakfine"
evidence = "a test"
[image]
match = { "exif.Make" = '^Oakfine$' }
require = ["camera_id"]
[image.fields]
camera_id = { from = "exif.BodySerialNumber" }
"""


def put(site: Site, minutes: int, path: str = "a.jpg", **exif: str) -> Sidecar:
    item = rejected(
        timedelta(minutes=minutes), reason="no_matching_profile", upload_path=path, camera_id=None, profile=None
    )
    return site.put(replace(item, exif={**TIMED, **exif}, sha256=f"{minutes:064x}"), photo())


def found(admin: Person, item: Sidecar, answers: Mapping[str, str] | None = None) -> str:
    answer = admin.get(f"/workshop/{item.id}/dry-run?{urlencode(answers or {})}")
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).split())


def test_what_it_would_accept_is_counted_and_the_rest_is_listed(site: Site, admin: Person) -> None:
    item = put(site, 1)
    for minutes in range(2, 32):
        put(site, minutes, f"b{minutes}.jpg", DateTimeOriginal="" if minutes > 6 else f"2026:11:{minutes:02} 01:15:30")
    put(site, 40, "<b>.jpg", BodySerialNumber="78")
    text = found(admin, item, {"image.captured_at": "exif.DateTimeOriginal"})
    assert "Would accept 7 of 32 rejected files that it knows." in text
    assert "<summary>25 have no time</summary>" in text and "… and 5 more" in text
    assert "<dt>2 camera IDs</dt>" in text and '<span class="id">77</span> (6)' in text
    assert "2 Nov 2026, 01:15:30 to 21 Nov 2026, 01:15:30" in text
    assert "Would take nothing from other cameras." in text
    assert "<b>.jpg" not in admin.get(f"/workshop/{item.id}/dry-run").text
    page = " ".join(unescape(admin.get(f"/workshop/{item.id}").text).split())
    assert "rejected files that it knows." in page and "/static/dry_run.js" in page


def test_what_it_would_take_from_another_camera_is_named_with_its_files(site: Site, admin: Person) -> None:
    item = put(site, 1)
    other = site.put(replace(accepted(profile="willfine-4.0t-cg", upload_path="taken.jpg"), exif=TIMED), photo())
    text = found(admin, item)
    assert f'Would take 1 file from camera <b class="wrap">{other.camera_id}</b> (profile willfine-4.0t-cg)' in text
    assert f'<a class="wrap" href="/files/{other.id}">taken.jpg</a>' in text
    assert "Would take nothing" not in text


def test_one_file_is_said_as_one(site: Site, admin: Person) -> None:
    text = found(admin, put(site, 1))
    assert "Would accept the one rejected file that it knows." in text
    assert "<dt>1 camera ID</dt>" in text and "Looked at 1 file:" in text


def test_a_form_that_is_too_long_for_an_address_is_taken_too(site: Site, admin: Person) -> None:
    item = put(site, 1)
    answer = admin.send(f"/workshop/{item.id}/dry-run", {"image.camera_id": "x" * 5000})
    assert answer.status_code == 200 and "rejected file that it knows" in answer.text
    assert admin.client.post(f"/workshop/{item.id}/dry-run").status_code == 400  # without the token of a page


def test_a_text_that_is_no_profile_is_answered_by_its_problem(site: Site) -> None:
    item = put(site, 1)
    with site.app.test_request_context():
        work = read_work(item.id, {})
        assert dry_run_of(work).accepted
        broken = replace(work, text="[", profile=None, problem="profile.toml is not TOML.")
        assert (dry_run_of(broken).trouble, dry_run_of(broken).waiting) == ("profile.toml is not TOML.", 0)


def test_a_text_that_somebody_wrote_counts_and_a_broken_one_is_a_sentence(site: Site, admin: Person) -> None:
    item = put(site, 1)
    told = {text: sent(admin, item, text) for text in ("[", WRITTEN, WRITTEN.replace("Oakfine", "Elmfine"))}
    broken, good, other = told.values()
    assert "Nothing can be tried as long as the text is no profile:" in broken and "is not TOML" in broken
    assert "Would accept the one rejected file that it knows." in good
    assert "It knows none of the rejected files." in other


def test_a_pattern_that_would_never_end_is_a_sentence_and_not_a_page_that_never_comes(
    site: Site, admin: Person
) -> None:
    items = [put(site, minutes, f"{'a' * 60}!{minutes}.jpg") for minutes in range(1, 61)]
    endless = WRITTEN.replace("\"exif.Make\" = '^Oakfine$'", "path = '(?:(?:a{1,30}){1,30}){1,30}[b]'")
    began = process_time()
    text = sent(admin, items[0], endless)
    assert process_time() - began < 60
    assert "takes too long; expected no repeat in a repeat" in text
    assert re.search(r"At [0-9]+ files nobody has looked", text)


def sent(admin: Person, item: Sidecar, text: str) -> str:
    answer = admin.send(f"/workshop/{item.id}/dry-run", {"text": text})
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).split())


def test_an_item_that_is_not_here_is_not_found(admin: Person) -> None:
    for item_id in ("20251205T154647.120034Z-4f2a", "x", "..%2f..%2fetc"):
        assert admin.get(f"/workshop/{item_id}/dry-run").status_code == 404


def test_nobody_sees_it_who_has_not_logged_in(site: Site) -> None:
    assert site.visitor().get(f"/workshop/{put(site, 1).id}/dry-run").status_code in (302, 401)
