from ingest.watching.failures import ATTEMPTS_MAX, Failures


def test_an_item_is_tried_again_until_it_has_failed_too_often() -> None:
    failures = Failures()
    for attempt in range(1, ATTEMPTS_MAX):
        assert failures.note("a", "ValueError: x", too_much=False) == attempt
        assert failures.sentence_on("a") == (None, None)
    failures.note("a", "ValueError: y", too_much=False)
    assert failures.sentence_on("a") == ("Camspool failed on this file 3 times.", "ValueError: y")


def test_an_item_that_needs_too_much_memory_is_not_tried_again() -> None:
    failures = Failures()
    failures.note("a", "MemoryError", too_much=True)
    assert "more memory" in str(failures.sentence_on("a")[0])


def test_the_first_sentence_about_an_item_stays() -> None:
    failures = Failures()
    failures.condemn("a", "It took too long.")
    for _ in range(ATTEMPTS_MAX):
        failures.note("a", "killed", too_much=False)
    assert failures.sentence_on("a") == ("It took too long.", None)


def test_an_item_that_failed_is_tried_alone_until_it_is_forgotten() -> None:
    failures = Failures()
    failures.note("a", "x", too_much=False)
    failures.separate(["b"])
    assert (failures.is_separate("a"), failures.is_separate("b"), failures.is_separate("c")) == (True, True, False)
    failures.forget("a")
    assert not failures.is_separate("a")
