"""`camspool admin-password`: gives an admin of the web pages a password, or takes the admin away."""

import argparse
import getpass
import os
import secrets
import sys

from argon2 import PasswordHasher

from ingest.errors import CamspoolError
from ingest.settings.values import Settings
from ingest.spool.durable import replace_file
from ingest.spool.people import PASSWORD_LEAST, is_name

HELP = "give an admin of the web pages a password"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the name and what to do."""
    parser.add_argument("name", help="the admin's name")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--generate", action="store_true", help="make a password and print it")
    how.add_argument("--stdin", action="store_true", help="read the password from standard input")
    how.add_argument("--remove", action="store_true", help="take the admin away")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the password file. Sessions that the former password opened end with it."""
    if not is_name(arguments.name):
        raise CamspoolError(f"{arguments.name!r} cannot be a name: use letters, digits and . _ @ - only.")
    if arguments.remove:
        _write(settings, arguments.name, None)
        print(f"{arguments.name} is no admin any more.")
        return 0
    password = _password(arguments)
    if len(password) < PASSWORD_LEAST:
        raise CamspoolError(f"That password is too short: use {PASSWORD_LEAST} characters or more.")
    _write(settings, arguments.name, PasswordHasher().hash(password))
    print(
        f"Password of {arguments.name}: {password}" if arguments.generate else f"{arguments.name} has a new password."
    )
    return 0


def _password(arguments: argparse.Namespace) -> str:
    if arguments.generate:
        return secrets.token_urlsafe(15)
    if arguments.stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("New password: ")
    if password != getpass.getpass("Again: "):
        raise CamspoolError("The two passwords differ. Nothing was changed.")
    return password


def _write(settings: Settings, name: str, password_hash: str | None) -> None:
    """Replace the admin's line, or take it away; the file keeps its owner and rights."""
    file = settings.admin.password_file
    try:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        kept = [line for line in lines if line.partition(":")[0] != name]
        if password_hash is None and len(kept) == len(lines):
            raise CamspoolError(f"There is no admin {name} in {file}.")
        status = file.stat() if file.exists() else None
        added = [f"{name}:{password_hash}"] if password_hash else []
        replace_file(file, "".join(f"{line}\n" for line in [*kept, *added]).encode())
        file.chmod(status.st_mode & 0o777 if status else 0o600)
        if status:
            os.chown(file, status.st_uid, status.st_gid)
    except OSError as error:
        raise CamspoolError(f"The password file {file} cannot be written: {error.strerror}.") from error
