"""A message becomes one letter, with a link and a photo where there are some."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ingest.alerts.letters import link_to, write_letters
from ingest.index.store import enter, open_index
from ingest.settings.values import Settings
from ingest.spool.incidents import Message
from ingest.spool.letters import read_letter
from ingest.spool.moves import place_of
from ingest.spool.outbox import marked_ids
from ingest.spool.stamp import new_id
from tests.spools import make_sidecar
from tests.unit.ingest.alerts.cases import incident

MESSAGE = Message(new_id(), "opened", "2026-06-01T12:00:00.000000Z", "Oak", "It is.", ("people",), ("urgent",))


def test_the_first_of_its_incidents_writes_a_message_s_letter_and_all_mark_it(root: Path) -> None:
    settings, first = Settings(root=root), incident("battery:oak")
    write_letters(settings, first, MESSAGE)
    write_letters(settings, incident("battery:elm"), MESSAGE)
    letter = read_letter(root, MESSAGE.id)
    assert letter and letter.about == first.id and letter.content["tags"] == ["urgent"]
    assert marked_ids(root, "people") == [MESSAGE.id]
    assert (letter.content["photo"], letter.content["link"]) == (None, None)


def test_what_goes_to_nobody_has_no_letter(root: Path) -> None:
    write_letters(Settings(root=root), incident("battery:oak"), replace(MESSAGE, to=()))
    assert read_letter(root, MESSAGE.id) is None


def test_the_last_photo_of_the_first_camera_goes_along(root: Path) -> None:
    sidecar = make_sidecar(camera_id="oak")
    with closing(open_index(root)) as index:
        enter(index, [(sidecar, place_of(sidecar))])
    write_letters(Settings(root=root), incident("battery:oak", cameras=("oak", "elm")), MESSAGE)
    letter = read_letter(root, MESSAGE.id)
    assert letter and letter.content["photo"] == place_of(sidecar)


def test_a_link_leads_to_the_incident_where_the_admin_s_address_is_known() -> None:
    one = incident("battery:oak")
    settings = Settings()
    assert link_to(settings, one) is None
    known = replace(settings, admin=replace(settings.admin, url="https://x.example/"))
    assert link_to(known, one) == f"https://x.example/incidents/{one.id}"
