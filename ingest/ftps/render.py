"""Renders the files that vsftpd and PAM read, from the templates beside this module: Ansible renders the same ones."""

import re
import subprocess
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ingest.errors import CamspoolError, in_words
from ingest.ftps.programs import FOLDER, VSFTPD
from ingest.settings.values import Ftps

# As Ansible sets it up, so that both render the same bytes.
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701 - vsftpd's options, not HTML
)


def render_vsftpd(ftps: Ftps, *, implicit: bool, vsftpd_version: tuple[int, ...]) -> str:
    """Return vsftpd's configuration for one port. Raise CamspoolError when a setting has more than one line."""
    settings = vars(ftps)
    for name, value in settings.items():
        if re.search(r"[\x00-\x1f]", str(value)):
            raise CamspoolError(f"ftps.{name} is {value!r}; expected text on one line.")
    template = _TEMPLATES.get_template("vsftpd.conf.j2")
    return template.render(**settings, implicit=implicit, vsftpd_version=list(vsftpd_version))


def render_pam(password_file: Path, camera_password_file: Path) -> str:
    """Return the PAM service that checks log-ins against the two password files, and against the `.old` of each."""
    template = _TEMPLATES.get_template("pam.j2")
    return template.render(password_file=str(password_file), camera_password_file=str(camera_password_file))


def installed_version() -> tuple[int, ...]:
    """Return the version of the installed vsftpd, such as (3, 0, 3). Raise CamspoolError when there is none."""
    try:
        # vsftpd writes its version to standard input, which is the connection when it runs for real.
        said = subprocess.run(
            ["sh", "-c", f"{VSFTPD} -v 0>&1"], capture_output=True, text=True, timeout=10, check=False
        ).stdout
    except OSError as error:
        raise CamspoolError(f"vsftpd cannot be started: {in_words(error)}.") from error
    return parse_version(said)


def parse_version(said: str) -> tuple[int, ...]:
    """Read what `vsftpd -v` says. Raise CamspoolError when it names no version.

    >>> parse_version("vsftpd: version 3.0.3")
    (3, 0, 3)
    """
    found = re.search(r"version (\d+(?:\.\d+)+)", said)
    if not found:
        raise CamspoolError(f"{VSFTPD} does not tell its version; install it: apt install vsftpd.")
    return tuple(int(part) for part in found[1].split("."))
