"""`camspool outbox`: what waits for which target, and what can be done about it."""

import json
import re
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.spool.deliveries import Delivery, failed_ids, note_failed
from ingest.spool.outbox import is_paused, marked_ids, pause_target, prepare_target, target_folder
from tests.spools import put_item

SETTINGS = """
[targets.tree]
kind = "folder"
folder = "{nas}"
pattern = "{{name}}"
[targets.hook]
kind = "command"
command = ["/bin/false"]
"""


@pytest.fixture
def words(root: Path, tmp_path: Path) -> list[str]:
    """The words of the command with two targets: a folder, and a program that refuses everything for now."""
    (tmp_path / "nas").mkdir()
    file = tmp_path / "camspool.toml"
    file.write_text(SETTINGS.format(nas=tmp_path / "nas"), "utf-8")
    return ["--root", str(root), "--config", str(file), "outbox"]


def test_without_targets_it_says_that_nothing_leaves(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "outbox", "list"]) == 0
    assert capsys.readouterr().out.startswith("No target is set: nothing leaves this gateway.")


def test_the_list_says_how_each_target_stands(root: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    put_item(root)
    prepare_target(root, "tree")
    assert main([*words, "list"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^tree +folder +0 +– +0 +What was accepted before", said, re.MULTILINE)
    assert main([*words, "list", "--json"]) == 0
    tree, hook = json.loads(capsys.readouterr().out)
    assert (tree["name"], tree["kind"], tree["waiting"], hook["name"]) == ("tree", "folder", 0, "hook")
    assert tree["said"].startswith("What was accepted before")


def test_what_was_here_before_goes_when_it_is_wanted(
    root: Path, tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    put_item(root, b"photo", upload_path="E1.JPG")
    assert main([*words, "fill", "tree"]) == 0
    assert capsys.readouterr().out == "1 items more go to tree.\n"
    assert main([*words, "deliver", "--once"]) == 0
    assert (tmp_path / "nas/E1.JPG").read_bytes() == b"photo"
    assert "tree: everything has gone." in capsys.readouterr().out
    assert main([*words, "fill", "tree", "--from", "2026-01-01"]) == 0
    assert capsys.readouterr().out == "0 items more go to tree.\n"


def test_somebody_may_want_none_of_it(root: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    put_item(root)
    assert main([*words, "fill", "tree", "--none"]) == 0
    assert main([*words, "list"]) == 0
    assert "What was accepted before" not in capsys.readouterr().out
    assert marked_ids(root, "tree") == []
    assert main([*words, "fill", "tree", "--none", "--camera", "X"]) == 2


def test_what_cannot_go_now_waits_and_the_command_says_so(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    put_item(root)
    main([*words, "fill", "hook"])
    assert main([*words, "deliver", "--once"]) == 1
    assert "hook: 1 items still wait." in capsys.readouterr().out
    assert main([*words, "list"]) == 0
    assert "The program ended with exit status 1." in " ".join(capsys.readouterr().out.split())


def test_what_was_refused_goes_again(root: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    ids = [put_item(root)[0].id for _ in range(3)]
    for item_id in ids:
        note_failed(root, "tree", Delivery(item_id, item_id, None, "", "failed", "too dark"))
    assert main([*words, "retry", "tree", ids[0]]) == 0
    assert (marked_ids(root, "tree"), failed_ids(root, "tree")) == ([ids[0]], ids[1:])
    assert main([*words, "retry", "tree"]) == 0
    assert (marked_ids(root, "tree"), failed_ids(root, "tree")) == (ids, [])
    assert main([*words, "retry", "tree", "a\x1b[31m"]) == 2
    assert "tree has not refused a�[31m; see camspool outbox list." in capsys.readouterr().err


def test_a_target_rests_and_goes_on(root: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "pause", "tree"]) == 0
    assert is_paused(root, "tree")
    assert main([*words, "deliver", "--once"]) == 0
    assert "tree rests, as somebody wanted." in capsys.readouterr().out
    assert main([*words, "resume", "tree"]) == 0
    assert not is_paused(root, "tree")


def test_a_target_is_tried_out(
    root: Path, tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "test", "tree"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/nas can be written.\n"
    (tmp_path / "nas").rmdir()
    assert main([*words, "test", "tree"]) == 1
    assert capsys.readouterr().out.startswith("tree cannot be used: The folder")


@pytest.mark.parametrize("action", ["fill", "retry", "pause", "resume", "test"])
def test_a_target_that_nobody_set_is_a_sentence(
    action: str, root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, action, "../x"]) == 2
    assert capsys.readouterr().err == ("camspool: There is no target '../x' in the settings; there are: tree, hook.\n")
    assert not target_folder(root, "../x").exists()


def test_a_day_that_is_none_is_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "fill", "tree", "--until", "soon"]) == 2
    assert "'soon' is not a day" in capsys.readouterr().err


def test_a_former_target_is_listed_as_long_as_something_waits(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    pause_target(root, "former", "anna")
    note_failed(root, "former", Delivery("20260401T120000.000001Z-10000001", "", None, "", "failed", ""))
    assert main([*words, "list"]) == 0
    assert "The settings name it no more" in " ".join(capsys.readouterr().out.split())
