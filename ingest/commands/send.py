"""`camspool send`: uploads files like a camera, over real FTPS, and tells how each went."""

import argparse
import os
from pathlib import Path

from tabulate import tabulate

from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError, in_words
from ingest.ftps.own import own_host
from ingest.ftps.sender import FtpsServer, UploadError, upload
from ingest.settings.values import Settings

HELP = "upload like a camera, over real FTPS"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--to", metavar="PATH", help="upload path; ends with / for a folder, which is made")
    parser.add_argument("--implicit", action="store_true", help="implicit TLS instead of explicit")
    parser.add_argument("--host", help="default: the machine of the settings file")
    parser.add_argument("--port", type=int, help="default: the port of the settings file")
    parser.add_argument("--account", help="default: the account of the settings file")
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="default: CAMSPOOL_FTPS_PASSWORD, or settings"
    )
    parser.add_argument("--ca", type=Path, metavar="FILE", help="certificate to trust; without it any, as cameras do")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Upload each file over a connection of its own; exit 1 when one was not acknowledged."""
    server = server_from(arguments, settings)
    uploads = [(file, upload_path(file, arguments.to, len(arguments.files))) for file in arguments.files]
    rows = []
    failed = False
    for file, path in progress_bar(uploads, unit="file", leave=False):
        result = _send(server, file, path)
        failed = failed or result is not None
        rows.append((str(file), path, result or "sent"))
    print(tabulate(rows, ("file", "as", "result"), disable_numparse=True))
    return 1 if failed else 0


def upload_path(file: Path, to: str | None, count: int) -> str:
    """Return the path to upload a file as. Raise CamspoolError when several files would get one name.

    >>> upload_path(Path("a/b.jpg"), None, 1), upload_path(Path("b.jpg"), "INSTAR/x/", 2)
    ('b.jpg', 'INSTAR/x/b.jpg')
    """
    if to is None:
        return file.name
    if to.endswith("/"):
        return to + file.name
    if count > 1:
        raise CamspoolError(f"--to {to} is one name for {count} files; end it with / to name a folder.")
    return to


def server_from(arguments: argparse.Namespace, settings: Settings) -> FtpsServer:
    """Return the server to upload to: the options, and for what they leave open the settings."""
    ftps = settings.ftps
    return FtpsServer(
        host=arguments.host or own_host(ftps),
        port=arguments.port or (ftps.implicit_port if arguments.implicit else ftps.port),
        implicit=arguments.implicit,
        account=arguments.account or ftps.account,
        password=password_of(arguments.password_file, settings),
        ca=arguments.ca,
    )


def password_of(asked: Path | None, settings: Settings) -> str:
    """Return the FTPS password: from the file asked for, the environment, or the settings. Raise CamspoolError."""
    if asked is None and os.environ.get("CAMSPOOL_FTPS_PASSWORD"):
        return os.environ["CAMSPOOL_FTPS_PASSWORD"]
    file = asked or settings.admin.ftps_password_file
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CamspoolError(
            f"The FTPS password cannot be read from {file}: {in_words(error)}. Use --password-file."
        ) from error


def _send(server: FtpsServer, file: Path, path: str) -> str | None:
    """Return None when the file was acknowledged, else why not."""
    try:
        upload(server, os.fsencode(path), file.read_bytes())
    except UploadError as error:
        return str(error)
    except OSError as error:
        return f"{file} cannot be read: {error.strerror}"
    return None
