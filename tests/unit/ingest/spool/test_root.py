import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.errors import CamspoolError
from ingest.spool.root import check_readable, prepare_incidents, prepare_outbox, prepare_spool


def test_a_missing_root_is_named(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="nowhere is not a folder"):
        prepare_spool(tmp_path / "nowhere")


def test_missing_folders_are_made(tmp_path: Path) -> None:
    prepare_spool(tmp_path)
    assert (tmp_path / "requests" / "done").is_dir()


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "incoming").write_text("")
    with pytest.raises(CamspoolError, match="incoming is not a folder"):
        prepare_spool(tmp_path)
    assert os.listdir(tmp_path) == ["incoming"]


def test_who_may_not_look_into_a_folder_is_told_so_and_not_that_it_is_empty() -> None:
    with TemporaryDirectory() as name:
        os.seteuid(65534)
        try:
            with pytest.raises(CamspoolError, match="cannot be read by user 65534; use sudo"):
                check_readable(Path(name))
        finally:
            os.seteuid(0)
        check_readable(Path(name))
        check_readable(Path(name) / "missing")


def test_the_outbox_alone_is_made_where_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="nowhere is not a folder"):
        prepare_outbox(tmp_path / "nowhere")
    prepare_outbox(tmp_path)
    prepare_outbox(tmp_path)
    assert os.listdir(tmp_path) == ["outbox"]
    (tmp_path / "outbox").rmdir()
    (tmp_path / "outbox").touch()
    with pytest.raises(CamspoolError, match="outbox is not a folder"):
        prepare_outbox(tmp_path)


def test_who_tells_people_what_is_wrong_needs_two_folders_only(tmp_path: Path) -> None:
    prepare_incidents(tmp_path)
    prepare_incidents(tmp_path)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["incidents", "outbox"]
    (tmp_path / "incidents").rmdir()
    (tmp_path / "incidents").touch()
    with pytest.raises(CamspoolError, match="incidents is not a folder"):
        prepare_incidents(tmp_path)
