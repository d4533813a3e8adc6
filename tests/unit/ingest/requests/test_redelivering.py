"""An item goes to a target once more, and a target rests: asked twice it is as if asked once."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ingest.requests.carrying_out import carry_out_all
from ingest.settings.targets import FolderOptions, Selection, Target
from ingest.settings.values import Settings
from ingest.spool.deliveries import Delivery, failed_ids, note_done, note_failed
from ingest.spool.moves import delete
from ingest.spool.names import LOCAL, incoming_name
from ingest.spool.outbox import AT_ONCE, PAUSED, has_mark, is_paused, marked_ids, prepare_target, target_folder
from ingest.spool.stamp import new_id
from tests.spools import put_listed_item
from tests.unit.ingest.requests.asked import Answer, ask

AT = "2026-11-27T01:00:00.000000Z"


@pytest.fixture
def settings(root: Path) -> Settings:
    """One target for accepted photos."""
    return Settings(root=root, targets=(Target("nas", "folder", Selection(("accepted",)), FolderOptions(root / "x")),))


def again(root: Path, index: sqlite3.Connection, settings: Settings, **words: Any) -> list[tuple[str, str]]:
    request = {"action": "send_again", "by": "anna", "target": "nas", **words}
    return outcomes(ask(root, index, request, settings=settings))


def outcomes(answer: Answer) -> list[tuple[str, str]]:
    return [(result["id"], result["outcome"]) for result in answer["results"]]


def refuse(root: Path, item_id: str, target: str = "nas") -> None:
    answer = Delivery(item_id, item_id, None, AT, "failed", "No.")
    note_done(root, target, [answer])
    note_failed(root, target, answer)


def test_items_wait_for_a_target_once_more_and_are_refused_no_longer(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    ids = [put_listed_item(root)[0].id for _ in range(2)]
    refuse(root, ids[0])
    for _ in range(2):
        assert again(root, index, settings, ids=[*ids, ids[0]]) == [(ids[0], "marked"), (ids[1], "marked")]
        assert marked_ids(root, "nas") == sorted(ids)
        assert failed_ids(root, "nas") == []
        assert (target_folder(root, "nas") / AT_ONCE).exists()


def test_all_that_a_target_has_refused_goes_once_more(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    ids = sorted(put_listed_item(root)[0].id for _ in range(3))
    for item_id in ids[:2]:
        refuse(root, item_id)
    assert again(root, index, settings, all_failed=True) == [(ids[0], "marked"), (ids[1], "marked")]
    assert (marked_ids(root, "nas"), failed_ids(root, "nas")) == (ids[:2], [])
    assert again(root, index, settings, all_failed=True) == []


@pytest.mark.parametrize("item_id", ["../../x", "x\n<b>", new_id(), "", "20260101T000000.000000Z-../x"])
def test_what_is_no_item_is_refused_and_makes_no_mark(
    root: Path, index: sqlite3.Connection, settings: Settings, item_id: str
) -> None:
    known = put_listed_item(root)[0].id
    answer = again(root, index, settings, ids=[item_id, known])
    assert [outcome for _, outcome in answer] == ["refused", "marked"]
    assert "\n" not in answer[0][0]
    assert marked_ids(root, "nas") == [known]


@pytest.mark.parametrize("target", ["other", "../nas", "", None, ["nas"], "x" * 99])
@pytest.mark.parametrize("action", ["send_again", "pause_target", "resume_target"])
def test_a_target_that_nobody_knows_is_refused_and_gets_no_folder(
    root: Path, index: sqlite3.Connection, settings: Settings, action: str, target: Any
) -> None:
    request = {"action": action, "by": "anna", "target": target, "ids": [put_listed_item(root)[0].id]}
    (result,) = ask(root, index, request, settings=settings)["results"]
    assert result["outcome"] == "refused"
    assert "neither the settings nor the outbox know it" in result["message"]
    with suppress(FileNotFoundError):
        assert os.listdir(root / "outbox") == []


def test_what_the_settings_do_not_send_there_goes_only_where_it_has_been(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    new = put_listed_item(root, verdict="rejected", reason="duplicate")[0].id
    old = put_listed_item(root, verdict="rejected", reason="duplicate")[0].id
    refuse(root, old)
    assert again(root, index, settings, ids=[new, old]) == [(new, "refused"), (old, "marked")]


def test_a_target_of_former_settings_takes_what_it_once_answered_about(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    item_id = put_listed_item(root)[0].id
    prepare_target(root, "former")
    assert again(root, index, settings, target="former", ids=[item_id]) == [(item_id, "refused")]
    refuse(root, item_id, "former")
    assert again(root, index, settings, target="former", ids=[item_id]) == [(item_id, "marked")]
    assert has_mark(root, "former", item_id)


def test_that_a_target_refused_what_was_deleted_since_is_forgotten(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    sidecar, place = put_listed_item(root)
    refuse(root, sidecar.id)
    delete(root, place)
    assert again(root, index, settings, all_failed=True) == [(sidecar.id, "forgotten")]
    assert (failed_ids(root, "nas"), marked_ids(root, "nas")) == ([], [])
    assert again(root, index, settings, ids=[sidecar.id]) == [(sidecar.id, "refused")]


def test_what_waits_for_a_verdict_keeps_its_refusal_until_then(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    item_id = new_id()
    (root / "incoming" / incoming_name(item_id, LOCAL, b"a.jpg")).write_bytes(b"jpg")
    refuse(root, item_id)
    assert again(root, index, settings, ids=[item_id]) == [(item_id, "refused")]
    assert failed_ids(root, "nas") == [item_id]


def test_an_item_whose_sidecar_cannot_be_read_is_refused(
    root: Path, index: sqlite3.Connection, settings: Settings
) -> None:
    sidecar, place = put_listed_item(root)
    (root / f"{place}.json").write_text("{")
    assert again(root, index, settings, ids=[sidecar.id]) == [(sidecar.id, "refused")]


def test_a_request_without_ids_is_answered(root: Path, index: sqlite3.Connection, settings: Settings) -> None:
    request = {"action": "send_again", "by": "anna", "target": "nas"}
    (result,) = ask(root, index, request, settings=settings)["results"]
    assert (result["outcome"], "cannot be read" in result["message"]) == ("refused", True)


def test_a_target_rests_and_goes_on(root: Path, index: sqlite3.Connection, settings: Settings) -> None:
    words = {"by": "anna\nroot", "target": "nas"}
    for by in ("anna\nroot", "ben"):
        answer = ask(root, index, {**words, "by": by, "action": "pause_target"}, settings=settings)
        assert outcomes(answer) == [("nas", "paused")]
    assert is_paused(root, "nas")
    noted = (target_folder(root, "nas") / PAUSED).read_text()
    assert noted.startswith("anna") and "\n" not in noted
    for _ in range(2):
        answer = ask(root, index, {**words, "action": "resume_target"}, settings=settings)
        assert outcomes(answer) == [("nas", "resumed")]
        assert not is_paused(root, "nas")
        assert (target_folder(root, "nas") / AT_ONCE).exists()


def test_without_the_settings_it_waits_for_the_watcher(root: Path, index: sqlite3.Connection) -> None:
    request_id = new_id()
    (root / "requests" / f"{request_id}.json").write_text('{"action": "pause_target", "target": "nas", "by": "anna"}')
    assert not carry_out_all(root, index)
    assert (root / "requests" / f"{request_id}.json").exists()
