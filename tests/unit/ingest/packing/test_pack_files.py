"""A sample pack as files: in a folder of its own, or in one zip."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.packing.pack_files import write_pack, zip_pack
from ingest.packing.sample_pack import SamplePack

PACK = SamplePack({"README.txt": b"x", "samples/a/b.JPG": b"photo"})


def test_a_zip_has_everything_in_one_folder_and_says_nothing_of_when_it_was_made() -> None:
    with zipfile.ZipFile(BytesIO(zip_pack(PACK, "acme"))) as archive:
        assert archive.namelist() == ["acme/README.txt", "acme/samples/a/b.JPG"]
        assert archive.read("acme/samples/a/b.JPG") == b"photo"
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_a_folder_gets_every_file_and_one_that_is_there_is_a_sentence(tmp_path: Path) -> None:
    write_pack(PACK, tmp_path / "acme")
    assert (tmp_path / "acme" / "samples" / "a" / "b.JPG").read_bytes() == b"photo"
    with pytest.raises(CamspoolError, match="cannot be written"):
        write_pack(PACK, tmp_path / "acme")
