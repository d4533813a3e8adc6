"""`camspool status`: a gateway that is well, one that is not, and exit statuses that a monitor can use."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.alerts.memory import Memory, keep_memory
from ingest.commands.main import main
from ingest.index.store import enter, open_index
from ingest.spool.stamp import utc_text
from ingest.upkeep.audit_note import AuditNote, write_note
from ingest.watching.heartbeat import Heartbeat, write_heartbeat
from tests.spools import put_item
from tests.unit.ingest.ftps.server import Tls, serving


@dataclass(frozen=True)
class Served:
    """The ports of a gateway that is well, and how to close the implicit one."""

    port: int
    implicit_port: int
    close_implicit: Callable[[], None]


@pytest.fixture
def served(tls: Tls) -> Iterator[Served]:
    """Something that greets cameras at each FTPS port."""
    with ExitStack() as explicit, ExitStack() as implicit:
        plain, secure = explicit.enter_context(serving(tls)), implicit.enter_context(serving(tls, implicit=True))
        yield Served(plain.port, secure.port, implicit.close)


@pytest.fixture
def config(root: Path, tls: Tls, served: Served) -> str:
    """The settings file of a gateway in which all is well."""
    now = utc_text(datetime.now(UTC))
    write_heartbeat(root, Heartbeat(os.getpid(), "1", now, now, 0, 0, None, 7, None, {}))
    write_note(root, AuditNote(now, 3, 0, []))
    keep_memory(root, Memory(datetime.now(UTC)))
    with closing(open_index(root)) as index:
        enter(index, [put_item(root)])
    file = root.parent / "camspool.toml"
    file.write_text(
        f'root = "{root}"\n[limits]\nreserve_bytes = 0\n[ftps]\nbind = "127.0.0.1"\nport = {served.port}\n'
        f'implicit_port = {served.implicit_port}\ncertificate = "{tls.certificate}"\n'
    )
    return str(file)


def states(capsys: pytest.CaptureFixture[str], config: str) -> tuple[int, dict[str, str]]:
    """Return the exit status, and the state of each part."""
    status = main(["--config", config, "status", "--json"])
    return status, {part["name"]: part["state"] for part in json.loads(capsys.readouterr().out)["parts"]}


def test_a_gateway_that_is_well_is_exit_0(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, parts = states(capsys, config)
    # How full this machine's disk is, is not ours to say.
    assert parts.pop("disk") in ("good", "attention")
    assert set(parts.values()) == {"good"}
    ports, clocks = {"ftps", "ftps-implicit"}, {"certificate", "audit", "timers", "services", "backup"}
    assert set(parts) == {"watcher", "queue", "uploads", "contact", "outbox", "alerts", "ping"} | ports | clocks
    assert status == 0


def test_one_bad_part_is_exit_1_and_named_in_the_table(
    config: str, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    served.close_implicit()
    assert states(capsys, config)[1]["ftps-implicit"] == "bad"
    assert main(["--config", config, "status"]) == 1
    rows = {line.split()[1]: line for line in capsys.readouterr().out.splitlines() if line[:1].isalpha()}
    assert rows["ftps-implicit"].startswith("BAD")
    assert "does not answer: Connection refused" in rows["ftps-implicit"]
    assert rows["ftps"].startswith("ok")


def test_what_only_asks_for_attention_is_still_exit_0(
    config: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "cache" / "audit.json").unlink()
    assert main(["--config", config, "status"]) == 0
    assert "look  audit" in capsys.readouterr().out


def test_looking_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in sorted(root.rglob("*"), reverse=True):
        folder.rmdir()
    assert main(["--root", str(root), "status"]) == 1
    assert "The watcher has never run here" in capsys.readouterr().out
    assert list(root.iterdir()) == []
