"""The files that a person names for a try: also all in a folder, and items of the spool under the path they came by."""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes

from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError, in_words
from ingest.profiles.drafts import Given
from ingest.reading.exiftool import Exiftool
from ingest.reading.facts import with_makernotes
from ingest.settings.values import Settings
from ingest.spool.names import item_of_name, readable_path
from ingest.spool.sidecar import Sidecar, parse_sidecar
from ingest.spool.stamp import parse_utc
from ingest.trial import read_file, upload_path
from ingest.verdict.senders import is_own

AS_HELP = "upload path to pretend; FOLDER/ goes before the files' own names"
ACCOUNT_HELP = "FTPS account to pretend; default: that of an item of the spool, else none"
FILES_HELP = "photo or report, or a folder: then its files, whose paths below it are their upload paths"


@dataclass(frozen=True)
class GivenFile:
    """A file, the upload path it counts under, and how it came, where its sidecar or a person says so."""

    file: Path
    upload_path: bytes
    account: str | None = None
    arrived: datetime | None = None

    @property
    def path(self) -> str:
        """The upload path as text."""
        return readable_path(self.upload_path)


def add_given_arguments(parser: argparse.ArgumentParser) -> None:
    """Add FILE..., --as and --account."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=FILES_HELP)
    parser.add_argument("--as", dest="path", metavar="UPLOAD_PATH", help=AS_HELP)
    parser.add_argument("--account", metavar="NAME", help=ACCOUNT_HELP)


def given_files(arguments: argparse.Namespace) -> list[GivenFile]:
    """Return the files that were named, those of a folder in order of their paths. Raise CamspoolError without any."""
    names: list[Path] = arguments.files
    alone = len(names) == 1 and not names[0].is_dir()
    found = [one for name in names for one in _files_of(name, arguments.path, alone=alone)]
    if not found:
        raise CamspoolError(f"There is no file in {names[0]}.")
    return [replace(one, account=arguments.account) if arguments.account else one for one in found]


def _files_of(name: Path, wanted: str | None, *, alone: bool) -> Iterator[GivenFile]:
    if not name.is_dir():
        yield _given(name, upload_path(name, wanted, alone=alone), is_pretended=bool(wanted))
        return
    if wanted and not wanted.endswith("/"):
        raise CamspoolError(f"--as {wanted} would give several files one path; expected a folder, ending in /.")
    before = os.fsencode((wanted or "").lstrip("/"))
    for file in sorted(_below(name)):
        yield _given(file, before + os.fsencode(file.relative_to(name)), is_pretended=bool(wanted))


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and its folders, without the sidecars beside items."""
    try:
        for file in folder.rglob("*"):
            is_sidecar = file.suffix == ".json" and file.with_suffix("").is_file()
            if file.is_file() and not file.is_symlink() and not is_sidecar:
                yield file
    except OSError as error:
        raise CamspoolError(f"{folder} cannot be read: {in_words(error)}.") from error


def _given(file: Path, path: bytes, *, is_pretended: bool) -> GivenFile:
    """Return a file under this path; an item of the spool, whose name is ours, under that of its sidecar.

    Under a pretended path, or where its sidecar is not here, it only loses the id in its name.
    """
    folder, slash, name = path.rpartition(b"/")
    is_own_name = name == os.fsencode(file.name)
    named = folder + slash + os.fsencode(item_of_name(file.name)[1]) if is_own_name else path
    sidecar = _sidecar_of(file)
    if sidecar is None:
        return GivenFile(file, named)
    quoted = sidecar.upload_path_quoted
    own = unquote_to_bytes(quoted) if quoted else os.fsencode(sidecar.upload_path)
    return GivenFile(file, named if is_pretended else own, sidecar.account, parse_utc(sidecar.received_at))


def _sidecar_of(file: Path) -> Sidecar | None:
    try:
        return parse_sidecar(file.with_name(f"{file.name}.json").read_bytes())
    except (OSError, ValueError):
        return None


def read_given(files: Sequence[GivenFile], settings: Settings) -> list[Given]:
    """Read everything that the files say, MakerNotes too. Raise CamspoolError for one that cannot be read."""
    given = []
    with Exiftool() as exiftool:
        for one in progress_bar(files, unit="file"):
            facts = read_file(one.file, one.path, settings)
            if facts.unread is not None:
                facts = with_makernotes(facts, exiftool.read(facts.unread))
            given.append(Given(one.path, facts, one.account, is_own(one.account, settings), one.arrived))
    return given
