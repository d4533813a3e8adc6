"""The service carries for each target by itself; one that is down delays no other."""

import multiprocessing
import os
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import CamspoolError
from ingest.outbox.alive import last_sign
from ingest.outbox.service import carry_once, gateway_name, serve
from ingest.settings.targets import CommandOptions, FolderOptions, Options, Selection, Target
from ingest.settings.values import Ping, Settings
from ingest.spool.outbox import marked_ids, prepare_target, target_lock
from ingest.spool.status_note import write_status_note
from tests.integration.watching import until
from tests.receivers import receiving, saying
from tests.unit.ingest.outbox.jobs import put_waiting


def target(name: str, kind: Any, options: Options) -> Target:
    return Target(name, kind, Selection(sends=("accepted",)), options)


def settings_for(root: Path, tmp_path: Path) -> Settings:
    (tmp_path / "tree").mkdir()
    return Settings(
        root=root,
        targets=(
            target("missing", "folder", FolderOptions(folder=tmp_path / "not-mounted")),
            target("tree", "folder", FolderOptions(folder=tmp_path / "tree")),
        ),
    )


def test_a_gateway_goes_by_its_host_s_name_unless_it_has_one() -> None:
    assert gateway_name(Settings()) == socket.gethostname()
    assert gateway_name(Settings(gateway="north")) == "north"


def test_everything_that_can_go_goes_at_once(root: Path, tmp_path: Path) -> None:
    settings = settings_for(root, tmp_path)
    for name in ("missing", "tree"):
        put_waiting(root, name, name.encode())
    assert [carry_once(settings, one) for one in settings.targets] == [1, 0]
    assert len([file for file in (tmp_path / "tree").rglob("*") if file.is_file()]) == 1


def test_nobody_carries_for_a_target_beside_the_service(root: Path, tmp_path: Path) -> None:
    settings = settings_for(root, tmp_path)
    prepare_target(root, "tree")
    with (
        target_lock(root, "tree"),
        pytest.raises(CamspoolError, match="The outbox service carries what waits for tree"),
    ):
        carry_once(settings, settings.targets[1])


def test_the_service_carries_until_it_is_stopped(root: Path, tmp_path: Path) -> None:
    settings = settings_for(root, tmp_path)
    for name in ("missing", "tree"):
        put_waiting(root, name, name.encode())
    process = multiprocessing.get_context("fork").Process(target=lambda: os._exit(serve(settings)), daemon=True)
    process.start()
    until(lambda: marked_ids(root, "tree") == [], 60, "the tree has it")
    later, _ = put_waiting(root, "tree", b"later")
    until(lambda: marked_ids(root, "tree") == [], 60, f"the tree has {later} too")
    sign = last_sign(root)
    assert sign and sign.pid == process.pid
    assert len(marked_ids(root, "missing")) == 1
    os.kill(process.pid or 0, signal.SIGTERM)
    process.join(60)
    assert process.exitcode == 0


def test_a_program_that_takes_long_is_ended_when_the_service_stops(root: Path, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/began\nexec sleep 600\n")
    hook.chmod(0o755)
    options = CommandOptions(command=(str(hook),), seconds=600, writes=(tmp_path,))
    settings = Settings(root=root, targets=(target("hook", "command", options),))
    put_waiting(root, "hook")
    process = multiprocessing.get_context("fork").Process(target=lambda: os._exit(serve(settings)), daemon=True)
    process.start()
    until((tmp_path / "began").exists, 60, "the program runs")
    os.kill(process.pid or 0, signal.SIGTERM)
    process.join(60)
    assert (process.exitcode, len(marked_ids(root, "hook"))) == (0, 1)


def test_it_pings_beside_its_targets_once_the_gateway_was_looked_at(root: Path, tmp_path: Path) -> None:
    with receiving(saying(200)) as receiver:
        (tmp_path / "ping").write_text(receiver.url)
        settings = Settings(root=root, ping=Ping(tmp_path / "ping", private_addresses=True))
        service = multiprocessing.get_context("fork").Process(target=serve, args=(settings,))
        service.start()
        try:
            until(lambda: last_sign(root) is not None, 60, "a sign of life")
            assert receiver.got == []
            write_status_note(root, [], datetime.now(UTC))
            until(lambda: len(receiver.got) == 1, 60, "the ping")
        finally:
            os.kill(service.pid or 0, signal.SIGTERM)
            service.join(60)
    assert service.exitcode == 0 and receiver.got[0].body == b"All is well."
