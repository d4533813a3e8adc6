"""Checks a package from outside: what Camtrap DP asks of its tables, and what it cannot ask: that times fit.

Beside `frictionless`, which knows none of the latter: this is what an analysis goes wrong with silently.
"""

import csv
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from ingest.errors import CamspoolError
from ingest.exports.cells import read_moment, value_fault
from ingest.exports.columns import TABLES, VERSION, Column
from ingest.exports.photos import FOLDER
from ingest.exports.taken import FLAG
from ingest.spool.names import one_line

MOST = 20
"""So many faults of one table are told; the rest would say the same."""
_CELL_MAX = 1 << 24
_NEEDED = ("contributors", "created", "profile", "project", "resources", "spatial", "taxonomic", "temporal")
_PROJECT = ("title", "samplingDesign", "captureMethod", "individualAnimals", "observationLevel")


def check_package(package: Path) -> Iterator[str]:
    """Yield a sentence for each fault of a package, a folder or a zip; none: it is whole and valid.

    Raise CamspoolError when it is no package, or one that was not finished.
    """
    with _opened(package) as files, closing(sqlite3.connect("")) as keys:
        keys.executescript(
            "CREATE TABLE keys (name TEXT, key TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID;"
            "CREATE TABLE spans (id TEXT PRIMARY KEY, since TEXT, until TEXT) WITHOUT ROWID;"
        )
        yield from _description_faults(files)
        for table in TABLES:
            yield from _first(_table_faults(files, table, keys), table)


class _Files:
    """The files of a package, in a folder or a zip."""

    def __init__(self, folder: Path | None, archive: zipfile.ZipFile | None) -> None:
        self._folder, self._archive = folder, archive

    def has(self, name: str) -> bool:
        """Say whether a file is there."""
        if self._archive:
            return name in self._archive.NameToInfo
        return self._folder is not None and (self._folder / name).is_file()

    def open(self, name: str) -> IO[str]:
        """Open a file as text. Raise CamspoolError when it is not there."""
        if not self.has(name):
            raise CamspoolError(f"{name} is missing: this is no package of Camtrap DP, or it was not finished.")
        if self._archive:
            return TextIOWrapper(self._archive.open(name), "utf-8", newline="")
        assert self._folder is not None  # noqa: S101 - one of the two is there
        return (self._folder / name).open(encoding="utf-8", newline="")


@contextmanager
def _opened(package: Path) -> Iterator[_Files]:
    if package.is_dir():
        yield _Files(package, None)
        return
    try:
        with zipfile.ZipFile(package) as archive:
            yield _Files(None, archive)
    except FileNotFoundError:
        raise CamspoolError(f"There is no package {package}.") from None
    except (zipfile.BadZipFile, EOFError) as error:
        raise CamspoolError(f"{package} is no whole zip ({error}): export it again.") from error


def _description_faults(files: _Files) -> Iterator[str]:
    with files.open("datapackage.json") as file:
        try:
            content = json.load(file)
        except ValueError as error:
            raise CamspoolError(f"datapackage.json is no JSON ({error}).") from error
    project = content.get("project") if isinstance(content.get("project"), dict) else {}
    yield from (f"datapackage.json: {key} is missing." for key in _NEEDED if key not in content)
    yield from (f"datapackage.json: project.{key} is missing." for key in _PROJECT if key not in project)
    if VERSION not in str(content.get("profile")):
        yield f"datapackage.json: profile is not that of Camtrap DP {VERSION}."
    names = [one.get("name") for one in content.get("resources", []) if isinstance(one, dict)]
    yield from (f"datapackage.json: the resource {table} is missing." for table in TABLES if table not in names)
    yield from (f"datapackage.json: the resource {one} stands twice." for one in set(names) if names.count(one) > 1)


def _first(faults: Iterator[str], table: str) -> Iterator[str]:
    for number, fault in enumerate(faults, 1):
        if number > MOST:
            yield f"{table}.csv: and more of the kind."
            return
        yield fault


def _table_faults(files: _Files, table: str, keys: sqlite3.Connection) -> Iterator[str]:
    columns = TABLES[table]
    csv.field_size_limit(_CELL_MAX)
    with files.open(f"{table}.csv") as file:
        rows = csv.reader(file)
        if (head := next(rows, [])) != [column.name for column in columns]:
            yield f"{table}.csv: the columns are {one_line(', '.join(head), 200)}; expected those of Camtrap DP."
            return
        for number, row in enumerate(rows, 2):
            where = f"{table}.csv, line {number}"
            if len(row) != len(columns):
                yield f"{where}: it has {len(row)} cells; expected {len(columns)}."
                continue
            values = dict(zip(head, row, strict=True))
            yield from (f"{where}: {fault}" for fault in _row_faults(columns, values, table, keys))
            yield from (f"{where}: {fault}" for fault in _fit_faults(table, values, keys, files))


def _row_faults(
    columns: Sequence[Column], values: dict[str, str], table: str, keys: sqlite3.Connection
) -> Iterator[str]:
    for column in columns:
        text = values[column.name]
        if text == "":
            if column.is_required:
                yield f"{column.name} is empty."
            continue
        if fault := value_fault(column, text):
            yield f"{column.name} is {one_line(text, 60)!r}; expected {fault}."
        if column.is_unique and not _enter(keys, table, text):
            yield f"{column.name} {one_line(text, 60)} stands twice."
        if column.refers_to and not _is_known(keys, column.refers_to, text):
            yield f"{column.name} {one_line(text, 60)} is none of {column.refers_to}.csv."


def _enter(keys: sqlite3.Connection, name: str, key: str) -> bool:
    return keys.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (name, key)).rowcount == 1


def _is_known(keys: sqlite3.Connection, name: str, key: str) -> bool:
    return keys.execute("SELECT 1 FROM keys WHERE name = ? AND key = ?", (name, key)).fetchone() is not None


def _fit_faults(table: str, values: dict[str, str], keys: sqlite3.Connection, files: _Files) -> Iterator[str]:
    """Yield what does not fit between the values of a row, and those of its deployment."""
    with suppress(ValueError, KeyError):
        if table == "deployments":
            since, until = (values[key] for key in ("deploymentStart", "deploymentEnd"))
            keys.execute("INSERT OR IGNORE INTO spans VALUES (?, ?, ?)", (values["deploymentID"], since, until))
            if read_moment(until) < read_moment(since):
                yield "deploymentEnd is before deploymentStart."
            return
        row = keys.execute("SELECT since, until FROM spans WHERE id = ?", (values["deploymentID"],)).fetchone()
        if row is None:
            return
        since_at, until_at = read_moment(row[0]), read_moment(row[1])
        if table == "media":
            is_inside = since_at <= read_moment(values["timestamp"]) <= until_at
            if not is_inside and FLAG not in values["mediaComments"]:
                yield "timestamp is outside the deployment, and mediaComments does not say so."
            if values["filePath"].startswith(f"{FOLDER}/") and not files.has(values["filePath"]):
                yield f"the photo {one_line(values['filePath'], 100)} is not in the package."
        elif (
            table == "failures"
            and not since_at <= read_moment(values["failureStart"]) <= read_moment(values["failureEnd"]) <= until_at
        ):
            yield "the failure is not within its deployment."
