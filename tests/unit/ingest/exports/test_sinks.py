"""Folders and zips that are there when they are whole, and not before."""

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import CamspoolError
from ingest.exports.sinks import Sink, ZipSink, whole_folder, whole_zip, write_whole

Whole = Callable[[Path], AbstractContextManager[Any]]


def write(sink: Sink) -> None:
    with sink.table("a.csv") as one, sink.table("b.csv") as other:
        one.write("a\n")
        other.write("b\nGroße Eiche\n")
        for _ in sink.copy("media/oak/1.jpg", io.BytesIO(b"x" * 600_000)):
            one.write("row\n")
    sink.text("datapackage.json", "{}")


def test_a_folder_and_a_zip_hold_the_same(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "folder") as sink:
        write(sink)
    with whole_zip(tmp_path / "a.zip") as zipped:
        write(zipped)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    in_folder = {
        str(file.relative_to(tmp_path / "folder")): file.read_bytes()
        for file in (tmp_path / "folder").rglob("*")
        if file.is_file()
    }
    assert found == in_folder
    assert found["b.csv"] == "b\nGroße Eiche\n".encode() and len(found["media/oak/1.jpg"]) == 600_000
    assert archive.namelist()[-1] == "datapackage.json"


@pytest.mark.parametrize(("whole", "name"), [(whole_folder, "package"), (whole_zip, "package.zip")])
def test_what_is_broken_off_leaves_nothing(whole: Whole, name: str, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), whole(tmp_path / name) as sink:
        write(sink)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("whole", "name"), [(whole_folder, "package"), (whole_zip, "package.zip")])
def test_it_has_no_name_of_its_own_while_it_is_written(whole: Whole, name: str, tmp_path: Path) -> None:
    with whole(tmp_path / name) as sink:
        write(sink)
        (aside,) = tmp_path.iterdir()
        assert aside.name.startswith(f".{name}.unfinished-")
        if aside.is_file():
            assert not zipfile.is_zipfile(aside)
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(("whole", "name"), [(whole_folder, "package"), (whole_zip, "package.zip")])
def test_nothing_that_is_there_is_written_over(whole: Whole, name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(CamspoolError, match="exists already"), whole(tmp_path / name):
        pass
    (tmp_path / name).rmdir()
    with pytest.raises(CamspoolError, match="exists meanwhile"), whole(tmp_path / name):
        (tmp_path / name).write_text("mine")
    assert (tmp_path / name).read_text() == "mine" and len(list(tmp_path.iterdir())) == 1


def test_where_no_folder_is_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="no folder that you may write to"), whole_folder(tmp_path / "no" / "x"):
        pass


def test_a_zip_is_made_without_a_file_and_without_keeping_what_is_in_it(tmp_path: Path) -> None:
    stream = io.BytesIO()
    sink = ZipSink(stream, tmp_path)
    for number in range(300):
        for _ in sink.copy(f"media/{number}.jpg", io.BytesIO(b"jpg")):
            pass
    assert not zipfile.is_zipfile(io.BytesIO(stream.getvalue()))
    sink.close()
    with zipfile.ZipFile(stream) as archive:
        assert len(archive.namelist()) == 300 and archive.read("media/299.jpg") == b"jpg"
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_text_is_there_when_it_is_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", ["a\r\n", "Große\r\n"])
    assert (tmp_path / "a.csv").read_bytes() == "a\r\nGroße\r\n".encode()

    def broken() -> Any:
        yield "a"
        raise OSError

    with pytest.raises(OSError):
        write_whole(tmp_path / "b.csv", broken())
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
