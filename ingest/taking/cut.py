"""What becomes of an upload whose transfer broke off: its content decides."""

import os
from pathlib import Path

from ingest.reading.jpeg import START, read_structure
from ingest.spool.moves import drop_partial, drop_upload, set_aside
from ingest.spool.origin import Origin
from ingest.spool.partials import beginnings_of, head_of, is_beginning, origin_beside
from ingest.spool.stamp import new_id
from ingest.spool.uploads import Upload

CUT_MAX_BYTES = 32 * 1024 * 1024
"""Larger ones can never be accepted: they get their verdict as they are."""


def waits_for_the_whole(root: Path, upload: Upload, origin: Origin) -> bool:
    """Put a cut upload aside in partial/, and say so; False for a photo that is whole all the same, or too large.

    Of two cuts of one file the longer one is kept; those that were acknowledged are all kept, each for its own outcome.
    Raise FileNotFoundError when it is gone.
    """
    content = _content(upload)
    if len(content) > CUT_MAX_BYTES or is_whole_photo(content):
        return False
    if origin.transfer == "cut" and is_beginning(root, content):
        drop_upload(upload)
        return True
    shorter = [one for one in beginnings_of(root, content) if origin_beside(root, one).transfer == "cut"]
    set_aside(root, upload, head_of(content), new_id(), origin)
    for one in shorter:
        drop_partial(root, one.id, one.head)
    return True


def is_whole_photo(content: bytes) -> bool:
    """Say whether content is a JPEG up to its end-of-image: many clients send all of a file and then hang up badly."""
    return content.startswith(START) and read_structure(content).complete


def _content(upload: Upload) -> bytes:
    descriptor = os.open(upload.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=upload.folder)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(CUT_MAX_BYTES + 1)
