"""Saving a profile: whole or not at all, seen by the next file, and never over what somebody else has just saved."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import waiting_ids
from ingest.index.store import enter
from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.profile import Profile
from ingest.requests import saving
from ingest.requests.carrying_out import carry_out_all
from ingest.requests.writing import ask as write
from ingest.settings.values import Settings
from ingest.spool.durable import replace_file
from ingest.spool.names import origin_name
from ingest.spool.origin import parse_origin
from ingest.spool.saved_profiles import current, text_in_use, versions
from ingest.spool.stamp import new_id
from tests.unit.ingest.requests.asked import Answer, put_rejected
from tests.unit.ingest.requests.asked import ask as put_down
from tests.unit.ingest.requests.profiles import put_photo, settings_of, text, write_own


@pytest.fixture
def settings(root: Path) -> Settings:
    return settings_of(root)


def ask(
    settings: Settings, index: sqlite3.Connection, action: str, request_id: str | None = None, **words: Any
) -> Answer:
    request = {"action": action, "by": "anna", "profile": "acme", **words}
    return put_down(settings.root, index, request, request_id, settings)


def save(settings: Settings, index: sqlite3.Connection, content: str = "", **words: Any) -> dict[str, Any]:
    """Save a profile; return what the answer says of the profile itself."""
    result: dict[str, Any] = ask(settings, index, "save_profile", text=content or text(), **words)["results"][0]
    return result


def in_use(settings: Settings, profile_id: str = "acme") -> Profile | None:
    return next((one for one in load_catalogue(settings.profile_folders).profiles if one.id == profile_id), None)


def test_a_saved_profile_is_in_use_with_its_version_and_its_files_are_tried_again(
    settings: Settings, index: sqlite3.Connection
) -> None:
    item_id = put_rejected(settings.root, index, reason="no_matching_profile")
    request_id = new_id()
    words = {"text": text(), "ids": [item_id, "x", 5], "why": "the new cameras"}
    answer = ask(settings, index, "save_profile", request_id, **words)
    assert [(one["id"], one["outcome"]) for one in answer["results"]] == [
        ("acme", "saved"),
        (item_id, "requeued"),
        ("x", "refused"),
    ]
    assert waiting_ids(settings.root) == [item_id]
    assert in_use(settings)
    (version,) = versions(settings.root, "acme")
    assert (version.id, version.by, version.why, version.text) == (request_id, "anna", "the new cameras", text())


def test_files_that_a_person_gives_to_a_camera_are_tried_again_as_that_cameras(
    settings: Settings, index: sqlite3.Connection
) -> None:
    item_id, request_id = put_rejected(settings.root, index, reason="no_matching_profile"), new_id()
    words = {"text": text(), "ids": [item_id], "of_camera": {"camera_id": "ridge", "ids": [item_id, "x"]}}
    for _ in range(2):
        answer = ask(settings, index, "save_profile", request_id, **words)
        assert [one["outcome"] for one in answer["results"]] == ["saved", "requeued"]
        (settings.root / "requests" / "done" / f"{request_id}.json").unlink()
    origin = parse_origin((settings.root / "incoming" / origin_name(item_id)).read_bytes())
    assert [(one.what, one.value, one.by) for one in origin.corrections] == [("camera_id", "ridge", "anna")]
    for strange in ("ridge", {"camera_id": "../x", "ids": [item_id]}, {"ids": 5}):
        seen = current(settings.root, "acme")
        saved = save(settings, index, text(), based_on=seen and seen.id, takes=True, of_camera=strange)
        assert saved["outcome"] == "saved", strange


def test_the_same_request_carried_out_again_changes_nothing(settings: Settings, index: sqlite3.Connection) -> None:
    request_id = new_id()
    for _ in range(2):
        ask(settings, index, "save_profile", request_id, text=text())
        (settings.root / "requests" / "done" / f"{request_id}.json").unlink()
    first = current(settings.root, "acme")
    save(settings, index, text(evidence="more"), based_on=request_id)
    ask(settings, index, "save_profile", request_id, text=text())
    assert [one.number for one in versions(settings.root, "acme")] == [1, 2]
    assert versions(settings.root, "acme")[0] == first
    assert text_in_use(settings.root, "acme") == text(evidence="more")


def test_of_two_admins_who_save_at_once_the_second_hears_of_the_first(
    settings: Settings, index: sqlite3.Connection
) -> None:
    save(settings, index)
    for seen in (None, new_id()):
        refused = save(settings, index, text(evidence="mine"), by="ben", based_on=seen)
        assert refused["outcome"] == "refused"
        assert "anna saved the profile acme on" in refused["message"] and "nothing was changed" in refused["message"]
    assert text_in_use(settings.root, "acme") == text()
    assert len(versions(settings.root, "acme")) == 1
    first = current(settings.root, "acme")
    assert first and save(settings, index, text(evidence="mine"), by="ben", based_on=first.id)["outcome"] == "saved"
    assert "There is no saved profile oak" in save(settings, index, profile="oak", based_on=first.id)["message"]


def test_two_profiles_for_the_same_files_are_not_saved_at_once_under_two_names(
    settings: Settings, index: sqlite3.Connection
) -> None:
    ids = [put_rejected(settings.root, index, reason="no_matching_profile") for _ in range(2)]
    assert save(settings, index, ids=ids)["outcome"] == "saved"
    refused = save(settings, index, profile="acme-2", by="ben", ids=ids)
    assert refused["message"] == (
        "Somebody has just sent 2 of these files back for a new verdict; look at what becomes of them first. "
        "Nothing was saved."
    )
    assert in_use(settings, "acme-2") is None
    assert save(settings, index, profile="acme-2", ids=ids, takes=True)["outcome"] == "saved"


def test_a_save_that_is_stopped_between_version_and_profile_is_finished_by_the_next_try(
    settings: Settings, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    def be_killed(file: Path, content: bytes) -> None:
        if file.name == "profile.toml":
            raise KilledError
        replace_file(file, content)

    request_id = new_id()
    item_id = put_rejected(settings.root, index, reason="no_matching_profile")
    with monkeypatch.context() as patch:
        patch.setattr("ingest.spool.saved_profiles.replace_file", be_killed)
        with pytest.raises(KilledError):
            ask(settings, index, "save_profile", request_id, text=text(), ids=[item_id])
    assert in_use(settings) is None and waiting_ids(settings.root) == []
    assert (
        ask(settings, index, "save_profile", request_id, text=text(), ids=[item_id])["results"][0]["outcome"] == "saved"
    )
    assert in_use(settings) and len(versions(settings.root, "acme")) == 1
    assert waiting_ids(settings.root) == [item_id]


def test_a_profile_that_may_not_be_written_leaves_no_version_either(
    settings: Settings, index: sqlite3.Connection
) -> None:
    (settings.root / "profiles" / "acme" / "profile.toml" / "in-the-way").mkdir(parents=True)
    assert save(settings, index)["outcome"] == "refused"
    assert versions(settings.root, "acme") == []


def test_what_was_put_there_by_hand_is_not_overwritten(settings: Settings, index: sqlite3.Connection) -> None:
    save(settings, index)
    file = settings.root / "profiles" / "acme" / "profile.toml"
    file.write_text(text(evidence="by hand"))
    seen = versions(settings.root, "acme")[-1].id
    for answer in (
        save(settings, index, based_on=seen),
        ask(settings, index, "undo_profile", version=seen)["results"][0],
    ):
        assert answer["outcome"] == "refused" and "changed by hand" in answer["message"]
    assert file.read_text() == text(evidence="by hand")


@pytest.mark.parametrize("name", ["../acme", "Acme", "", None, 5, "canary", "a" * 64])
def test_a_name_that_can_be_none_is_refused_in_every_request(
    settings: Settings, index: sqlite3.Connection, name: object
) -> None:
    for action in ("save_profile", "undo_profile", "confirm_profile"):
        words: dict[str, Any] = {"text": text(), "version": None, "item": new_id()}
        answer = ask(settings, index, action, **{**words, "profile": name})
        assert [one["outcome"] for one in answer["results"]] == ["refused"], action
    assert list((settings.root / "profiles").iterdir()) == []


def test_undo_goes_back_to_the_version_before_and_at_last_to_the_shipped_profile(
    settings: Settings, index: sqlite3.Connection
) -> None:
    shipped = in_use(settings, "instar")
    assert shipped
    for evidence in ("one", "two"):
        last = current(settings.root, "instar")
        saved = save(settings, index, text(evidence=evidence), profile="instar", based_on=last and last.id, takes=True)
        assert saved["outcome"] == "saved"
    first, second = versions(settings.root, "instar")
    assert undo(settings, index, first.id)["outcome"] == "refused", "only the current version can be undone"
    assert undo(settings, index, second.id)["message"] == "The profile instar is as it was before."
    replaced = in_use(settings, "instar")
    assert replaced and replaced.evidence == "one"
    third = versions(settings.root, "instar")[-1]
    assert (third.undoes, third.by, third.text) == (second.id, "anna", first.text)
    assert "anna undid a change of the profile instar" in undo(settings, index, second.id)["message"]


def undo(settings: Settings, index: sqlite3.Connection, version: str) -> dict[str, Any]:
    result: dict[str, Any] = ask(settings, index, "undo_profile", profile="instar", version=version)["results"][0]
    return result


def test_undoing_the_first_version_leaves_the_shipped_profile_or_none(
    settings: Settings, index: sqlite3.Connection
) -> None:
    for name, said in (("instar", "the shipped one again"), ("acme", "not in use any more")):
        save(settings, index, profile=name, takes=True)
        version = versions(settings.root, name)[-1].id
        request_id = new_id()
        answers = [ask(settings, index, "undo_profile", request_id, profile=name, version=version) for _ in range(2)]
        assert said in answers[0]["results"][0]["message"]
        assert answers[0]["results"] == answers[1]["results"]
        assert [one.text for one in versions(settings.root, name)] == [text(), None]
    assert in_use(settings, "acme") is None
    found = in_use(settings, "instar")
    assert found and found.folder.endswith("profiles/instar") and "spool" not in found.folder


def test_a_profile_that_was_never_saved_has_nothing_to_undo(settings: Settings, index: sqlite3.Connection) -> None:
    assert "Nobody has saved" in ask(settings, index, "undo_profile", version=None)["results"][0]["message"]


def test_a_file_that_a_profile_accepted_confirms_just_this_text_of_it(
    settings: Settings, index: sqlite3.Connection
) -> None:
    write_own(settings, "oak", text("^Oak$", confirmed="false"))
    save(settings, index, text(confirmed="false"))
    for name, make in (("acme", "Acme"), ("oak", "Oak")):
        item = put_photo(settings.root, make, "77", name)
        enter(index, [item])
        before = load_catalogue(settings.profile_folders)
        request_id = new_id()
        for _ in range(2):
            answer = ask(settings, index, "confirm_profile", request_id, profile=name, item=item[0].id)
            assert answer["results"][0]["outcome"] == "confirmed"
            (settings.root / "requests" / "done" / f"{request_id}.json").unlink()
        after = load_catalogue(settings.profile_folders, before)
        assert [one.confirmed for one in after.profiles if one.id == name] == [True]
    assert "confirmed already" in ask(settings, index, "confirm_profile", item=new_id())["results"][0]["message"]
    changed = text(confirmed="false", evidence="more")
    save(settings, index, changed, based_on=versions(settings.root, "acme")[-1].id)
    edited = in_use(settings)
    assert edited and not edited.confirmed
    assert ask(settings, index, "unconfirm_profile", profile="oak")["results"][0]["outcome"] == "unconfirmed"
    found = in_use(settings, "oak")
    assert found and not found.confirmed


def test_a_file_of_another_profile_confirms_nothing(settings: Settings, index: sqlite3.Connection) -> None:
    save(settings, index, text(confirmed="false"))
    other = put_photo(settings.root, "Acme", "77", "instar")
    enter(index, [other])
    for item_id in (other[0].id, put_rejected(settings.root, index, profile="acme"), new_id(), "x", None):
        answer = ask(settings, index, "confirm_profile", item=item_id)
        assert "Only a file that the profile acme accepted" in answer["results"][0]["message"]


def test_without_the_settings_what_is_asked_of_profiles_waits(settings: Settings, index: sqlite3.Connection) -> None:
    request_id = write(settings.root, "save_profile", "anna", profile="acme", text=text())
    assert not carry_out_all(settings.root, index)
    assert carry_out_all(settings.root, index, settings=settings)
    assert [one.id for one in versions(settings.root, "acme")] == [request_id]


def test_the_reason_of_a_version_is_one_line(settings: Settings, index: sqlite3.Connection) -> None:
    save(settings, index, why="a\nb" * 400, by="a\x1bnna")
    (version,) = versions(settings.root, "acme")
    assert "\n" not in version.why and len(version.why) <= saving.WHY_MAX_CHARACTERS + 1
    assert "\x1b" not in version.by
