from ingest.setbacks import ATTEMPTS_MAX, Setbacks


def test_an_item_is_tried_again_until_it_has_failed_too_often() -> None:
    setbacks = Setbacks()
    for attempt in range(1, ATTEMPTS_MAX):
        assert setbacks.note("a", "ValueError: x", too_much=False) == attempt
        assert setbacks.sentence_on("a") == (None, None)
    setbacks.note("a", "ValueError: y", too_much=False)
    assert setbacks.sentence_on("a") == ("Camspool failed on this file 3 times.", "ValueError: y")


def test_an_item_that_needs_too_much_memory_is_not_tried_again() -> None:
    setbacks = Setbacks()
    setbacks.note("a", "MemoryError", too_much=True)
    assert "more memory" in str(setbacks.sentence_on("a")[0])


def test_the_first_sentence_about_an_item_stays() -> None:
    setbacks = Setbacks()
    setbacks.condemn("a", "It took too long.")
    for _ in range(ATTEMPTS_MAX):
        setbacks.note("a", "killed", too_much=False)
    assert setbacks.sentence_on("a") == ("It took too long.", None)


def test_an_item_that_failed_is_tried_alone_until_it_is_forgotten() -> None:
    setbacks = Setbacks()
    setbacks.note("a", "x", too_much=False)
    setbacks.separate(["b"])
    assert (setbacks.is_separate("a"), setbacks.is_separate("b"), setbacks.is_separate("c")) == (True, True, False)
    setbacks.forget("a")
    assert not setbacks.is_separate("a")
