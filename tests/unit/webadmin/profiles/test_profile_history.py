"""The versions of a profile as its page shows them."""

from pathlib import Path

from ingest.profiles.catalogue import load_catalogue, mark_of
from ingest.settings.values import SHIPPED_PROFILES
from ingest.spool.saved_profiles import Confirmation, Version, write_confirmation, write_version
from ingest.spool.stamp import new_id
from tests.spools import make_spool
from webadmin.profiles.profile_history import own_confirmation, profile_history

AT = "2026-11-27T09:00:00.000000Z"
INSTAR = next(one for one in load_catalogue([SHIPPED_PROFILES]).profiles if one.id == "instar")


def test_versions_come_newest_first_and_each_says_what_it_changed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    first = Version(new_id(), "a\n", "anna", AT, number=1)
    second = Version(new_id(), "b\n", "ben", AT, number=2)
    third = Version(new_id(), "a\n", "anna", AT, undoes=second.id, number=3)
    for version in (first, second, third):
        write_version(root, "acme", version)
    steps = profile_history(root, "acme")
    assert [(step.version.number, step.undid, step.is_last) for step in steps] == [
        (3, 2, True),
        (2, None, False),
        (1, None, False),
    ]
    assert [(line.sign, line.text) for line in steps[1].lines] == [("-", "a"), ("+", "b")]


def test_what_nobody_saved_and_what_is_no_name_have_no_history(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    assert profile_history(root, "acme") == profile_history(root, "../x") == []


def test_a_confirmation_counts_for_the_text_that_was_confirmed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    assert own_confirmation(root, INSTAR) is None
    write_confirmation(root, "instar", Confirmation(new_id(), "anna", AT, new_id(), mark_of(INSTAR)))
    assert own_confirmation(root, INSTAR)
    write_confirmation(root, "instar", Confirmation(new_id(), "anna", AT, new_id(), "another"))
    assert own_confirmation(root, INSTAR) is None
