"""`camspool canary` against servers of the test's own, behind which each photo gets its real verdict at once."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.commands import canary
from ingest.commands.main import main
from ingest.spool.moves import Decided, commit
from ingest.spool.stamp import new_id
from tests.samples.judging import judge
from tests.unit.ingest.ftps.server import PASSWORD, Tls, serving

Receive = Callable[[bytes, bytes], None]


@contextmanager
def gateway(root: Path, tls: Tls, explicit: Receive, implicit: Receive) -> Iterator[list[str]]:
    """Serve both ports; yield the words of the command."""
    with serving(tls, receive=explicit) as one, serving(tls, implicit=True, receive=implicit) as two:
        config = root.parent / "camspool.toml"
        config.write_text(
            f'root = "{root}"\n[ftps]\nbind = "127.0.0.1"\nport = {one.port}\nimplicit_port = {two.port}\n'
            f'[admin]\nftps_password_file = "{root.parent}/password"\n'
        )
        (root.parent / "password").write_text(f"{PASSWORD}\n")
        yield ["--config", str(config), "canary"]


def deciding(root: Path, change: Callable[[bytes], bytes] = bytes) -> Receive:
    """Return what gives each file its verdict, as the watcher would, on what `change` leaves of its content."""

    def decide(path: bytes, content: bytes) -> None:
        sidecar = replace(judge(change(content), path.decode().lstrip("/")), id=new_id())
        name = f"{sidecar.id}~local~x"
        (root / "incoming" / name).write_bytes(change(content))
        commit(root, [Decided(name, sidecar)])

    return decide


def accepted(root: Path) -> list[str]:
    return [file.name for file in root.glob("accepted/canary/*/*.jpg")]


def test_a_photo_that_is_accepted_over_each_port_is_told_and_deleted(
    root: Path, tls: Tls, capsys: pytest.CaptureFixture[str]
) -> None:
    with gateway(root, tls, deciding(root), deciding(root)) as words:
        assert main(words) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[2][:14] for line in said] == ["accepted after"] * 2
    assert accepted(root) == []
    answers = [json.loads(file.read_text()) for file in (root / "requests" / "done").iterdir()]
    assert [(one["by"], one["results"][0]["outcome"]) for one in answers] == [("canary", "deleted")] * 2


def test_photos_are_kept_when_asked_for_and_no_two_are_alike(root: Path, tls: Tls) -> None:
    sent: list[bytes] = []

    def keep(path: bytes, content: bytes) -> None:
        sent.append(content)
        deciding(root)(path, content)

    with gateway(root, tls, keep, keep) as words:
        assert main([*words, "--keep"]) == 0
    assert len(accepted(root)) == 2
    assert sent[0] != sent[1]


def test_a_photo_that_is_rejected_is_told_with_its_reason_and_the_other_port_is_still_tried(
    root: Path, tls: Tls, capsys: pytest.CaptureFixture[str]
) -> None:
    with gateway(
        root, tls, deciding(root, lambda content: content.replace(b"Canary", b"Parrot")), deciding(root)
    ) as words:
        assert main(words) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert "the photo was rejected: " in first
    assert "accepted after" in second


def test_a_photo_without_a_verdict_is_told_by_its_name(
    root: Path, tls: Tls, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canary, "PATIENCE_S", 0.0)
    sent: list[str] = []
    with gateway(root, tls, lambda path, _: sent.append(path.decode()), lambda path, _: None) as words:
        assert main(words) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert f"the photo {sent[0].lstrip('/')} was acknowledged and has no verdict" in first
    assert "has no verdict" in second


def test_a_port_that_does_not_answer_is_told_in_words(root: Path, tls: Tls, capsys: pytest.CaptureFixture[str]) -> None:
    with gateway(root, tls, deciding(root), deciding(root)) as words:
        pass
    assert main(words) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert all("refused" in line for line in said)
