"""The beginning of a file that waits for its rest, for the tests of this folder."""

from pathlib import Path

from ingest.spool.moves import set_aside
from ingest.spool.origin import Origin
from ingest.spool.partials import head_of
from ingest.spool.stamp import new_id
from ingest.spool.uploads import found_file


def put_partial(root: Path, path: bytes, content: bytes = b"the beginning") -> str:
    """Put the beginning of a file aside; return its id."""
    file = root / "uploads" / "cut"
    file.write_bytes(content)
    item_id, origin = new_id(), Origin(path, "ftps", new_id(), transfer="cut")
    set_aside(root, found_file(str(file), path, root), head_of(content), item_id, origin)
    return item_id
