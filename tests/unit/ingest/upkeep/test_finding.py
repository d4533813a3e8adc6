from ingest.upkeep.finding import Explanation, Finding


def test_an_explanation_says_what_was_found_and_who_explained_it() -> None:
    told = Explanation(Finding("c", "a.jpg", 1, 0), "anna", "2026-04-01T12:00:00.000000Z", "I removed it.")
    assert told.sentence == (
        "a.jpg of connection c has no outcome: 1 acknowledged, 0 found. Explained by anna on 2026-04-01: I removed it."
    )
