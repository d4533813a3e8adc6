"""Where vsftpd and the files that start it lie, and what of it is missing here."""

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VSFTPD = Path("/usr/sbin/vsftpd")
LAUNCHER = FOLDER / "connection.sh"
INTAKE_CONF = FOLDER / "intake.conf"
OPENSSL_CONF = FOLDER / "openssl.cnf"
OPENSSL_OLD_TLS_CONF = FOLDER / "openssl-old-tls.cnf"
"""The bounds of TLS, without and with `ftps.old_tls`: vsftpd 3.0.3 has no options for them."""

_LIBRARIES = (Path("/usr/lib"), Path("/lib"))
_PAM_MODULE = "*/security/pam_pwdfile.so"


def missing_programs(vsftpd: Path = VSFTPD, libraries: Iterable[Path] = _LIBRARIES) -> tuple[str, ...]:
    """Return a sentence for each program without which no camera gets in; each says how to get it back."""
    missing = []
    if not (vsftpd.is_file() and os.access(vsftpd, os.X_OK)):
        missing.append(f"{vsftpd} is missing or cannot be run: apt install vsftpd.")
    if not any(module for folder in libraries for module in folder.glob(_PAM_MODULE)):
        missing.append("The PAM module pam_pwdfile.so is missing, so no log-in works: apt install libpam-pwdfile.")
    return tuple(missing)
