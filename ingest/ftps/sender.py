"""Uploads like a camera: one FTPS connection, the folders on the way, one file: for `camspool send`, tests, canary."""

import ftplib
import io
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CamspoolError

_PATIENCE_S = 30.0


@dataclass(frozen=True)
class FtpsServer:
    """Where to upload, and as whom. `ca` is the certificate to trust; None: any, as cameras do, which check nothing."""

    host: str
    port: int
    implicit: bool
    account: str
    password: str
    ca: Path | None = None


class UploadError(CamspoolError):
    """The upload was not acknowledged; the text says why, in the server's words where it gave any."""


class Sender(ftplib.FTP_TLS):
    """What ftplib has, which knows explicit TLS only, with implicit TLS as well, and any bytes as names."""

    def __init__(self, server: FtpsServer, patience_s: float = _PATIENCE_S) -> None:
        super().__init__(context=_context(server), timeout=patience_s, encoding="latin-1")
        self.server = server
        try:
            self.connect(server.host, server.port, patience_s)
        except BaseException:
            self.close()
            raise

    def connect(  # type: ignore[override]
        self, host: str, port: int, timeout: float = _PATIENCE_S, source_address: None = None
    ) -> str:
        """Connect and return the server's greeting."""
        self.host, self.port = host, port
        connection = socket.create_connection((host, port), timeout)
        if self.server.implicit:
            connection = self.context.wrap_socket(connection, server_hostname=host)
        self.sock, self.af = connection, connection.family
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome

    def log_in(self) -> None:
        """Log in, encrypted, and ask for encrypted data connections."""
        if not self.server.implicit:
            self.auth()
        super(ftplib.FTP_TLS, self).login(self.server.account, self.server.password)
        self.prot_p()

    def store(self, path: bytes, content: bytes) -> None:
        """Make the folders of a path that are missing, and upload one file. Raise ftplib.Error or OSError."""
        *folders, name = path.strip(b"/").decode("latin-1").split("/")
        for depth in range(len(folders)):
            self._make_folder("/" + "/".join(folders[: depth + 1]))
        # storbinary shuts TLS down on the data connection before it closes: servers with strict_close need that.
        self.storbinary(f"STOR {'/'.join(['', *folders, name])}", io.BytesIO(content))

    def putline(self, line: str) -> None:
        """Send a command. NUL is let through: tests need every byte that a camera could send."""
        if "\r" in line or "\n" in line:
            raise ValueError("an FTP command cannot contain a line end")
        assert self.sock is not None  # noqa: S101 - connected since __init__
        self.sock.sendall(line.encode(self.encoding) + b"\r\n")

    def _make_folder(self, path: str) -> None:
        try:
            self.mkd(path)
        except ftplib.error_perm as error:
            # vsftpd says 550 for a folder that is there already; where it is not, STOR will fail and say so.
            if not str(error).startswith("550"):
                raise


def upload(server: FtpsServer, path: bytes | str, content: bytes) -> None:
    """Upload one file over a connection of its own; missing folders are made. Raise UploadError when it fails."""
    raw = path.encode() if isinstance(path, str) else path
    try:
        with Sender(server) as sender:
            sender.log_in()
            sender.store(raw, content)
    except (ftplib.Error, OSError, EOFError, ValueError) as error:
        raise UploadError(_sentence(server, error)) from error


def _sentence(server: FtpsServer, error: Exception) -> str:
    where = f"{server.host}:{server.port} ({'implicit' if server.implicit else 'explicit'} TLS)"
    if isinstance(error, EOFError):
        return f"{where} closed the connection without a word."
    return f"{where}: {str(error).strip() or type(error).__name__}"


def _context(server: FtpsServer) -> ssl.SSLContext:
    if server.ca:
        return ssl.create_default_context(cafile=str(server.ca))
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
