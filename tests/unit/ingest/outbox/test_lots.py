"""Which items are due: the oldest first, and none that harms the others."""

from ingest.outbox.lots import Lots

WAITING = ["a", "b", "c", "d", "e"]


def test_the_oldest_are_due_so_many_at_a_time() -> None:
    assert Lots(2).due(WAITING, 0.0) == ["a", "b"]
    assert Lots(9).due(WAITING, 0.0) == WAITING
    assert Lots(2).due([], 0.0) == []


def test_an_item_that_could_not_go_rests_longer_each_time() -> None:
    lots = Lots(9)
    assert (lots.put_off("a", 0.0), lots.has_tried) == (1, True)
    assert (lots.due(["a"], 9.9), lots.due(["a"], 10.0)) == ([], ["a"])
    assert lots.put_off("a", 10.0) == 2
    assert (lots.due(["a", "b"], 29.9), lots.due(["a", "b"], 30.0)) == (["b"], ["a", "b"])
    lots.all_now()
    assert lots.due(["a"], 11.0) == ["a"]
    lots.forget(["a", "b"])
    assert (lots.put_off("a", 11.0), lots.has_tried) == (1, True)


def test_an_item_that_was_not_tried_rests_and_counts_no_try() -> None:
    lots = Lots(9)
    lots.look_again("a", 0.0)
    assert (lots.has_tried, lots.due(["a"], 9.0), lots.due(["a"], 10.0)) == (False, [], ["a"])


def test_what_waits_no_more_is_forgotten() -> None:
    lots = Lots(9)
    for one in WAITING:
        lots.put_off(one, 0.0)
    assert lots.due(["e"], 0.0) == []
    assert [lots.put_off(one, 0.0) for one in ("a", "e")] == [1, 2]


def test_a_suspect_goes_alone_when_no_other_is_due() -> None:
    lots = Lots(9)
    lots.suspect("a")
    assert lots.due(WAITING, 0.0) == ["b", "c", "d", "e"]
    lots.suspect("b")
    assert lots.due(["a", "b"], 0.0) == ["a"]
    lots.forget(["a"])
    assert lots.due(["a", "b"], 0.0) == ["a"]
    lots.forget(["b"])
    assert lots.due(["a", "b"], 0.0) == ["a", "b"]


def test_what_has_failed_together_goes_in_halves_until_it_works() -> None:
    lots = Lots(4)
    lots.narrow(4)
    assert lots.due(WAITING, 0.0) == ["a", "b"]
    lots.narrow(2)
    lots.narrow(1)
    assert lots.due(WAITING, 0.0) == ["a"]
    for count in (2, 4, 4):
        lots.widen()
        assert lots.due(WAITING, 0.0) == WAITING[:count]
