"""Speaks FTP and TLS as cameras do, line by line, for the table of dialogues."""

import re
import socket
import ssl
import warnings
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from ingest.ftps.sender import FtpsServer

Start = Literal["explicit", "implicit", "plain", "TLS at once", "plain on implicit"]
"""How a client begins: as it should on either port, without TLS, or as it should on the other port."""

_PATIENCE_S = 20.0
_NO_TLS = "no TLS"


@dataclass(frozen=True)
class Tls:
    """Which TLS a client knows: its oldest and newest version, its ciphers, and whether it checks certificates."""

    oldest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    ciphers: str = "DEFAULT"
    checks_certificate: bool = False

    def context(self) -> ssl.SSLContext:
        """Return it for Python's ssl."""
        context = ssl.create_default_context()
        if not self.checks_certificate:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        context.set_ciphers(self.ciphers)
        with warnings.catch_warnings():
            # Python warns of old TLS; the cameras that know nothing else do not.
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version, context.maximum_version = self.oldest, self.newest
        return context


@dataclass
class Client:
    """One camera on the line. `answers` are the reply codes of what it said after the log-in, or since the start."""

    server: FtpsServer
    tls: Tls
    content: bytes
    answers: list[str] = field(default_factory=list)
    _line: socket.socket = field(init=False)
    _replies: BinaryIO = field(init=False)
    _open: ExitStack = field(default_factory=ExitStack)
    _data: socket.socket | None = None
    _data_in_clear: bool = False

    def converse(self, start: Start, commands: tuple[str, ...]) -> None:
        """Connect, begin as `start` says, give the commands and hang up."""
        with self._open:
            self._line = self._open.enter_context(
                socket.create_connection((self.server.host, self.server.port), _PATIENCE_S)
            )
            self._replies = self._open.enter_context(self._line.makefile("rb"))
            if start in ("explicit", "plain"):
                self._reply()
            if start == "explicit":
                self._line.sendall(b"AUTH TLS\r\n")
                self._reply()
            if start in ("explicit", "implicit", "TLS at once") and not self._encrypt():
                self.answers.append(_NO_TLS)
                return
            if start in ("explicit", "implicit"):
                self._log_in(start == "implicit")
            for command in commands:
                self._say(command)

    def _encrypt(self) -> bool:
        try:
            self._line = self._in_tls(self._line)
        except ssl.SSLError:
            return False
        self._replies = self._open.enter_context(self._line.makefile("rb"))
        return True

    def _in_tls(self, line: socket.socket) -> ssl.SSLSocket:
        return self._open.enter_context(self.tls.context().wrap_socket(line, server_hostname=self.server.host))

    def _log_in(self, is_greeted_now: bool) -> None:
        if is_greeted_now:
            self._reply()
        for command in (f"USER {self.server.account}", f"PASS {self.server.password}", "PBSZ 0", "PROT P"):
            self._line.sendall(f"{command}\r\n".encode())
            self._reply()

    def _say(self, command: str) -> None:
        """Give one command. "PASV" opens the data connection; "PASV!" opens it from another address.

        "leave" hangs up without waiting for a reply, and "in clear" sends the next file without TLS.
        """
        match command:
            case "in clear":
                self._data_in_clear = True
            case "leave":
                self._line.close()
            case _:
                self._line.sendall(command.rstrip("!").encode() + b"\r\n")
                reply = self._reply()
                self.answers.append(reply[:3] or "-")
                if reply.startswith("227"):
                    self._open_data(reply, "127.0.0.2" if command.endswith("!") else "127.0.0.1")
                elif reply.startswith("150"):
                    self._send()

    def _open_data(self, reply: str, source: str) -> None:
        high, low = re.findall(r"\d+", reply)[-2:]
        place = (self.server.host, int(high) * 256 + int(low))
        self._data = self._open.enter_context(socket.create_connection(place, _PATIENCE_S, source_address=(source, 0)))

    def _send(self) -> None:
        assert self._data, "a camera sends PASV before STOR"
        if not self._data_in_clear:
            self._data = self._in_tls(self._data)
        self._data.sendall(self.content)
        if isinstance(self._data, ssl.SSLSocket):
            self._open.enter_context(self._data.unwrap()).close()
        self._data.close()
        self.answers.append(self._reply()[:3] or "-")

    def _reply(self) -> str:
        """Return the last line of a reply, "" when the gateway hung up."""
        try:
            line = self._replies.readline()
            while line[3:4] == b"-" or line[:1] == b" ":
                line = self._replies.readline()
        except OSError:
            return ""
        return line.decode("ascii", "replace").rstrip()
