"""The page of one camera's clock: spans proposed, said, mended, taken back."""

import re
from datetime import timedelta

import pytest

from ingest.spool.camera_records import read_camera_record, write_camera_record
from ingest.spool.clock_spans import clock_spans_in
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import utc_text
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo
from tests.unit.webadmin.watching import answering

PAGE = f"/cameras/{CAMERA}/clock"


def behind(site: Site, count: int = 8, error: timedelta = timedelta(hours=1)) -> list[Sidecar]:
    """Put photos of a clock that is so much behind, one each six hours."""
    write_camera_record(site.root, CAMERA, {"zone": "UTC", "name": "Oak"})
    found = []
    for number in range(count, 0, -1):
        ago = timedelta(hours=6) * number
        at = (NOW - ago - timedelta(minutes=1)).replace(microsecond=0) - error
        said = {"captured_at": at.replace(tzinfo=None).isoformat(), "captured_at_utc": utc_text(at)}
        found.append(site.put(accepted(ago, upload_path=f"{number}.jpg", **said), photo(number)))
    return found


def hidden(page: str) -> dict[str, str]:
    form = re.search(r'<form method="post" action="/cameras/[^/]+/clock" class="form narrow">.*?</form>', page, re.S)
    assert form
    return dict(re.findall(r'name="(fault|from|until)" value="([^"]*)"', form[0]))


def test_a_span_is_proposed_mended_and_undone(site: Site, admin: Person) -> None:
    items = behind(site)
    camera = admin.get(f"/cameras/{CAMERA}").text
    assert f'<a class="button" href="{PAGE}">Mend the times of its photos</a>' in camera
    page = admin.get(PAGE).text
    assert "It was wrong: 1 h behind (daylight saving time)" in page and "So say 8 photos" in page
    with answering(site):
        told = admin.send(PAGE, hidden(page), follow_redirects=True).text
        assert "The times of 8 files are mended." in told
        (request,) = re.findall(r'action="/mend/undo".*?name="request" value="([^"]+)"', told)
        assert "Said by people" in told and "It was wrong:" not in told
        item = admin.get(f"/files/{items[0].id}").text
        assert re.search(r"its clock was mended\s+by anna", item)
        admin.send("/mend/undo", {"request": request, "back": PAGE})
        page = admin.get(PAGE).text
    assert "It was wrong: 1 h behind" in page and "Said by people" not in page
    assert "its clock was mended" not in admin.get(f"/files/{items[0].id}").text


def test_a_span_is_said_by_hand_and_taken_back_when_nobody_has_its_request_any_more(site: Site, admin: Person) -> None:
    behind(site, error=timedelta(0))
    form = {"days": "1", "hours": "", "minutes": "5", "side": "ahead", "from": "2020-01-01T00:00", "why": "set wrong"}
    with answering(site):
        admin.send(PAGE, form)
        (span,) = clock_spans_in(read_camera_record(site.root, CAMERA))
        assert (span.fault.behind_s, span.end, span.by, span.why) == (-86700, None, "anna", "set wrong")
        for file in (site.root / "requests" / "done").iterdir():
            file.unlink()
        page = admin.get(PAGE).text
        assert "1 day 5 min ahead" in page and "set wrong" in page and "it still is" in page
        told = admin.send(f"{PAGE}/take-back", {"at": span.at}, follow_redirects=True).text
    assert "Taken back. 8 files have the time that the clock said." in told
    assert clock_spans_in(read_camera_record(site.root, CAMERA)) == ()
    assert (read_camera_record(site.root, CAMERA) or {})["name"] == "Oak"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"fault": "behind_s:60"}, "Say from when on the clock was wrong"),
        ({"fault": "often", "from": "2026-04-01"}, "How the clock was wrong was not understood"),
        ({"from": "2026-04-01"}, "Say by how much the clock was wrong."),
        ({"hours": "²", "from": "2026-04-01"}, "write days, hours and minutes in digits"),
        ({"hours": "999999", "from": "2026-04-01"}, "write days, hours and minutes in digits"),
        ({"hours": "1", "from": "spring"}, "The start was not understood"),
        ({"hours": "1", "from": "2026-04-01", "until": "autumn"}, "The end was not understood"),
        ({"hours": "1", "from": "2026-04-01", "until": "2026-03-01"}, "The end must be after the start."),
    ],
)
def test_what_is_no_span_is_a_sentence_and_changes_nothing(
    site: Site, admin: Person, form: dict[str, str], said: str
) -> None:
    behind(site, 1, timedelta(0))
    assert said in admin.send(PAGE, form, follow_redirects=True).text
    assert site.requests() == []


def test_a_clock_belongs_to_a_camera(site: Site, admin: Person) -> None:
    assert admin.get("/cameras/nobody/clock").status_code == 404
    assert admin.send("/cameras/nobody/clock", {"hours": "1", "from": "2026-04-01"}).status_code == 404
    behind(site, 1, timedelta(0))
    assert admin.send(f"{PAGE}/take-back", {"at": "yesterday"}).status_code == 404
    assert "No wrong time is known" in admin.get(PAGE).text
    assert site.requests() == []
