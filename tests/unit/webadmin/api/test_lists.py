"""Status, targets, causes and profiles are told whole."""

import pytest

from ingest.upkeep.status import read_status
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import Site, accepted


def test_status_is_that_of_the_command(site: Site, program: Program) -> None:
    told = program.read("/status")
    assert [one["name"] for one in told["parts"]] == [one["name"] for one in read_status(site.settings)["parts"]]
    assert told["state"] == "bad" and all(one["sentence"] for one in told["parts"])


def test_causes_are_told(site: Site, program: Program) -> None:
    for number in range(2):
        site.put(accepted(verdict="rejected", reason="missing_location", sha256=f"{number:064}"))
    (cause,) = program.read("/causes")["causes"]
    assert (cause["reason"], cause["items"]) == ("missing_location", 2)


def test_profiles_are_told(program: Program) -> None:
    found = {one["id"]: one for one in program.read("/profiles")["profiles"]}
    assert found["willfine-4.0t-cg"]["reads_photos"] and found["willfine-4.0t-cg"]["reads_reports"]


@pytest.mark.parametrize("path", ["/targets", "/visits"])
def test_an_empty_list_is_one(program: Program, path: str) -> None:
    assert program.read(path) == {path[1:]: []}
