"""Incidents are told with their messages and who knows of them."""

from datetime import timedelta

from ingest.spool.incidents import Known, Message, write_incident, write_known
from ingest.spool.stamp import new_id, utc_text
from tests.unit.ingest.alerts.cases import NOW, incident
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import Site

AT = utc_text(NOW)
MESSAGE = Message(new_id(NOW), "opened", AT, "Oak: battery at 9 %", "Go there.", ("people",), ("north",), True)


def put_incidents(site: Site) -> list[str]:
    told = [
        incident("disk:", id=new_id(NOW - timedelta(days=2)), ended_at=AT, how_it_ended="There is room again."),
        incident("battery:oak", id=new_id(NOW - timedelta(days=1)), cameras=("oak",), messages=(MESSAGE,)),
        incident("card:elm", id=new_id(NOW), cameras=("elm",)),
    ]
    for one in told:
        write_incident(site.root, one)
    return [one.id for one in told]


def test_incidents_are_told_page_by_page(site: Site, program: Program) -> None:
    ids = put_incidents(site)
    first = program.read("/incidents?limit=2")
    second = program.read(f"/incidents?limit=2&after={first['next']}")
    assert [one["id"] for one in first["incidents"] + second["incidents"]] == ids[::-1] and second["next"] is None


def test_incidents_are_filtered(site: Site, program: Program) -> None:
    ids = put_incidents(site)
    for query, found in (
        ("state=open", [ids[2], ids[1]]),
        ("state=over", [ids[0]]),
        ("rule=disk", [ids[0]]),
        ("camera_id=oak", [ids[1]]),
        ("camera_id=oak&state=over", []),
    ):
        assert [one["id"] for one in program.read(f"/incidents?{query}")["incidents"]] == found, query


def test_one_incident_has_its_messages_and_who_knows(site: Site, program: Program) -> None:
    battery = put_incidents(site)[1]
    assert program.read(f"/incidents/{battery}")["known"] is None
    write_known(site.root, Known(battery, "ann", AT, None, "on my way"))
    told = program.read(f"/incidents/{battery}")
    assert told["known"]["why"] == "on my way" and told["messages"][0]["text"] == "Go there."
    assert program.get("/incidents/20260101T000000.000000Z-0000").status_code == 404
