"""What a profile says of itself, and a part that no choices can say, are taken as they are or not at all."""

import tomllib
from datetime import date

from ingest.profiles.drafted_part import DraftedPart
from ingest.profiles.own_parts import evidence, head_block, own_part, tail_block

TODAY = date(2026, 5, 1)
DRAFTED = DraftedPart("[image]\n")
RULE = '{ match = { path = "x" }, fields = { camera_id = { value = "B" } } }'


def test_the_head_is_the_drafts_or_the_profiles_own() -> None:
    plain = tomllib.loads(head_block("Acme", TODAY, "", {}))
    assert (plain["name"], plain["evidence"]) == ("Acme", evidence(TODAY))
    own = {"image.own.name": '"B"', "image.own.notes": '""', "image.own.confirmed": "false", "image.own.evidence": "7"}
    assert tomllib.loads(head_block("Acme", TODAY, "UTC", own)) == {
        "name": "B",
        "evidence": evidence(TODAY),
        "confirmed": False,
        "zone": "UTC",
    }


def test_a_tests_files_are_an_own_rule() -> None:
    assert tail_block({"image.own.connection_test": '{ path = "x" }'}) == ['[connection_test]\npath = "x"']
    assert tail_block({"image.own.connection_test": "7"}) == []


def test_a_whole_part_is_taken_unless_the_choices_are_wanted() -> None:
    made = own_part("image", DRAFTED, {"image.own.part": RULE})
    assert tomllib.loads(made.block)["image"]["fields"] == {"camera_id": {"value": "B"}}
    wanted = own_part("image", DRAFTED, {"image.own.part": RULE, "image.part": "drafted"})
    assert (wanted.block, [one.key for one in wanted.decisions[0].choices]) == (DRAFTED.block, ["own", "drafted"])
    assert own_part("image", DRAFTED, {"image.own.part": "-"}).block == ""


def test_what_is_no_part_is_none() -> None:
    for rule in ("7", "{ match = 7 }", "{ fields = { camera_id = 7 } }", "{ absent = [7] }", "{ path = [] }"):
        assert own_part("image", DRAFTED, {"image.own.part": rule}) == DRAFTED
    assert own_part("image", DRAFTED, {}) == DRAFTED
