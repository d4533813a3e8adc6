"""Incidents are files, and so is what people say of them."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ingest.spool.incidents import (
    Incident,
    Known,
    Message,
    forget_known,
    incident_ids,
    incident_of,
    incidents_in,
    open_incidents,
    read_incident,
    read_known,
    write_incident,
    write_known,
)

ID, OTHER = "20260409T120000.000001Z-10000001", "20260410T120000.000001Z-10000001"
AT = "2026-04-09T12:00:00.000001Z"
MESSAGE = Message(ID, "opened", AT, "Oak is silent", "It is.", ("mail",))
INCIDENT = Incident(
    ID, "silent:oak", "silent", "notice", "Oak is silent", "It is.", "Go there.", AT, AT, ("oak",), messages=(MESSAGE,)
)


def test_an_incident_is_read_as_it_was_written(root: Path) -> None:
    write_incident(root, INCIDENT)
    write_incident(root, replace(INCIDENT, id=OTHER, ended_at=AT))
    assert read_incident(root, ID) == INCIDENT and INCIDENT.is_open
    assert incident_ids(root) == [OTHER, ID]
    assert [one.is_open for one in incidents_in(root)] == [False, True]


def test_what_a_newer_release_says_more_is_passed_over() -> None:
    told = json.loads(json.dumps(asdict(INCIDENT)))
    assert incident_of({**told, "colour": "red"}) == INCIDENT
    with pytest.raises(ValueError, match="no incident"):
        incident_of({**told, "urgency": "panic"})


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"messages": 7}'])
def test_a_file_that_is_no_incident_breaks_nothing(root: Path, content: str) -> None:
    write_incident(root, INCIDENT)
    (root / "incidents" / f"{OTHER}.json").write_text(content)
    assert read_incident(root, OTHER) is None and read_incident(root, "../x") is None
    assert list(incidents_in(root)) == [INCIDENT]


def test_what_somebody_knows_holds_until_a_moment_or_for_ever(root: Path) -> None:
    assert read_known(root, ID) is None
    known = Known(ID, "ann", AT, OTHER, "I go there on Monday.")
    write_known(root, known)
    assert read_known(root, ID) == known and incident_ids(root) == []
    assert Known(ID, "ann", AT).holds_at("9") and not known.holds_at(OTHER)
    forget_known(root, ID)
    forget_known(root, ID)
    assert read_known(root, ID) is None


def test_what_is_open_is_found_by_the_last_look_and_without_it(root: Path) -> None:
    write_incident(root, INCIDENT)
    write_incident(root, replace(INCIDENT, id=OTHER))
    assert [one.id for one in open_incidents(root)] == [OTHER, ID]
    note = {"looked_at": "2026-04-09T18:00:00.000000Z", "going_on": []}
    (root / "incidents/.looked.json").write_text(json.dumps(note))
    assert [one.id for one in open_incidents(root)] == [OTHER]
    (root / "incidents/.looked.json").write_text(json.dumps({**note, "going_on": [ID]}))
    assert [one.id for one in open_incidents(root)] == [OTHER, ID]
    write_incident(root, replace(INCIDENT, id=OTHER, ended_at=AT))
    assert [one.id for one in open_incidents(root)] == [ID]
