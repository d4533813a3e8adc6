"""The one checking function for every name a stranger gave: upload paths, camera IDs, item ids become safe here."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, unquote_to_bytes

from ingest.spool.stamp import ID_PATTERN, is_id

LOCAL = "local"
"""The connection of a file that a person put into incoming/ by hand."""

NAME_MAX_BYTES = 255
"""Longest file name that Linux file systems take (NAME_MAX)."""

CAMERA_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_SAFE_NAME_MAX_BYTES = 100
_PATH_MAX_BYTES = 8192
"""A stranger can make folders in folders for hours; whatever says where the photo came from stays readable."""
_LEFT_OUT = b"/.../"
_ELSEWHERE = "%"
"""Stands where a quoted path would be too long: the path is in the item's origin file instead."""
_SHOWN_BYTE = re.compile(r"\\x[0-9a-f]{2}")
_COMPANION = re.compile(r"(?P<id>[^~]+)~(?P<kind>origin|sidecar|copy)")


@dataclass(frozen=True)
class IncomingName:
    """What the file name of an item in incoming/ says. `upload_path` is None when it is in the origin file."""

    id: str
    connection: str
    upload_path: bytes | None


def incoming_name(item_id: str, connection: str, upload_path: bytes) -> str:
    """Return the item's file name in incoming/.

    >>> incoming_name("20251205T154647.120034Z-4f2a", "local", b"INSTAR/a b.jpg")
    '20251205T154647.120034Z-4f2a~local~INSTAR%2Fa%20b.jpg'
    """
    name = f"{item_id}~{connection}~{quote_path(upload_path)}"
    return name if len(name) <= NAME_MAX_BYTES else f"{item_id}~{connection}~{_ELSEWHERE}"


def parse_incoming_name(name: str) -> IncomingName | None:
    """Read an item's file name; None when it is not one of ours (a person put the file there).

    >>> parse_incoming_name("20251205T154647.120034Z-4f2a~local~INSTAR%2Fa%20b.jpg").upload_path
    b'INSTAR/a b.jpg'
    >>> parse_incoming_name("photo.jpg")
    """
    item_id, first, rest = name.partition("~")
    connection, second, quoted = rest.partition("~")
    if not (first and second and is_id(item_id) and (connection == LOCAL or is_id(connection))):
        return None
    if not quoted or not quoted.isascii():
        return None
    if quoted == _ELSEWHERE:
        return IncomingName(item_id, connection, None)
    upload_path = unquote_to_bytes(quoted)
    if quote_path(upload_path) != quoted:
        return None
    return IncomingName(item_id, connection, upload_path)


def origin_name(item_id: str) -> str:
    """Return the name, in incoming/, of the file that holds what an item's own name cannot."""
    return f"{item_id}~origin"


def aside_name(item_id: str) -> str:
    """Return the name, in incoming/, of the sidecar that was written aside for an item."""
    return f"{item_id}~sidecar"


def copy_name(item_id: str) -> str:
    """Return the name, in incoming/, of the file that an item's bytes are written into anew."""
    return f"{item_id}~copy"


def parse_companion(name: str) -> tuple[str, str] | None:
    """Return the item id and the kind (`origin`, `sidecar`, `copy`) of a file beside an item in incoming/."""
    found = _COMPANION.fullmatch(name)
    return (found["id"], found["kind"]) if found and is_id(found["id"]) else None


def quote_path(upload_path: bytes) -> str:
    """Percent-encode every byte but ASCII letters, digits, `.`, `_` and `-`."""
    return quote_from_bytes(upload_path, safe="").replace("~", "%7E")


def kept_path(upload_path: bytes) -> bytes:
    """Return an upload path as it is kept: one of more than 8 KiB without its middle, where `/.../` stands.

    >>> len(kept_path(b"d/" * 4000)), len(kept_path(b"d/" * 100_000 + b"a.jpg"))
    (8000, 8192)
    """
    if len(upload_path) <= _PATH_MAX_BYTES:
        return upload_path
    half = (_PATH_MAX_BYTES - len(_LEFT_OUT)) // 2
    return upload_path[:half] + _LEFT_OUT + upload_path[half + len(_LEFT_OUT) - _PATH_MAX_BYTES :]


def readable_path(upload_path: bytes) -> str:
    r"""Return the path as text for people and patterns; bytes that are not UTF-8 become `\xNN`."""
    return upload_path.decode("utf-8", "backslashreplace")


def safe_name(path: str) -> str:
    """Return the last part of an upload path (text) as a harmless file name of 1 to 100 bytes.

    It never ends in `.json`, so that every `.json` beside items is a sidecar.

    >>> safe_name("INSTAR/-A 1.jpg"), safe_name("a.json"), safe_name("x" * 300 + ".JPG")[-6:]
    ('-A_1.jpg', 'a.json_', 'xx.JPG')
    """
    name = _UNSAFE.sub("_", path.rpartition("/")[2]) or "_"
    if name.lower().endswith(".json"):
        name += "_"
    if len(name) <= _SAFE_NAME_MAX_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 8:
        return name[:_SAFE_NAME_MAX_BYTES]
    return f"{stem[: _SAFE_NAME_MAX_BYTES - len(suffix) - 1]}.{suffix}"


def item_of_name(name: str) -> tuple[str | None, str]:
    """Split the name of an item's file, which is ours, into its id and what its camera called it; others have no id.

    >>> item_of_name("20251205T154647.120034Z-4f2a-E1000159.JPG"), item_of_name("E1000159.JPG")
    (('20251205T154647.120034Z-4f2a', 'E1000159.JPG'), (None, 'E1000159.JPG'))
    """
    found = ID_PATTERN.match(name)
    if not found or not is_id(found[0]) or not name[found.end() :].startswith("-") or len(name) <= found.end() + 1:
        return None, name
    return found[0], name[found.end() + 1 :]


def is_camera_id(text: str) -> bool:
    """Say whether a camera ID may become a folder name.

    >>> is_camera_id("861943070068027"), is_camera_id("../x"), is_camera_id(".hidden")
    (True, False, False)
    """
    return CAMERA_ID.fullmatch(text) is not None


def one_line(text: str, limit: int = 200) -> str:
    """Return a stranger's text fit for a log line or a terminal: printable, on one line, cut with an ellipsis."""
    if len(text) <= limit and text.isprintable():
        return text
    shown = "".join(character if character.isprintable() else "�" for character in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def logged_path(name: str) -> str:
    r"""Return the comparable form of a path: below the connection's folder, `?` for what vsftpd does not print.

    >>> logged_path("/INSTAR/./a\x1b.jpg"), logged_path("grün.jpg"), logged_path("gr\\xfcn.jpg")
    ('INSTAR/a?.jpg', 'gr??n.jpg', 'gr?n.jpg')
    """
    return masked(name.encode("utf-8", "surrogateescape"))


def masked(path: bytes) -> str:
    """Write every byte that is not printable ASCII as `?`, as vsftpd's log does, and so our own form of such bytes."""
    shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "?" for byte in path)
    return posixpath.normpath("/" + _SHOWN_BYTE.sub("?", shown)).lstrip("/")
