"""`camspool outbox`: what waits for which target, and what can be done about it."""

import json
import multiprocessing
import os
import pwd
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.commands.main import main
from ingest.spool.deliveries import Delivery, failed_ids, note_failed
from ingest.spool.outbox import is_paused, marked_ids, pause_target, prepare_target, target_folder
from tests.receivers import receiving, saying
from tests.spools import make_spool, put_item
from tests.unit.ingest.outbox.jobs import put_waiting

NOBODY = pwd.getpwnam("nobody")

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


def test_a_spool_that_is_none_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for action in ("list", "deliver"):
        assert main(["--root", str(tmp_path / "nowhere"), "outbox", action]) == 2
        assert "nowhere is not a folder" in capsys.readouterr().err


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A spool which another user may read, and of which the outbox alone is theirs, with the words of the command.

    Its target is a folder of that user, who alone can look into it.
    """
    with TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = make_spool(folder)
        put_waiting(root, "tree", b"photo", upload_path="E1.JPG")
        (folder / "nas").mkdir(mode=0o700)
        for path in (folder / "nas", root / "outbox", *(root / "outbox").rglob("*")):
            os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)
        for path in (root / "accepted").rglob("*"):
            os.chown(path, 0, NOBODY.pw_gid)
        (folder / "camspool.toml").write_text(SETTINGS.format(nas=folder / "nas"), "utf-8")
        yield folder, ["--root", str(root), "--config", str(folder / "camspool.toml"), "outbox"]


def in_a_process_of_its_own(work: Callable[[], int]) -> int | None:
    """Return the status of what gives root up, from which there is no way back."""
    process = multiprocessing.get_context("fork").Process(target=lambda: os._exit(work()))
    process.start()
    process.join()
    return process.exitcode


def test_root_becomes_the_outbox_s_own_user_who_may_write_nowhere_else(gateway: tuple[Path, list[str]]) -> None:
    folder, words = gateway
    for action in (["pause", "hook"], ["test", "tree"], ["list"], ["deliver", "--once"]):
        assert in_a_process_of_its_own(lambda action=action: main([*words, *action])) == 0  # type: ignore[misc]
    assert (folder / "nas/E1.JPG").read_bytes() == b"photo"
    assert {file.stat().st_uid for file in (folder / "spool/outbox").rglob("*")} == {NOBODY.pw_uid}


def test_who_may_not_write_into_the_outbox_is_told_so(
    gateway: tuple[Path, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    folder, words = gateway

    def as_daemon() -> int:
        os.setuid(pwd.getpwnam("daemon").pw_uid)
        return main([*words, "pause", "tree"])

    assert in_a_process_of_its_own(as_daemon) == 2
    assert f"The folder {folder}/spool/outbox is not writable for user" in capfd.readouterr().err


def test_a_ping_by_hand_says_whether_it_was_taken(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "outbox", "ping"]) == 2
    assert "No ping is set" in capsys.readouterr().err
    file = root.parent / "camspool.toml"
    file.write_text(f'[ping]\nurl_file = "{root.parent}/ping"\nprivate_addresses = true\n')
    with receiving(saying(200)) as receiver:
        (root.parent / "ping").write_text(receiver.url)
        assert main(["--root", str(root), "--config", str(file), "outbox", "ping"]) == 0
    assert receiver.got[0].path == "/fail", "nobody has looked here yet"
    assert "The ping was taken: Nobody has looked" in capsys.readouterr().out
    assert main(["--root", str(root), "--config", str(file), "outbox", "ping"]) == 1
    assert "The ping was not taken: localhost cannot be reached" in capsys.readouterr().out
