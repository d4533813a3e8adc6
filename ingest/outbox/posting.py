"""One POST over HTTP, with limits on everything: the only code of the outbox that speaks HTTP itself.

No redirect is followed and no proxy asked: the photo goes where the settings say, and nowhere else.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from ingest import VERSION
from ingest.errors import in_words
from ingest.outbox.addresses import SocketAddress, addresses_of
from ingest.outbox.answers import TargetDownError
from ingest.outbox.time_limits import time_limit
from ingest.spool.names import one_line

REPLY_MAX_BYTES = 64 * 1024
CONNECT_S, ADDRESSES_MAX = 15.0, 4
"""How long each of a name's addresses is tried, and how many of them."""
SLOWEST_BYTES_S = 64 * 1024
"""What is sent has this much time beside that of its answer: a gateway in the field may have a slow line."""


@dataclass(frozen=True)
class Reach:
    """How a target is reached: which certificates are trusted (None: the host's), whether it may be an address inside
    the own network, and the longest time for one answer, once all is sent."""

    ca_file: Path | None
    private_too: bool
    seconds: float


@dataclass(frozen=True)
class Reply:
    """What was answered: status, headers by their names in small letters, and the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Part:
    """One part of a form: its name, its bytes, what they are, and the file name where it is one."""

    name: str
    content: bytes
    media_type: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class Body:
    """What is posted, and what it is."""

    content: bytes
    media_type: str = field(default="application/json")


def form(parts: list[Part], boundary: str) -> Body:
    """Return a form with files (RFC 7578). Names are ours or have passed `safe_name`; no content holds the boundary."""
    lines = []
    for part in parts:
        name = f'; filename="{part.file_name}"' if part.file_name else ""
        kind = f"\r\nContent-Type: {part.media_type}" if part.media_type else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"{name}{kind}\r\n\r\n'
        lines.append(head.encode() + part.content + b"\r\n")
    return Body(b"".join(lines) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}")


def post(url: str, headers: Mapping[str, str], body: Body, reach: Reach, method: str = "POST") -> Reply:
    """Post something and return the answer, whatever its status. Raise TargetDownError when there is none.

    `url` has passed the settings' check. Nothing of it but the host's name stands in a sentence: it may hold secrets.
    An answer that was cut off when its time was over is none.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    sock = _connected(host, addresses_of(host, port, private_too=reach.private_too), reach)
    limit_s = reach.seconds + len(body.content) / SLOWEST_BYTES_S
    sock.settimeout(limit_s)
    with sock, time_limit(sock, limit_s) as is_over:
        try:
            stream = _secured(sock, host, reach.ca_file) if parts.scheme == "https" else sock
            request = f"{method} {_target(parts)}"
            reply = _exchange(stream, _host_header(host, port, parts.scheme), request, headers, body)
        except (OSError, http.client.HTTPException) as error:
            is_late = is_over.is_set() or isinstance(error, TimeoutError)
            raise TargetDownError(_too_late(host, limit_s) if is_late else _said(host, error)) from error
        if is_over.is_set():
            raise TargetDownError(_too_late(host, limit_s))
        return reply


def _target(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _too_late(host: str, limit_s: float) -> str:
    return f"{host} took longer than {limit_s:.0f} seconds."


def _said(host: str, error: Exception) -> str:
    """Say why there is no answer, without Python's own form of it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {host} is not to be trusted: {error.verify_message.rstrip('.')}."
    if isinstance(error, ssl.SSLError):
        return f"{host} gave no answer over TLS: {(error.reason or 'it hung up').replace('_', ' ').lower()}."
    return f"{host} gave no answer: {one_line(in_words(error).strip()).rstrip('.') or type(error).__name__}."


def _connected(host: str, addresses: list[SocketAddress], reach: Reach) -> socket.socket:
    trouble: OSError | None = None
    for address in addresses[:ADDRESSES_MAX]:
        try:
            return socket.create_connection(address, min(CONNECT_S, reach.seconds))
        except OSError as error:
            trouble = error
    said = in_words(trouble) if trouble else "it has no address"
    raise TargetDownError(f"{host} cannot be reached: {said.rstrip('.')}.") from trouble


def _secured(sock: socket.socket, host: str, ca_file: Path | None) -> ssl.SSLSocket:
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise TargetDownError(f"ca_file cannot be read: {in_words(error)}.") from error
    return context.wrap_socket(sock, server_hostname=host)


def _host_header(host: str, port: int, scheme: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port == (443 if scheme == "https" else 80) else f"{shown}:{port}"


def _exchange(stream: socket.socket, host: str, request: str, headers: Mapping[str, str], body: Body) -> Reply:
    connection = http.client.HTTPConnection(host)
    connection.sock = stream
    try:
        method, _, path = request.partition(" ")
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        own = {"Host": host, "User-Agent": f"Camspool/{VERSION}", "Content-Type": body.media_type}
        more = {"Content-Length": str(len(body.content)), "Connection": "close"}
        for name, value in {**own, **more, **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        with suppress(ConnectionError, ssl.SSLEOFError):  # it may have answered before it had read everything
            connection.send(body.content)
        response = connection.getresponse()
        text = response.read(REPLY_MAX_BYTES).decode("utf-8", "replace")
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, text)
    finally:
        stream.close()
