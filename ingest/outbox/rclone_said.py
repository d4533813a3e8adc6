"""What rclone says, as sentences: its log in JSON lines, and which of them are about the store itself.

https://rclone.org/docs/#use-json-log: each line has `level`, `msg` and, where it is about a file, `object`.
"""

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ingest.spool.names import one_line

_SERIOUS = frozenset({"error", "critical", "alert", "emergency"})
_LAST_WORDS = "Failed to "
"""So begins the notice with which a command ends that could not do its work."""
_PUBLIC = frozenset(
    {"type", "provider", "endpoint", "region", "location_constraint", "host", "port", "url", "vendor", "remote", "acl"}
)
"""Keys of an rclone configuration whose values are no secrets; any other value is not shown."""
_SECRET_MIN = 4
_TROUBLES = (
    (r"didn't find section in config", "config_file does not have {store}."),
    (r"NoSuchBucket|bucket does not exist|ContainerNotFound", "the bucket is missing there; make it, or mend remote."),
    (r"InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|unable to authenticate", "it does not know the key."),
    (r"AccessDenied|Forbidden|StatusCode: 40[13]", "the key may not do that."),
    (r"permission denied", "this service has no right to do that."),
    (r"no space left|QuotaExceeded|InsufficientStorage|Insufficient Storage|disk quota|StatusCode: 507", "it is full."),
    (r"read-only file system|EROFS", "it cannot be written to."),
    (r"no such host|server misbehaving|name resolution", "its name cannot be resolved."),
    (r"x509|certificate|tls:", "its certificate is not to be trusted."),
    (
        r"connection refused|dial tcp|i/o timeout|connection reset|\bEOF\b|no route to host|network is unreachable"
        r"|deadline exceeded|StatusCode: 50[0-9]|SlowDown|StatusCode: 429",
        "it cannot be reached, or does not answer.",
    ),
)


@dataclass(frozen=True)
class Complaint:
    """An error that rclone reports, about an object or, where that is empty, about all of it."""

    object: str
    text: str


def complaints_in(log: bytes) -> tuple[Complaint, ...]:
    """Return the errors in a log. A line that is no JSON is one as well: rclone ends so when it cannot even begin."""
    found = []
    for line in log.decode("utf-8", "replace").splitlines():
        with suppress(ValueError, TypeError, AttributeError):
            said = json.loads(line)
            text = str(said.get("msg"))
            if said.get("level") in _SERIOUS or text.startswith(_LAST_WORDS):
                found.append(Complaint(str(said.get("object") or ""), text))
            continue
        if line.strip():
            found.append(Complaint("", line.strip()))
    return tuple(found)


def trouble_of(complaints: Iterable[Complaint], store: str) -> str | None:
    """Return in a sentence what is wrong with the store itself; None when no complaint says so."""
    texts = [complaint.text for complaint in complaints]
    for pattern, sentence in _TROUBLES:
        if text := next((text for text in texts if re.search(pattern, text, re.IGNORECASE)), None):
            return f"{store}: {sentence.format(store=store.partition(':')[0])} rclone: {one_line(text, 300)}"
    return None


def secrets_in(config: str) -> list[str]:
    """Return the values in an rclone configuration that nobody must read anywhere else, the longest first.

    >>> secrets_in("[store]\\ntype = s3\\nsecret_access_key = abcdef")
    ['abcdef']
    """
    pairs = (line.partition("=") for line in config.splitlines())
    values = {value.strip() for key, _, value in pairs if key.strip() not in _PUBLIC}
    return sorted((value for value in values if len(value) >= _SECRET_MIN), key=len, reverse=True)


def without(secrets: Sequence[str], text: str) -> str:
    """Return what was said with every secret blotted out."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
