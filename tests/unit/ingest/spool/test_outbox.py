"""Marks say what still has to go where; they are made for what a target wants."""

import errno
import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from ingest.settings.targets import Selection, Target, defaults_of
from ingest.spool.outbox import (
    FILLED,
    began_at,
    has_mark,
    is_paused,
    make_marks,
    mark_again,
    marked_ids,
    pause_target,
    prepare_target,
    put_back_marks,
    remove_marks,
    resume_target,
    shall_try_at_once,
    target_folder,
    target_lock,
    targets_on_disk,
    wanted_by,
)
from tests.spools import make_sidecar, put_item

FIRST, SECOND = "20260401T120000.000001Z-10000001", "20260409T120000.000002Z-10000002"
ALL = Selection(sends=("accepted", "rejected", "reports"))


def target(selection: Selection, kind: Any = "archive") -> Target:
    return Target("a", kind, selection, defaults_of(kind)[1])


@pytest.mark.parametrize(
    ("selection", "values", "is_wanted"),
    [
        (Selection(sends=("accepted",)), {}, True),
        (Selection(sends=("accepted",)), {"kind": "report"}, False),
        (Selection(sends=("accepted",)), {"verdict": "rejected", "reason": "no_metadata"}, False),
        (Selection(sends=("reports",)), {"kind": "report"}, True),
        (Selection(sends=("reports",)), {"kind": "report", "verdict": "rejected", "reason": "duplicate"}, False),
        (Selection(sends=("rejected",)), {"verdict": "rejected", "reason": "no_metadata", "camera_id": None}, True),
        (replace(ALL, cameras=("X",)), {"camera_id": "X"}, True),
        (replace(ALL, cameras=("X",)), {"camera_id": "Y"}, False),
        (replace(ALL, accounts=("ford",)), {"account": "ford"}, True),
        (replace(ALL, accounts=("ford",)), {"account": None}, False),
        (replace(ALL, profiles=("instar",)), {"profile": "instar"}, True),
        (replace(ALL, profiles=("instar",)), {"profile": None}, False),
        (replace(ALL, since="2026-04-09"), {"item_id": SECOND}, True),
        (replace(ALL, since="2026-04-09"), {"item_id": FIRST}, False),
    ],
)
def test_a_target_wants_what_its_selection_says(selection: Selection, values: dict[str, Any], is_wanted: bool) -> None:
    assert wanted_by(make_sidecar(**values), [target(selection)]) == (("a",) if is_wanted else ())


def test_marks_are_empty_files_with_the_ids_as_names(root: Path) -> None:
    make_marks(root, [("nas", SECOND), ("nas", FIRST), ("nas", FIRST)])
    assert marked_ids(root, "nas") == [FIRST, SECOND]
    assert (target_folder(root, "nas") / FIRST).read_bytes() == b""
    assert (has_mark(root, "nas", FIRST), has_mark(root, "hook", FIRST)) == (True, False)
    remove_marks(root, "nas", [FIRST, FIRST])
    assert (marked_ids(root, "nas"), marked_ids(root, "hook")) == ([SECOND], [])


def test_marks_are_made_beyond_the_names_that_one_file_can_have_and_where_it_can_have_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_marks(root, [("nas", FIRST)])
    for code in (errno.EMLINK, errno.EPERM):
        with monkeypatch.context() as patched:
            patched.setattr(os, "link", Mock(side_effect=OSError(code, "no")))
            make_marks(root, [("nas", SECOND)])
        assert marked_ids(root, "nas") == [FIRST, SECOND]
        remove_marks(root, "nas", [SECOND])
        make_marks(root, [("nas", SECOND)])
        assert (target_folder(root, "nas") / SECOND).stat().st_nlink > 1


def test_what_is_still_needed_when_its_mark_has_gone_gets_it_again(root: Path) -> None:
    make_marks(root, [("nas", FIRST), ("nas", SECOND)])

    def needed() -> list[str]:
        assert marked_ids(root, "nas") == []
        return [SECOND]

    assert remove_marks(root, "nas", [FIRST, SECOND], needed) == {SECOND}
    put_back_marks(root, "nas")
    assert marked_ids(root, "nas") == [SECOND]


def test_a_kill_between_loses_no_mark(root: Path) -> None:
    make_marks(root, [("nas", FIRST), ("nas", SECOND)])

    def end() -> list[str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remove_marks(root, "nas", [FIRST, SECOND], end)
    assert marked_ids(root, "nas") == []
    put_back_marks(root, "nas")
    put_back_marks(root, "hook")
    assert marked_ids(root, "nas") == [FIRST, SECOND]


def test_a_mark_that_came_back_meanwhile_is_one(root: Path) -> None:
    make_marks(root, [("nas", FIRST)])
    taken = target_folder(root, "nas") / ".taken"
    taken.mkdir()
    os.link(target_folder(root, "nas") / FIRST, taken / FIRST)
    put_back_marks(root, "nas")
    assert (marked_ids(root, "nas"), list(taken.iterdir())) == ([FIRST], [])


def test_a_disk_that_fails_between_loses_no_mark(root: Path) -> None:
    make_marks(root, [("nas", FIRST)])

    def fail() -> list[str]:
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        remove_marks(root, "nas", [FIRST], fail)
    assert marked_ids(root, "nas") == [FIRST]


def test_ls_shows_what_waits_and_the_folder_of_answers(root: Path) -> None:
    mark_again(root, [("nas", FIRST)])
    pause_target(root, "nas", "anna")
    resume_target(root, "nas")
    shown = sorted(file.name for file in target_folder(root, "nas").iterdir() if not file.name.startswith("."))
    assert shown == [FIRST, "done"]


def test_marks_are_made_where_somebody_has_deleted_the_outbox(root: Path) -> None:
    (root / "outbox").rmdir()
    make_marks(root, [("nas", FIRST)])
    assert (marked_ids(root, "nas"), targets_on_disk(root)) == ([FIRST], ["nas"])


def test_a_target_knows_since_when_it_is_one(root: Path) -> None:
    assert began_at(root, "nas") is None
    for day in (1, 2):
        prepare_target(root, "nas", datetime(2026, 4, day, tzinfo=UTC))
    assert began_at(root, "nas") == datetime(2026, 4, 1, tzinfo=UTC)


def test_only_where_items_were_here_before_somebody_has_to_decide_about_them(root: Path) -> None:
    prepare_target(root, "before")
    put_item(root)
    prepare_target(root, "after")
    assert [(target_folder(root, name) / FILLED).exists() for name in ("before", "after")] == [True, False]


def test_a_target_rests_until_it_shall_go_on_and_is_tried_at_once(root: Path) -> None:
    pause_target(root, "nas", "anna")
    assert is_paused(root, "nas")
    resume_target(root, "nas")
    assert (is_paused(root, "nas"), shall_try_at_once(root, "nas"), shall_try_at_once(root, "nas")) == (
        False,
        True,
        False,
    )


def _try_lock(root: Path) -> None:
    with target_lock(root, "nas") as is_ours:
        raise SystemExit(0 if is_ours else 3)


def test_one_process_at_a_time_carries_for_a_target(root: Path) -> None:
    prepare_target(root, "nas")
    context = multiprocessing.get_context("fork")

    def other() -> int | None:
        process = context.Process(target=_try_lock, args=(root,))
        process.start()
        process.join()
        return process.exitcode

    with target_lock(root, "nas") as is_ours:
        assert (is_ours, other()) == (True, 3)
    assert other() == 0
