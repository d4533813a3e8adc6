"""The sentences of a dry run: one file and several, all, some and none."""

from ingest.verdict.candidate import Said
from ingest.verdict.dry_run import DryRun
from ingest.vocabulary import BY_PROFILE
from webadmin.profiles.dry_run_words import headline, refused_words


def run(accepted: int, refused: int) -> DryRun:
    found = {str(number): Said("77") for number in range(accepted)}
    return DryRun(found, {"missing_datetime": tuple("x" * refused)} if refused else {})


def test_the_headline_counts_what_the_profile_knows() -> None:
    said = {(accepted, refused): headline(run(accepted, refused)) for accepted in (0, 1, 132) for refused in (0, 1, 8)}
    assert said == {
        (0, 0): "It knows none of the rejected files.",
        (0, 1): "Would not accept the one rejected file that it knows.",
        (0, 8): "Would accept none of the 8 rejected files that it knows.",
        (1, 0): "Would accept the one rejected file that it knows.",
        (1, 1): "Would accept 1 of 2 rejected files that it knows.",
        (1, 8): "Would accept 1 of 9 rejected files that it knows.",
        (132, 0): "Would accept all 132 rejected files that it knows.",
        (132, 1): "Would accept 132 of 133 rejected files that it knows.",
        (132, 8): "Would accept 132 of 140 rejected files that it knows.",
    }


def test_every_reason_that_a_profile_can_meet_has_words_for_one_file_and_for_several() -> None:
    for reason in BY_PROFILE:
        if reason != "no_matching_profile":
            one, several = refused_words(reason, 1), refused_words(reason, 8)
            assert one.startswith("1 ") and several.startswith("8 "), reason
            assert one[2:] != several[2:], reason
