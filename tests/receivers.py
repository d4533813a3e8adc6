"""A web server of the tests' own, over HTTP or HTTPS, which keeps what it is sent and answers as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO

from werkzeug.formparser import parse_form_data

_READ_BYTES = 65536


@dataclass(frozen=True)
class Field:
    """One part of a form that was sent."""

    content: bytes
    media_type: str
    file_name: str | None


@dataclass(frozen=True)
class Request:
    """What was sent: headers by their names in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, Field]:
        """The parts of the form that was sent, as another program reads it."""
        environ = {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": self.headers["content-type"],
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.input": BytesIO(self.body),
        }
        _, fields, files = parse_form_data(environ, silent=False)
        found = {name: Field(value.encode(), "", None) for name, value in fields.items()}
        for name, file in files.items():
            found[name] = Field(file.read(), file.mimetype, file.filename)
            file.close()
        return found


Answering = Callable[[Request], bytes | Iterable[bytes]]
"""What a server says to a request: bytes, or pieces as they come; nothing at all: it closes the connection."""


def saying(status: int, body: bytes = b"", media_type: str = "text/plain", **headers: str) -> bytes:
    """Return an HTTP answer; `_` in a header's name is a hyphen."""
    more = {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    return f"HTTP/1.1 {status} Something\r\n{lines}\r\n".encode() + body


@dataclass
class Receiver:
    """A server that runs: the answers that it gives, one after the other and then the last again, and what it got."""

    answers: list[bytes | Answering]
    port: int
    context: ssl.SSLContext | None
    got: list[Request] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Where it is, by the name localhost."""
        return f"{'https' if self.context else 'http'}://localhost:{self.port}"

    def say(self, *answers: bytes | Answering) -> None:
        """Answer so from now on."""
        self.answers = list(answers)

    def keep_silent(self, _: Request) -> bytes:
        """Answer nothing as long as it runs."""
        self.stopping.wait(60)
        return b""

    def serve(self, listener: socket.socket) -> None:
        """Serve one connection after the other until the listener is shut down."""
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()  # an OSError once the listener is shut down
                with suppress(OSError, ValueError), connection:  # who speaks TLS here does not speak HTTP
                    connection.settimeout(30)
                    self._session(connection)

    def _session(self, plain: socket.socket) -> None:
        connection = self.context.wrap_socket(plain, server_side=True) if self.context else plain
        with connection, connection.makefile("rb") as stream:
            request = _read(stream)  # type: ignore[arg-type]
            self.got.append(request)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            said = answer if isinstance(answer, bytes) else answer(request)
            for piece in [said] if isinstance(said, bytes) else said:
                if self.stopping.is_set():
                    return
                connection.sendall(piece)


def _read(stream: BytesIO) -> Request:
    method, path, _ = stream.readline().decode("ascii").split(" ", 2)
    headers = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Request(method, path, headers, stream.read(int(headers["content-length"])))


@contextmanager
def receiving(*answers: bytes | Answering, context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Serve HTTP, or HTTPS with a context, on a free port of this machine while the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        receiver = Receiver(list(answers) or [saying(200)], listener.getsockname()[1], context)
        thread = threading.Thread(target=receiver.serve, args=[listener])
        thread.start()
        try:
            yield receiver
        finally:
            receiver.stopping.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(30)
