"""Which positions a file writes."""

from ingest.packing.positions import positions, written_positions
from ingest.profiles.samples import ARRIVAL
from ingest.reading.facts import Facts
from ingest.trial import judge_as_sample
from tests.unit.ingest.packing.hostile import profile


def test_lines_with_a_position_or_half_of_one_have_something_in_their_place() -> None:
    report = {"gps": "52.1,5.1", "latitude": "52,1", "lng": "5.12", "total": "1,159", "link": "geo:52.1,5.1"}
    found = positions(Facts("report", 1, report=report))
    assert found == {"52.1,5.1": "1.23,2.3", "52,1": "1,23", "5.12": "2.34", "geo:52.1,5.1": "geo:1.23,2.3"}


def test_figures_are_searched_for_where_they_are_exact_enough_to_be_a_place() -> None:
    facts = Facts("report", 1, report={"imei": "x", "gps": "52.098767,5.1253", "pos": "12.000000,5.1"})
    sidecar = judge_as_sample(facts, "lat52.02368/a.txt", None, ARRIVAL, profile())
    found = written_positions(facts, "lat52.02368/a.txt", sidecar)
    assert {"52.098767", "52.02368", "5.1253"} <= found
    assert not any(one.startswith("12.") for one in found)
