"""Sends a file through this machine's own FTPS for the admin, which has no network on a host: how the two talk.

The admin connects to a Unix socket and writes one line of JSON, an order, and then the file. The answer is one line of
JSON: `{"refused": null}` when FTPS acknowledged the file, else why not. systemd starts `python -m ingest.ftps.relay
PASSWORD_FILE` for each connection (systemd/camspool-relay@.service).
"""

import contextlib
import json
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.errors import CamspoolError
from ingest.ftps.own import own_server, read_ftps_password
from ingest.ftps.sender import upload
from ingest.settings.file import load_settings
from ingest.settings.values import MEGABYTE, Settings

LINE_MAX_BYTES = 16 * 1024
PATIENCE_S = 50.0
"""How long the admin waits for an answer: less than gunicorn lets a request take."""


@dataclass(frozen=True)
class Order:
    """What to send: the upload path, over which port, and how many bytes follow."""

    path: str
    implicit: bool
    size_bytes: int


def ask_relay(relay: Path, path: str, content: bytes, *, implicit: bool) -> None:
    """Have a file uploaded. Raise CamspoolError, in the server's words where it gave any, when FTPS did not take it."""
    order = json.dumps(asdict(Order(path, implicit, len(content))))
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(str(relay))
            answer = _exchange(connection, order.encode() + b"\n" + content)
    except OSError as error:
        raise CamspoolError(
            f"What sends files through FTPS for the admin does not answer: {relay}: {error}."
        ) from error
    if not answer:
        raise CamspoolError("What sends files through FTPS for the admin gave no answer. Try again in a moment.")
    if refused := json.loads(answer)["refused"]:
        raise CamspoolError(str(refused))


def _exchange(connection: socket.socket, question: bytes) -> bytes:
    # An order that is refused is not read to its end; the answer says why.
    with contextlib.suppress(ConnectionError):
        connection.sendall(question)
    with connection.makefile("rb") as answers:
        return answers.readline(LINE_MAX_BYTES)


def read_order(line: bytes, most_bytes: int) -> Order:
    """Return the order that a line holds. Raise CamspoolError when it is none, or one for too many bytes."""
    try:
        order = Order(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise CamspoolError("This is not an order to send a file.") from error
    if not (isinstance(order.path, str) and isinstance(order.implicit, bool) and type(order.size_bytes) is int):
        raise CamspoolError("This is not an order to send a file.")
    if not 0 <= order.size_bytes <= most_bytes:
        limit = most_bytes // MEGABYTE
        raise CamspoolError(f"The file has {order.size_bytes} bytes; from here, files up to {limit} MB are sent.")
    return order


def carry_out(asked: BinaryIO, settings: Settings, password_file: Path) -> None:
    """Read one order and its file, and upload it. Raise CamspoolError when it was not acknowledged."""
    # One byte more than a photo may have, so that the verdict on too large a file can be seen, too.
    order = read_order(asked.readline(LINE_MAX_BYTES), settings.limits.image_bytes + 1)
    content = asked.read(order.size_bytes)
    if len(content) < order.size_bytes:
        raise CamspoolError(f"Only {len(content)} of {order.size_bytes} bytes came.")
    server = own_server(settings.ftps, read_ftps_password(password_file), implicit=order.implicit)
    upload(server, order.path, content)


def main(password_file: Path) -> None:
    """Answer one order on standard input."""
    refused = None
    try:
        carry_out(sys.stdin.buffer, load_settings(None, None), password_file)
    except CamspoolError as error:
        refused = str(error)
    print(json.dumps({"refused": refused}), flush=True)  # noqa: T201 - this is the answer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
