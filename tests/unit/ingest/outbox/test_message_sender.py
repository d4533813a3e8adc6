"""The process that sends messages may do that and nothing else, and says what went wrong without a secret."""

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import pytest

from ingest.outbox.message_sender import NOT_UNDERSTOOD, Ended, Task, without_secrets
from tests.mailboxes import mail_server, text_of

ALONE = """
import sys
from ingest.outbox.message_sender import _Limits
limits = _Limits()
sys.addaudithook(limits.check)
limits.private_addresses = {allowed}
try:
    {attempt}
except PermissionError as error:
    print("refused:", error)
except OSError as error:
    print("tried:", error)
"""


def attempt(words: str, *, allowed: bool = False) -> str:
    code = ALONE.format(attempt=words, allowed=allowed)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def task(url: str, **changes: Any) -> Task:
    return Task(**{"url": url, "title": "T", "text": "It is.", "photo": "", "private_addresses": True, **changes})


@pytest.mark.parametrize(
    "words",
    [
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os; os.fork() or os._exit(0)",
        "import os; os.execv('/bin/true', ['true'])",
    ],
)
def test_no_program_can_be_begun(words: str) -> None:
    assert attempt(words) == "refused: a message may not begin a program\n"


@pytest.mark.parametrize("address", ["('127.0.0.1', 9)", "('10.0.0.1', 9)", "('169.254.169.254', 80)"])
def test_an_address_inside_the_network_is_refused_unless_allowed(address: str) -> None:
    words = f"import socket; socket.socket().connect({address})"
    assert "is inside this network" in attempt(words)


def test_an_allowed_address_is_tried_and_a_socket_of_this_machine_never() -> None:
    assert attempt("import socket; socket.socket().connect(('127.0.0.1', 9))", allowed=True).startswith("tried: ")
    words = "import socket; socket.socket(socket.AF_UNIX).connect('/run/x')"
    assert attempt(words, allowed=True) == "refused: a message goes to other machines only\n"


def through(*tasks: Task) -> list[Ended]:
    """Have messages sent by the process, as the outbox does."""
    lines = "".join(json.dumps(asdict(one)) + "\n" for one in tasks)
    command = [sys.executable, "-m", "ingest.outbox.message_sender"]
    said = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    first, *answers = said.splitlines()
    assert first == "ready"
    return [Ended(**json.loads(answer)) for answer in answers]


def test_what_reaches_nobody_is_not_understood() -> None:
    ended = through(*(task(url) for url in ("syslog://user", "dbus://", "nonsense", "nobody://x", "")))
    assert [(one.is_taken, one.said) for one in ended] == [(False, NOT_UNDERSTOOD)] * 5


def test_messages_come_in_as_lines_and_each_is_answered() -> None:
    with mail_server() as mailbox:
        tasks = [task(mailbox.url("ann@example.org")), task("nobody://"), task(mailbox.url("bob@example.org"))]
        ended = through(*tasks)
    assert [one.is_taken for one in ended] == [True, False, True]
    assert [str(one["to"]) for one in mailbox.got] == ["ann@example.org", "bob@example.org"]
    assert text_of(mailbox.got[0]).strip() == "It is."


def test_a_log_is_told_without_what_may_be_secret() -> None:
    url = "mailto://ann:hunter2@example.org/room?to=x@example.org&key=abcdefghijklmnop"
    said = without_secrets("Sending to x\nlogin failed for ann:hunter2 with abcdefghijklmnop at example.org", url)
    assert said == "login failed for ann:… with … at example.org"
