"""The pages of incidents: what is wrong, what was, each message as it was sent, and what people say."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from ingest.spool.incidents import TEST_REQUEST, Known, Message, read_known, write_incident, write_known
from ingest.spool.stamp import new_id, utc_text
from tests.unit.ingest.alerts.cases import incident
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo
from tests.unit.webadmin.watching import answering
from webadmin.incidents.listing import PAGE

HOSTILE = "Oak <script>alert(1)</script>\x1b[31m"


def test_without_incidents_the_page_says_so_and_that_nobody_is_told(admin: Person) -> None:
    page = admin.get("/incidents").text
    assert "Nothing is wrong" in page and "Nobody is told" in page
    assert "What is wrong" not in admin.get("/overview").text


def test_what_is_open_stands_on_its_page_the_overview_and_its_camera(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    one = incident("battery:x", title=HOSTILE, sentence=HOSTILE, cameras=(CAMERA,))
    write_incident(site.root, one)
    write_incident(site.root, incident("card:y", title="A card", ended_at=utc_text(NOW), how_it_ended="It is over."))
    for path in ("/incidents", "/overview", f"/cameras/{CAMERA}"):
        page = admin.get(path).text
        assert f"/incidents/{one.id}" in page and "&lt;script&gt;" in page and "<script>alert" not in page, path
    listed = admin.get("/incidents").text
    assert "A card" in listed and "It is over." in listed
    assert "A card" not in admin.get("/incidents?rule=battery").text
    assert one.id not in admin.get("/incidents?rule=card").text


def test_an_incident_shows_its_photo_and_each_message_as_it_was_sent(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    message = Message(new_id(), "opened", utc_text(NOW), "Oak: 9 %", "It is at 9 %.\nGo there.", ("mail",))
    one = incident("battery:x", cameras=(CAMERA,), messages=(message,))
    write_incident(site.root, one)
    page = admin.get(f"/incidents/{one.id}").text
    assert "It is at 9 %." in page and "Go there." in page and "on its way" in page
    assert f"/files/{item.id}/thumbnail" in page


@pytest.mark.parametrize("path", ["/incidents/20260601T120000.000000Z-00000001", "/incidents/x", "/incidents/..%2Fx"])
def test_an_incident_that_there_is_not_is_not_found(admin: Person, path: str) -> None:
    assert admin.get(path).status_code == 404


def send(admin: Person, path: str, **form: str) -> str:
    return str(admin.send(path, form, follow_redirects=True).text)


def test_an_admin_knows_of_it_until_a_day_and_takes_it_back(site: Site, admin: Person) -> None:
    one = incident("battery:x")
    write_incident(site.root, one)
    with answering(site):
        page = admin.send(
            f"/incidents/{one.id}/know", {"until": "2026-06-08", "why": "I <go> there."}, follow_redirects=True
        ).text
        known = read_known(site.root, one.id)
        assert known and (known.by, known.why) == ("anna", "I <go> there.")
        assert known.until and known.until.startswith("2026-06-0")
        assert "It is not told again meanwhile." in page
        assert "It is told again when it gets worse." in send(admin, f"/incidents/{one.id}/forget")
    assert read_known(site.root, one.id) is None


def test_a_day_that_is_none_is_said(site: Site, admin: Person) -> None:
    one = incident("battery:x")
    write_incident(site.root, one)
    assert "Monday is not a day" in send(admin, f"/incidents/{one.id}/know", until="Monday")
    assert read_known(site.root, one.id) is None


def test_who_knows_of_it_is_shown(site: Site, admin: Person) -> None:
    one = incident("battery:x")
    write_incident(site.root, one)
    write_known(site.root, Known(one.id, "ben", utc_text(NOW), None, "On Monday."))
    page = admin.get(f"/incidents/{one.id}").text
    assert "ben knows of it, until it ends." in page and "On Monday." in page and "Tell it again" in page


def test_a_test_message_needs_somebody_to_get_it(site: Site, admin: Person) -> None:
    assert "nobody would get it" in send(admin, "/incidents/test")
    assert not (site.root / TEST_REQUEST).exists()


def test_some_days_are_asked_for_and_kept_in_the_link_to_older_ones(site: Site, admin: Person) -> None:
    for number in range(PAGE + 2):
        at = NOW - timedelta(minutes=number)
        one = incident(f"card:{number}", began_at=utc_text(at), ended_at=utc_text(at))
        write_incident(site.root, replace(one, id=new_id(at)))
    day = (NOW - timedelta(days=1)).date()
    page = unescape(admin.get(f"/incidents?since={day}").text)
    assert re.search(rf'href="/incidents\?before=[^"&]+&since={day}">Older ones', page)
    assert f'name="since" value="{day}"' in page
    assert "None yet" in admin.get(f"/incidents?until={NOW.date() - timedelta(days=30)}").text
