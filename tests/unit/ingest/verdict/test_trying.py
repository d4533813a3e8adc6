"""What would become of one item: bounded in time whatever the patterns are, unsure where only the file could tell."""

from pathlib import Path

from ingest.profiles.catalogue import Catalogue, with_profile
from ingest.profiles.patterns import Budget
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts
from ingest.settings.values import Settings
from ingest.verdict.candidate import Candidate, Here
from ingest.verdict.dry_run import dry_run
from ingest.verdict.trying import PATTERNS_S, Trying

HEAD = 'name = "x"\nevidence = "a test"\n[image]\nrequire = ["camera_id"]\n'
ENDLESS = parse_profile(
    HEAD + "match = { path = '(?:(?:a{1,30}){1,30}){1,30}[b]' }\nfields = { camera_id = { value = 'X' } }",
    Path("endless"),
)
BY_COMMENT = parse_profile(
    HEAD + "match = { path = '^ridge/', comment = 'Oakfine' }\nfields = { camera_id = { value = 'X' } }",
    Path("oakfine"),
)


def item(number: int, path: str) -> Candidate:
    return Candidate(f"20260501T120000.{number:06d}Z-4f2a", False, "image", path, None, Facts("image", 3))


def test_a_pattern_that_would_never_end_is_given_up_for_all_files_together() -> None:
    many = [item(number, "a" * 60 + "!.jpg") for number in range(2000)]
    found = dry_run(ENDLESS, Catalogue((ENDLESS,)), Settings(), many, Here())
    assert 0 < found.looked_at < 100
    assert found.looked_at + found.missed == 2000
    assert found.trouble.startswith("In this profile the pattern `(?:(?:a") and "takes too long" in found.trouble


def test_what_is_not_looked_at_any_more_is_neither_accepted_nor_refused() -> None:
    trying = Trying(BY_COMMENT, Catalogue((BY_COMMENT,)), Settings(), Here(), patterns=Budget(0))
    assert (outcome := trying.outcome(item(1, "ridge/a.jpg"))) and outcome.fate == "missed"
    late = Trying(BY_COMMENT, Catalogue((BY_COMMENT,)), Settings(), Here(), patterns=Budget(PATTERNS_S), until_s=0)
    assert (outcome := late.outcome(item(1, "ridge/a.jpg"))) and outcome.fate == "missed"
    assert late.trouble == "Looking at all files took too long."


def test_only_files_that_may_be_its_own_are_read_and_those_that_cannot_be_are_unsure() -> None:
    read: list[str] = []

    def reads(one: Candidate) -> Facts | None:
        read.append(one.path)
        return None if "gone" in one.path else Facts("image", 3, comment=b"Oakfine T-9" if "own" in one.path else b"")

    files = [
        item(number, path)
        for number, path in enumerate(("creek/a.jpg", "ridge/own.jpg", "ridge/b.jpg", "ridge/gone.jpg"))
    ]
    found = dry_run(BY_COMMENT, Catalogue((BY_COMMENT,)), Settings(), files, Here(read=reads))
    assert read == ["ridge/own.jpg", "ridge/b.jpg", "ridge/gone.jpg"]
    assert (list(found.accepted), found.unsure, found.waiting) == ([files[1].id], (files[3].id,), 1)


def test_a_file_that_another_profile_may_claim_by_its_content_is_read_and_one_that_both_claim_is_rejected() -> None:
    ridge = parse_profile(
        HEAD + "match = { path = '^ridge/' }\nfields = { camera_id = { value = 'Y' } }", Path("ridge")
    )
    both = with_profile(Catalogue((BY_COMMENT,)), ridge, [])
    files = [item(1, "ridge/a.jpg"), item(2, "ridge/b.jpg")]
    assert dry_run(ridge, both, Settings(), files, Here()).unsure == (files[0].id, files[1].id)
    here = Here(read=lambda one: Facts("image", 3, comment=b"Oakfine" if one.path == "ridge/a.jpg" else b""))
    found = dry_run(ridge, both, Settings(), files, here)
    assert (list(found.accepted), found.refused) == ([files[1].id], {"ambiguous_profile": (files[0].id,)})
    assert here.claims == {(files[0].id, True): {"oakfine"}, (files[1].id, True): set()}
