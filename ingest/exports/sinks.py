"""Where a package goes: a new folder, or a zip that is written as it is sent. Neither is there before it is whole."""

import os
import pickle
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from ingest.errors import CamspoolError
from ingest.spool.durable import flush_file, flush_file_system, flush_folder, rename_new

_CHUNK_BYTES = 256 * 1024


class Sink(Protocol):
    """Takes the files of a package one after the other, the description last."""

    @contextmanager
    def table(self, name: str, is_alone: bool = False) -> Iterator[IO[str]]:
        """Yield what a table is written into; several may be open at the same time, but only one that is alone, while
        which no photo is taken."""

    def text(self, name: str, content: str) -> None:
        """Take a whole file."""

    def copy(self, name: str, original: IO[bytes]) -> Iterator[None]:
        """Take the bytes of a photo, and yield after each part."""


class FolderSink:
    """A folder, made under a hidden name beside its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def table(self, name: str, is_alone: bool = False) -> Iterator[IO[str]]:
        """Yield the file itself."""
        with (self._folder / name).open("w", encoding="utf-8", newline="") as file:
            yield file

    def text(self, name: str, content: str) -> None:
        """Write a whole file."""
        (self._folder / name).write_text(content, "utf-8")

    def copy(self, name: str, original: IO[bytes]) -> Iterator[None]:
        """Copy a photo."""
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as copy:
            while chunk := original.read(_CHUNK_BYTES):
                copy.write(chunk)
                yield


class ZipSink:
    """A zip, written into a stream that need not be a file: what is in it stands at its end, so a part of it is none.

    Tables wait in files without a name, in the folder `room`, until they are whole: a zip has one open entry at a time.
    """

    def __init__(self, stream: Any, room: Path) -> None:
        self._room = room
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        # zipfile keeps half a kilobyte of each entry until the end: a million photos would be half a gigabyte.
        self._entries = _Entries(room)
        self._zip.filelist, self._zip.NameToInfo = self._entries, {}  # type: ignore[assignment]

    @contextmanager
    def table(self, name: str, is_alone: bool = False) -> Iterator[IO[str]]:
        """Yield a file without a name, which becomes the entry when it is whole; for one that is alone the entry."""
        if is_alone:
            with self._zip.open(name, "w", force_zip64=True) as entry:
                yield TextIOWrapper(entry, "utf-8", newline="", write_through=True)
            return
        with TemporaryFile("w+", encoding="utf-8", newline="", dir=self._room) as file:
            yield file
            file.seek(0)
            with self._zip.open(name, "w", force_zip64=True) as entry:
                while part := file.read(_CHUNK_BYTES):
                    entry.write(part.encode())

    def text(self, name: str, content: str) -> None:
        """Write a whole entry."""
        self._zip.writestr(name, content)

    def copy(self, name: str, original: IO[bytes]) -> Iterator[None]:
        """Write a photo as it is: it cannot be made smaller."""
        with self._zip.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
            while chunk := original.read(_CHUNK_BYTES):
                entry.write(chunk)
                yield
        self._zip.NameToInfo.clear()

    def close(self) -> None:
        """Write the list of what is in it: only now it is a zip."""
        self._zip.close()
        self._entries.close()


class _Entries:
    """What is in a zip so far, as zipfile's own list of it, on the disk."""

    def __init__(self, room: Path) -> None:
        self._file = TemporaryFile(dir=room)  # noqa: SIM115 - it is closed with the zip
        self._size = 0

    def append(self, entry: zipfile.ZipInfo) -> None:
        """Take one entry more."""
        pickle.dump(entry, self._file)
        self._size += 1

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        for _ in range(self._size):
            yield pickle.load(self._file)  # noqa: S301 - nobody else can open this file

    def close(self) -> None:
        """Give the room back."""
        self._file.close()


@contextmanager
def whole_folder(folder: Path) -> Iterator[FolderSink]:
    """Yield a sink whose folder has its name when all is written. Raise CamspoolError where something has it already.

    What is broken off leaves nothing, or, where the machine was stopped, a hidden folder that says so in its name.
    """
    aside = _aside(folder)
    aside.mkdir()
    try:
        yield FolderSink(aside)
        flush_file_system(aside)
        _take_name(aside, folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


@contextmanager
def whole_zip(file: Path) -> Iterator[ZipSink]:
    """Yield a sink whose zip has its name when all is written. Raise CamspoolError as `whole_folder` does."""
    aside = _aside(file)
    try:
        with aside.open("xb") as stream:
            sink = ZipSink(stream, aside.parent)
            try:
                yield sink
            finally:
                sink.close()
        flush_file(aside)
        _take_name(aside, file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _aside(target: Path) -> Path:
    """Return a hidden name beside the target. Raise CamspoolError where nothing can be made there."""
    if target.exists():
        raise CamspoolError(f"{target} exists already; name something new.")
    if not os.access(target.parent, os.W_OK):
        raise CamspoolError(f"{target.parent} is no folder that you may write to; name something else.")
    return target.with_name(f".{target.name}.unfinished-{secrets.token_hex(4)}")


def _take_name(aside: Path, target: Path) -> None:
    try:
        rename_new(aside, target)
    except FileExistsError:
        raise CamspoolError(f"{target} exists meanwhile; name something new.") from None
    flush_folder(target.parent)


def write_whole(file: Path, lines: Iterable[str]) -> None:
    """Write a new file of text, which has its name when all is written. Raise CamspoolError as `whole_folder` does."""
    aside = _aside(file)
    try:
        with aside.open("x", encoding="utf-8", newline="") as stream:
            stream.writelines(lines)
        flush_file(aside)
        _take_name(aside, file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
