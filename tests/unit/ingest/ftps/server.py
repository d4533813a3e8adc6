"""A small FTPS server of the tests' own, which keeps what it is told and answers as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

PASSWORD = "a password"
_REPLIES = {
    "USER": "331 Password?",
    "PASS": "230 Welcome.",
    "PBSZ": "200 Fine.",
    "PROT": "200 Fine.",
    "TYPE": "200 Fine.",
    "MKD": "257 Made.",
    "STOR": "150 Go on.",
    "QUIT": "221 Goodbye.",
}
HANG_UP = ""
"""A reply that is none: the server closes the connection."""


@dataclass(frozen=True)
class Tls:
    """A self-signed certificate of this machine, and its key."""

    certificate: Path
    key: Path


@dataclass
class Server:
    """What a server heard: each command and whether it came encrypted; `receive` gets each file's path and content."""

    context: ssl.SSLContext
    implicit: bool
    receive: Callable[[bytes, bytes], None]
    replies: Mapping[str, str]
    port: int = 0
    commands: list[tuple[bool, bytes]] = field(default_factory=list)
    _passive: socket.socket = field(default_factory=socket.socket)

    @property
    def heard(self) -> list[bytes]:
        """The commands alone."""
        return [command for _, command in self.commands]

    def serve(self, listener: socket.socket) -> None:
        """Serve one connection after the other until the listener is shut down."""
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()  # an OSError once the listener is shut down
                with suppress(OSError), connection:
                    self._session(connection)
                self._passive.close()

    def close(self) -> None:
        """Give back what the last session left open."""
        self._passive.close()

    def _session(self, connection: socket.socket) -> None:
        if self.implicit:
            connection = self.context.wrap_socket(connection, server_side=True)
        connection.sendall(b"220 Hello.\r\n")
        lines = connection.makefile("rb")
        while line := lines.readline():
            encrypted = isinstance(connection, ssl.SSLSocket)
            self.commands.append((encrypted, line.removesuffix(b"\r\n")))
            verb = line.split()[0].decode("ascii")
            if verb == "AUTH":
                connection.sendall(b"234 Do.\r\n")
                connection = self.context.wrap_socket(connection, server_side=True)
                lines = connection.makefile("rb")
            elif not self._answer(connection, verb, line):
                break
        connection.close()

    def _answer(self, connection: socket.socket, verb: str, line: bytes) -> bool:
        if verb == "PASV" and verb not in self.replies:
            self._passive.close()
            self._passive = socket.create_server(("127.0.0.1", 0))
            high, low = divmod(self._passive.getsockname()[1], 256)
            connection.sendall(f"227 Here (127,0,0,1,{high},{low}).\r\n".encode())
            return True
        reply = self.replies[verb] if verb in self.replies else _REPLIES[verb]
        connection.sendall(f"{reply}\r\n".encode() if reply else b"")
        if verb == "STOR" and reply.startswith("150"):
            self._store(line.removesuffix(b"\r\n").partition(b" ")[2])
            connection.sendall(b"226 Stored.\r\n")
        return reply != HANG_UP and verb != "QUIT"

    def _store(self, path: bytes) -> None:
        plain, _ = self._passive.accept()
        with self.context.wrap_socket(plain, server_side=True) as data:
            stream: BinaryIO = data.makefile("rb")
            content = stream.read()
            data.unwrap().close()
        self.receive(path, content)


@contextmanager
def serving(
    tls: Tls,
    *,
    implicit: bool = False,
    receive: Callable[[bytes, bytes], None] = lambda path, content: None,
    replies: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve FTPS on a free port of this machine while the block lasts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls.certificate, tls.key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(context, implicit, receive, replies or {}, listener.getsockname()[1])
        thread = threading.Thread(target=server.serve, args=[listener])
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(30)
            server.close()
