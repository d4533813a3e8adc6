"""What hostile clients get from the real vsftpd: each case is a row of the table in README.md beside this file.

Whatever they do, a camera that comes afterwards gets its photo through, and nothing of theirs becomes an item.
"""

import ftplib
import io
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

import pytest
from tabulate import tabulate

from ingest.ftps.listener import acceptor_command, listen_command
from ingest.ftps.sender import UploadError, upload
from tests.faults.conftest import Tell
from tests.faults.impatient import IDLE_S, Waiting, all_waiting, impatient_gateway, logged_in, said
from tests.faults.managed import REPOSITORY, limit, managed_ftps
from tests.faults.scene import picture
from tests.integration.gateway import (
    Gateway,
    ListenCommand,
    ftps,
    left_in_intake,
    prepared_gateway,
    uploaded,
    wait_until,
)

PAGE = Path(__file__).with_name("README.md")
FLOOD = 500
GUESSES_PER_SECOND_MAX = 20


@pytest.fixture(scope="module")
def gateway() -> Iterator[Gateway]:
    """A gateway whose patience is short, so that the test's need not be long."""
    with impatient_gateway() as prepared:
        yield prepared


@pytest.fixture(scope="module")
def waiting() -> Iterator[Waiting]:
    """What becomes of those who take their time: they wait at once, and on a gateway that nobody else is on."""
    with all_waiting() as clients:
        yield clients


class Table(Protocol):
    """What checks a row of the document."""

    def __call__(self, who: str, gets: str, details: str = "") -> None:
        """Check it."""


@pytest.fixture(scope="module")
def table(tell: Tell) -> Iterator[Table]:
    """Return what checks a row against the document. The rows are printed at the end, with what was seen."""
    documented = dict(rows())
    seen: list[tuple[str, str, str]] = []

    def row(who: str, gets: str, details: str = "") -> None:
        assert documented.get(who) == gets, f"{PAGE} has another row for a client that {who}: {documented.get(who)}"
        seen.append((who, gets, details))

    yield row
    tell(tabulate(seen, ["a client that", "gets", "seen"], maxcolwidths=[None, 60, None]))


def rows() -> list[tuple[str, str]]:
    """Return the rows of the document: what a client does, and what it gets."""
    return re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)[1:]


def test_every_row_of_the_document_is_tried() -> None:
    tried = Path(__file__).read_text("utf-8")
    assert len(rows()) >= 25
    assert [who for who, _ in rows() if f'"{who}"' not in tried] == []


COMMANDS = {
    "reads a file": ("RETR mine.jpg", "550"),
    "deletes a file that it has not sent": ("DELE theirs.jpg", "550"),
    "renames a file that it has not sent": ("RNFR theirs.jpg", "550"),
    "enters what the gateway keeps": ("CWD .camspool", "550"),
    "appends to a file": ("APPE mine.jpg", "550"),
    "changes rights": ("SITE CHMOD 777 mine.jpg", "550"),
    "sets a file's time": ("MDTM 20200101000000 mine.jpg", "550"),
    "removes a folder": ("RMD D", "550"),
    "has data sent to a third host": ("PORT 192,0,2,1,0,80", "550"),
    "the same with IPv6": ("EPRT |2|2001:db8::1|80|", "550"),
    "leaves its folder": ("CWD ../../../../etc", "550"),
    "asks for another account": ("USER root", "530"),
    "sends 60 kB as one command": ("X" * 60_000, "500"),
    "sends a command that does not exist": ("CAMSPOOL", "550"),
    "formats with percent signs": ("CWD %s%n%s%n", "250"),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_that_no_camera_needs(gateway: Gateway, table: Table, what: str) -> None:
    command, expected = COMMANDS[what]
    with closing(logged_in(gateway)) as client:
        client.store(b"mine.jpg", b"mine")
        # The server may answer, and close, before it has read all of a command that is too long.
        with suppress(OSError):
            client.putcmd(command)
        answer = said(client.voidresp)
        assert answer[:3] == expected
        table(what, answer)
        assert [file.read_bytes() for file in uploaded(gateway.root)] == [b"mine"]
    _clear(gateway)


def test_a_file_outside_its_folder(gateway: Gateway, table: Table) -> None:
    with closing(logged_in(gateway)) as client:
        client.store(b"../../escaped.jpg", b"x")
    (file,) = uploaded(gateway.root)
    assert file.parent.parent == gateway.root / "uploads"
    table("stores to ../../escaped.jpg", "226, and the file lies in its own folder")
    _clear(gateway)


def test_an_existing_name(gateway: Gateway, table: Table) -> None:
    with closing(logged_in(gateway)) as client:
        client.store(b"mine.jpg", b"first")
        client.store(b"mine.jpg", b"second")
        table("stores over an existing name", "226, and both files are kept")
    assert sorted(content for _, _, content in left_in_intake(gateway.root)) == [b"first", b"second"]
    _clear(gateway)


def test_a_restart_in_the_middle(gateway: Gateway, table: Table) -> None:
    with closing(logged_in(gateway)) as client:
        assert client.sendcmd("REST 1").startswith("350")
        answer = said(lambda: client.storbinary("STOR mine.jpg", io.BytesIO(b"rest")))
        table("resumes in the middle", answer)
    assert left_in_intake(gateway.root) == [] and uploaded(gateway.root) == []
    _clear(gateway)


def test_a_symbolic_link_is_not_followed(gateway: Gateway, table: Table) -> None:
    """FTP cannot make one; should one ever lie there, the jail keeps it from leading anywhere."""
    with closing(logged_in(gateway)) as client:
        client.store(b"mine.jpg", b"mine")
        folder = uploaded(gateway.root)[0].parent
        (folder / "link").symlink_to("/etc")
        answer = said(lambda: client.storbinary("STOR link/camspool-test", io.BytesIO(b"x")))
        table("stores through a symbolic link", answer)
        (folder / "link").unlink()
    _clear(gateway)


def test_a_log_in_in_plain_text(gateway: Gateway, table: Table) -> None:
    with closing(ftplib.FTP(timeout=10)) as client:  # noqa: S321 - that it is refused is the test
        client.connect("127.0.0.1", gateway.explicit.port)
        answer = said(lambda: client.login(gateway.explicit.account, gateway.explicit.password))
    table("logs in without TLS", answer)


def test_data_from_another_address(gateway: Gateway, table: Table) -> None:
    """Somebody else connects to the passive port first: vsftpd takes data from the camera's own address only."""
    with closing(logged_in(gateway)) as client:
        client.voidcmd("TYPE I")
        host, port = client.makepasv()
        with socket.create_connection((host, port), 5, source_address=("127.0.0.2", 0)) as stranger:
            client.putcmd("STOR stolen.jpg")
            with suppress(OSError):
                stranger.sendall(b"x" * 1000)
            answer = said(client.getresp)
    table("sends data from another address", answer)
    wait_until(lambda: uploaded(gateway.root) == [], "nothing of it is left")
    _clear(gateway)


def test_passwords_guessed_at_speed(waiting: Waiting, table: Table) -> None:
    answers, rate = waiting.guesses.result()
    assert "None" not in answers and any("530" in answer for answer in answers)
    assert rate < GUESSES_PER_SECOND_MAX
    table(
        "guesses passwords, 8 at a time",
        f"530, at fewer than {GUESSES_PER_SECOND_MAX} tries a second",
        f"{rate:.1f} a second",
    )


def test_one_that_says_nothing(waiting: Waiting, table: Table) -> None:
    table("says nothing", "is closed after ftps.idle_seconds", f"{waiting.silent_s.result():.0f} s of {IDLE_S}")


def test_one_that_stalls_in_the_middle(waiting: Waiting, table: Table) -> None:
    answer, seconds = waiting.stalled.result()
    details = f"{seconds:.0f} s of {IDLE_S}"
    table(
        "sends one byte, then nothing",
        f"{answer} It comes after ftps.stalled_seconds, and the byte waits for the rest.",
        details,
    )


@pytest.mark.parametrize("listen", [acceptor_command, listen_command])
def test_a_file_without_end(table: Table, listen: ListenCommand) -> None:
    megabyte = b"x" * 1024 * 1024
    with prepared_gateway() as gateway, ftps(gateway, listen=listen):
        with closing(logged_in(gateway)) as client:
            client.voidcmd("TYPE I")
            data = client.transfercmd("STOR endless.jpg")
            data.settimeout(60)
            sent_mb = 0
            with suppress(OSError):
                while sent_mb < 1000:
                    data.sendall(megabyte)
                    sent_mb += 1
            answer = said(client.getresp)
            data.close()
        assert 500 < sent_mb < 530
        wait_until(lambda: uploaded(gateway.root) == [], "what it had sent is gone")
    table("sends a file without end", f"{answer} It comes at 512 MB, and nothing of it stays.", f"{sent_mb} MB")


def test_a_session_that_never_closes(waiting: Waiting, table: Table) -> None:
    """It says something all the time, so it is not idle; on a host the service's time limit ends it."""
    assert set(waiting.talks.result()) == {"200"}
    unit = (REPOSITORY / "systemd" / "camspool-ftps@.service").read_text("utf-8")
    hours = re.search(r"^RuntimeMaxSec=(\w+)$", unit, re.MULTILINE)
    assert hours
    table("never closes its session", f"{hours[1]} at most, on a host; cameras get through meanwhile")


def test_a_slow_loris_holds_nobody_up(gateway: Gateway, table: Table) -> None:
    """Fifty clients send a byte of a command now and then; a camera meanwhile."""
    slow = [socket.create_connection(("127.0.0.1", gateway.explicit.port), 20) for _ in range(50)]
    for one in slow:
        one.sendall(b"A")
    began = time.monotonic()
    upload(gateway.implicit, "between.jpg", picture(1))
    took = f"226 after {time.monotonic() - began:.1f} s"
    table("sends a command byte by byte, 50 at once", "nothing; cameras get through meanwhile", took)
    for one in slow:
        one.close()
    _clear(gateway)


@pytest.mark.timeout(400)
def test_500_connections_at_once(table: Table) -> None:
    """With the limits of a host."""
    with prepared_gateway() as gateway, managed_ftps(gateway):
        began = time.monotonic()
        with ThreadPoolExecutor(FLOOD) as pool:
            greeted = sum(pool.map(lambda _: _is_greeted(gateway), range(FLOOD)))
        details = f"{greeted} greeted, {FLOOD - greeted} turned away, in {time.monotonic() - began:.0f} s"
        wait_until(lambda: _gets_through(gateway), "a camera gets through afterwards", 60)
    assert 0 < greeted < FLOOD
    gets = f"a greeting for {limit('MaxConnectionsPerSource')} at a time; a camera gets through afterwards"
    table("connects 500 times at once", gets, details)


def _is_greeted(gateway: Gateway) -> bool:
    """Connect and stay for a moment, as the others do."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", gateway.explicit.port), 60) as one:
        greeted = one.recv(100).startswith(b"220")
        time.sleep(2)
        return greeted
    return False


def _gets_through(gateway: Gateway) -> bool:
    try:
        upload(gateway.explicit, "after.jpg", picture(2))
    except UploadError:
        return False
    return True


def _clear(gateway: Gateway) -> None:
    """Take away what a case left, once vsftpd has written it."""
    for file in (gateway.root / "uploads").rglob("*"):
        if not file.is_dir():
            file.unlink()
