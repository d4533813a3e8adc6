"""`camspool`: finds the command, reads the settings, and turns what a person can mend into one sentence and exit 2."""

import argparse
import importlib
import os
import pkgutil
import sqlite3
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import ingest.commands
from ingest import VERSION
from ingest.errors import CamspoolError, in_words
from ingest.settings.file import load_settings
from ingest.spool.durable import DISK_TROUBLE
from ingest.upkeep.error_log import note_error

_NOT_COMMANDS = frozenset(
    {"main", "journal", "privileges", "progress", "given_files", "profile_packing", "profile_saving", "profile_testing"}
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words typed in one sentence; argparse's own form is two lines of syntax."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def command_names() -> list[str]:
    """Return the commands there are: the modules of `ingest.commands`, `_` written as `-`."""
    names = (name for _, name, _ in pkgutil.iter_modules(ingest.commands.__path__))
    return [name.replace("_", "-") for name in names if name not in _NOT_COMMANDS]


def build_parser(words: list[str]) -> argparse.ArgumentParser:
    """Return the parser for these words: only the command among them is imported, all for an overview."""
    parser = _Parser(prog="camspool", description="A gateway for camera traps.")
    parser.add_argument("--version", action="version", version=f"camspool {VERSION}")
    parser.add_argument("--root", type=Path, metavar="DIR", help="spool root (CAMSPOOL_ROOT)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (CAMSPOOL_CONFIG)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for name in [name for name in command_names() if name in words] or command_names():
        module = _module(name)
        module.add_arguments(commands.add_parser(name, help=module.HELP, description=module.HELP))
    return parser


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"ingest.commands.{name.replace('-', '_')}")


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    words = sys.argv[1:] if words is None else words
    arguments = build_parser(words).parse_args(words)
    root: Path | None = None
    try:
        settings = load_settings(*_root_and_config(arguments))
        root = settings.root
        status = int(_module(arguments.command).run(arguments, settings))
        print(end="", flush=True)  # here, where a failure has its sentence
        return status
    except CamspoolError as error:
        _tell(f"camspool: {error}\n")
        return 2
    except BrokenPipeError:
        _drop_unsaid()
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the end of every road: what it is decides what the user is told
        return _say_failure(error, arguments.command, root)


def _say_failure(error: Exception, command: str, root: Path | None) -> int:
    """Say what a failing machine does in one sentence; of anything else keep and print the traceback."""
    if isinstance(error, sqlite3.OperationalError) or (isinstance(error, OSError) and error.errno in DISK_TROUBLE):
        _drop_unsaid()
        sentence = f"the disk or the machine fails: {in_words(error)}. Nothing is lost; try again."
    else:
        told = traceback.format_exc()
        _tell(told)
        if root is not None:
            note_error(root, command, told)
        sentence = "this is a fault of Camspool. For a bug report, send the file that camspool report writes."
    _tell(f"camspool: {sentence}\n")
    return 1


def _tell(said: str) -> None:
    """Say it to whoever started the command; where even that cannot be written, the exit status is all that is left."""
    with suppress(OSError):
        print(said, file=sys.stderr, end="")


def _drop_unsaid() -> None:
    """Let go of what standard output cannot take: Python would try it again at the end, complain, and exit 120."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _root_and_config(arguments: argparse.Namespace) -> tuple[Path | None, Path | None]:
    return (
        _absolute(arguments.root or _from_environment("CAMSPOOL_ROOT")),
        _absolute(arguments.config or _from_environment("CAMSPOOL_CONFIG")),
    )


def _from_environment(name: str) -> Path | None:
    return Path(os.environ[name]) if os.environ.get(name) else None


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path else None
