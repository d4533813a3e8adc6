"""Where vsftpd and the files that start it lie."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VSFTPD = Path("/usr/sbin/vsftpd")
LAUNCHER = FOLDER / "connection.sh"
INTAKE_CONF = FOLDER / "intake.conf"
OPENSSL_CONF = FOLDER / "openssl.cnf"
OPENSSL_OLD_TLS_CONF = FOLDER / "openssl-old-tls.cnf"
"""The bounds of TLS, without and with `ftps.old_tls`: vsftpd 3.0.3 has no options for them."""
