"""What is open stands first, by urgency; what is over comes page by page."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ingest.spool.incidents import Known, write_incident, write_known
from ingest.spool.stamp import new_id, utc_text
from tests.unit.ingest.alerts.cases import DAY, NOW, incident
from webadmin.incidents.listing import PAGE, of_camera, open_lines, over_page, was_between


def test_urgent_goes_before_notice_and_what_is_known_last(root: Path) -> None:
    known = incident("battery:a", began_at=utc_text(NOW - 9 * DAY))
    late, early = incident("card:b", began_at=utc_text(NOW)), incident("clock:c", began_at=utc_text(NOW - DAY))
    for one in (known, late, early, incident("moved:d", urgency="urgent"), incident("x:", ended_at=utc_text(NOW))):
        write_incident(root, one)
    write_known(root, Known(known.id, "ann", utc_text(NOW - DAY), utc_text(NOW + DAY)))
    assert [(one.incident.rule, one.state) for one in open_lines(root, utc_text(NOW))] == [
        ("moved", "bad"),
        ("clock", "attention"),
        ("card", "attention"),
        ("battery", "wait"),
    ]
    assert open_lines(root, utc_text(NOW + 2 * DAY))[1].state == "attention"


def test_pages_of_what_is_over_join_and_keep_to_a_rule(root: Path) -> None:
    for number in range(PAGE + 3):
        at = NOW - timedelta(minutes=number)
        rule = "card" if number % 2 else "clock"
        write_incident(root, replace(incident(f"{rule}:{number}"), id=new_id(at), ended_at=utc_text(at)))
    first, following = over_page(root, "", "")
    second, end = over_page(root, "", following)
    assert (len(first), len(second), end) == (PAGE, 3, "")
    assert first[-1].id > second[0].id
    cards, _ = over_page(root, "card", "")
    assert {one.rule for one in cards} == {"card"} and len(cards) == (PAGE + 3) // 2


def test_those_of_some_days_lasted_for_some_of_them(root: Path) -> None:
    spans = {"early": (9, 7), "across": (8, 3), "within": (5, 4), "open": (6, None), "late": (2, 1)}
    for name, (began, ended) in spans.items():
        end = None if ended is None else utc_text(NOW - ended * DAY)
        write_incident(
            root, replace(incident(f"card:{name}"), id=new_id(NOW - began * DAY), began_at=utc_text(NOW - began * DAY),
                          ended_at=end)
        )  # fmt: skip
    moments = utc_text(NOW - 6.5 * DAY), utc_text(NOW - 2.5 * DAY)
    over, _ = over_page(root, "", "", moments)
    assert [one.key for one in over] == ["card:within", "card:across"]
    assert [one.incident.key for one in open_lines(root, utc_text(NOW)) if was_between(one.incident, moments)] == [
        "card:open"
    ]


def test_those_of_one_camera_are_found(root: Path) -> None:
    write_incident(root, incident("battery:oak", cameras=("oak", "elm")))
    lines = open_lines(root, utc_text(NOW))
    assert len(of_camera(lines, "elm")) == 1 and of_camera(lines, "ash") == []
