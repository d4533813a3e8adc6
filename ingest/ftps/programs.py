"""Where vsftpd and the files that start it lie."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VSFTPD = Path("/usr/sbin/vsftpd")
LAUNCHER = FOLDER / "connection.sh"
OPENSSL_CONF = FOLDER / "openssl.cnf"
"""vsftpd 3.0.3 has no option against TLS 1.3; this file has."""
