"""What stands against saving a profile: each objection is a sentence, and some of them a person may overrule."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.index.store import enter
from ingest.profiles.profile_file import parse_profile
from ingest.requests.save_checks import Objection, name_problem, objection_to, text_problem
from ingest.settings.values import Settings
from tests.unit.ingest.requests.asked import ask
from tests.unit.ingest.requests.profiles import put_photo, settings_of, text, write_own


@pytest.fixture
def settings(root: Path) -> Settings:
    return settings_of(root)


def objection(settings: Settings, index: sqlite3.Connection, content: str) -> Objection | None:
    profile = parse_profile(content, settings.root / "profiles" / "acme")
    return objection_to(settings, index, profile, (), lambda: None)


def test_what_the_operator_keeps_is_named_with_its_folder(settings: Settings) -> None:
    write_own(settings, "oak", text())
    problem = name_problem(settings, "oak")
    assert problem and str(settings.profiles[0] / "oak") in problem
    assert name_problem(settings, "acme") is None
    own_is_saved = replace(settings, profiles=(settings.root / "profiles",))
    (settings.root / "profiles" / "acme").mkdir()
    assert name_problem(own_is_saved, "acme") is None


def test_a_shipped_profile_may_be_replaced_but_not_the_gateways_own_test(settings: Settings) -> None:
    assert name_problem(settings, "instar") is None
    assert "own test" in (name_problem(settings, "canary") or "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name = 'x", "is not TOML"),
        ("", "name is missing"),
        (text(make="("), "is not a regular expression"),
        (text() + "#" * 70_000, "larger than 64 kB"),
        (None, "larger than 64 kB"),
        (text() + "#\ud800", "characters that are none"),
    ],
)
def test_a_text_that_is_no_profile_is_refused(settings: Settings, content: object, said: str) -> None:
    assert said in (text_problem(settings, "acme", content) or "")


def test_a_profile_of_a_camera_that_nobody_knows_is_welcome(settings: Settings, index: sqlite3.Connection) -> None:
    assert text_problem(settings, "acme", text()) is None
    assert objection(settings, index, text()) is None


def test_a_profile_that_claims_whatever_comes_is_objected_to(settings: Settings, index: sqlite3.Connection) -> None:
    found = objection(settings, index, text(make=""))
    assert found and "claims the files of any camera" in found.sentence


def test_samples_of_a_shipped_profile_are_not_taken(settings: Settings, index: sqlite3.Connection) -> None:
    anything = text().replace("\"exif.Make\" = '^Acme$'", "path = '(?i)INSTAR'")
    found = objection(settings, index, anything)
    assert found and "acme would also claim files as instar reads them, such as " in found.sentence and found.path


def test_accepted_files_of_another_camera_are_named_and_a_person_may_insist(
    settings: Settings, index: sqlite3.Connection
) -> None:
    write_own(settings, "oakfine", text("^Oakfine$"))
    item = put_photo(settings.root, "Oakfine", "77", "oakfine", upload_path="gate/a.jpg")
    enter(index, [item])
    request = {"action": "save_profile", "profile": "acme", "text": text("^(Acme|Oakfine)$"), "by": "anna"}
    (refused,) = ask(settings.root, index, request, settings=settings)["results"]
    assert refused["message"] == ("acme would take files: of 77, which oakfine reads (gate/a.jpg). Nothing was saved.")
    assert (refused["outcome"], refused["item_id"], refused["upload_path"]) == ("refused", item[0].id, "gate/a.jpg")
    assert list((settings.root / "profiles").iterdir()) == []
    insisted = ask(settings.root, index, {**request, "takes": True}, settings=settings)
    assert insisted["results"][0]["outcome"] == "saved"
