"""Pauses grow, and never end."""

from ingest.outbox.pauses import ITEM_MAX_S, TARGET_MAX_S, item_pause_s, target_pause_s


def test_pauses_grow_to_a_limit_and_stay_there() -> None:
    for pause_s, longest_s in ((target_pause_s, TARGET_MAX_S), (item_pause_s, ITEM_MAX_S)):
        pauses = [pause_s(tries) for tries in range(1, 2000)]
        assert pauses == sorted(pauses)
        assert pauses[0] < pauses[1]
        assert pauses[-1] == longest_s
