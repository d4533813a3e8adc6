"""The relay to the provider: what is no order is refused, and an answer gets through a socket."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from ingest.errors import CamspoolError
from ingest.settings.values import Provider
from webadmin.provider.relay import begin_at, carry_out, finish_at, read_secret

NOWHERE = Provider("http://127.0.0.1:9", "", "camspool")


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b'{"order": "begin"}', b'{"order": "finish", "back": "b", "code": "c"}',
     b'{"order": "other", "back": "b"}', b"\xff"],
)  # fmt: skip
def test_what_is_no_order_is_refused(tmp_path: Path, line: bytes) -> None:
    with pytest.raises(CamspoolError, match="not an order"):
        carry_out(line, NOWHERE, tmp_path / "secret")


def test_without_a_provider_there_is_nobody_to_ask(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="name no provider"):
        carry_out(b'{"order": "begin", "back": "b"}', Provider(), tmp_path / "secret")


def test_a_secret_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(" s3 \n")
    assert read_secret(tmp_path / "secret") == "s3"
    with pytest.raises(CamspoolError, match="missing"):
        read_secret(tmp_path / "missing")


def test_the_program_of_the_unit_answers_in_one_line(tmp_path: Path) -> None:
    """As systemd starts it: the settings' default file is not there, so there is no provider."""
    words = [sys.executable, "-m", "webadmin.provider.relay", str(tmp_path / "secret")]
    asked = b'{"order": "begin", "back": "b"}\n'
    environment = {**os.environ, "CAMSPOOL_CONFIG": str(tmp_path / "none.toml")}
    done = subprocess.run(words, input=asked, capture_output=True, check=True, env=environment)
    assert list(json.loads(done.stdout)) == ["refused"]


def _answering_once(path: Path, answer: bytes) -> Thread:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(1)

    def answer_one() -> None:
        connection, _ = listener.accept()
        with listener, connection, connection.makefile("rb") as asked:
            asked.readline()
            connection.sendall(answer)

    thread = Thread(target=answer_one)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(b'{"refused": "It is closed."}\n', "It is closed."), (b"", "gave no answer"), (b"?\n", "does not answer")],
)
def test_a_refusal_and_no_answer_are_sentences(tmp_path: Path, answer: bytes, sentence: str) -> None:
    thread = _answering_once(tmp_path / "relay", answer)
    with pytest.raises(CamspoolError, match=sentence):
        begin_at(tmp_path / "relay", NOWHERE, "https://here/back")
    thread.join()


def test_what_the_relay_says_of_somebody_comes_through(tmp_path: Path) -> None:
    thread = _answering_once(tmp_path / "relay", b'{"claims": {"sub": "rose"}}\n')
    claims = finish_at(tmp_path / "relay", NOWHERE, "https://here/back", "c", {"nonce": "n", "verifier": "v"})
    thread.join()
    assert claims == {"sub": "rose"}
    with pytest.raises(CamspoolError, match="does not answer"):
        begin_at(tmp_path / "nobody", NOWHERE, "https://here/back")
