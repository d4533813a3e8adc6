"""Each message goes to the targets that want it."""

import pytest

from ingest.alerts.routing import tags_of, targets_for
from ingest.alerts.telling import Call
from ingest.settings.targets import ArchiveOptions, MessageOptions, Selection, Target
from tests.unit.ingest.alerts.cases import incident

BATTERY = Call("opened", (incident("battery:oak", cameras=("oak",)),), "t", "x")
MOVED = Call("opened", (incident("moved:elm", urgency="urgent", cameras=("elm",)),), "t", "x")
DISK = Call("opened", (incident("disk:"),), "t", "x")
DIGEST = Call("digest", (incident("disk:"),), "t", "x")


def people(**selection: tuple[str, ...]) -> Target:
    return Target("people", "message", Selection(**{"sends": ("incidents",), **selection}), MessageOptions())  # type: ignore[arg-type]


def test_a_message_is_tagged_with_what_it_is() -> None:
    assert tags_of(BATTERY) == ("notice", "opened", "battery")
    assert tags_of(MOVED) == ("urgent", "opened", "moved") and tags_of(DIGEST) == ("digest",)


@pytest.mark.parametrize(
    ("selection", "gets"),
    [
        ({}, "BMDG"),
        ({"incidents": ("urgent",)}, "M"),
        ({"incidents": ("digest",)}, "G"),
        ({"incidents": ("battery", "disk")}, "BD"),
        ({"cameras": ("oak",)}, "B"),
        ({"accounts": ("north",)}, "B"),
        ({"sends": ("accepted",)}, ""),
    ],
)
def test_a_target_gets_what_it_asks_for(selection: dict[str, tuple[str, ...]], gets: str) -> None:
    calls = {"B": (BATTERY, {"north"}), "M": (MOVED, {"south"}), "D": (DISK, set()), "G": (DIGEST, set())}
    target = people(**selection)
    got = "".join(name for name, (call, accounts) in calls.items() if targets_for(call, [target], accounts))
    assert got == gets


def test_a_digest_is_for_people_alone() -> None:
    archive = Target("store", "archive", Selection(sends=("incidents",)), ArchiveOptions("/x"))
    assert targets_for(BATTERY, [archive, people()]) == ("store", "people")
    assert targets_for(DIGEST, [archive, people()]) == ("people",)
