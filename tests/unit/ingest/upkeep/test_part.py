"""The worst part is the state of the whole."""

from ingest.upkeep.part import Part, worst


def test_the_worst_state_wins() -> None:
    parts = [Part("disk", "good", "."), Part("queue", "attention", "."), Part("audit", "good", ".")]
    assert worst(part.state for part in parts) == "attention"
    assert worst(["attention", "bad"]) == "bad"
