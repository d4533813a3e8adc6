"""Under which path `camspool send` uploads a file."""

from pathlib import Path

import pytest

from ingest.commands.send import upload_path
from ingest.errors import CamspoolError


@pytest.mark.parametrize(
    ("to", "count", "expected"),
    [(None, 1, "b.jpg"), (None, 3, "b.jpg"), ("c.jpg", 1, "c.jpg"), ("INSTAR/x/", 3, "INSTAR/x/b.jpg")],
)
def test_a_file_keeps_its_name_unless_one_is_given(to: str | None, count: int, expected: str) -> None:
    assert upload_path(Path("a/b.jpg"), to, count) == expected


def test_one_name_for_several_files_is_a_sentence() -> None:
    with pytest.raises(CamspoolError, match="one name for 2 files; end it with / to name a folder"):
        upload_path(Path("b.jpg"), "c.jpg", 2)
