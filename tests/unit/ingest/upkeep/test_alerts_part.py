"""Whether somebody looks what is wrong is a part of status."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.settings.targets import MessageOptions, Selection, Target
from ingest.upkeep.alerts_part import alerts_part

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PEOPLE = Target("mail", "message", Selection(sends=("incidents",)), MessageOptions(Path("/x")))


def test_it_says_whom_it_tells() -> None:
    part = alerts_part(NOW - timedelta(seconds=60), [PEOPLE], NOW)
    assert (part.state, part.sentence) == ("good", "What is wrong is told to mail.")
    nobody = alerts_part(NOW, [], NOW)
    assert nobody.state == "good" and "no target of kind message" in nobody.sentence


def test_who_has_not_looked_for_long_is_bad_and_who_never_did_a_matter_of_starting_it() -> None:
    late = alerts_part(NOW - timedelta(minutes=11), [PEOPLE], NOW)
    assert late.state == "bad" and late.sentence.startswith("The last look at what is wrong was 11 minutes ago.")
    assert alerts_part(None, [], NOW).state == "attention"
