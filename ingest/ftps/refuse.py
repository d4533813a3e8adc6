"""Says one sentence to whoever connects with implicit TLS and hangs up; connection.sh runs it, the connection is fd 0.

Uses the standard library only: it runs under the system's Python, outside Camspool's environment.
"""

import socket
import ssl
import sys

_PATIENCE_S = 10.0


def refuse(connection: socket.socket, certificate: str, key: str, sentence: str) -> None:
    """Finish the TLS handshake, send the FTP reply 421 with the sentence, and close."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    connection.settimeout(_PATIENCE_S)
    with context.wrap_socket(connection, server_side=True) as encrypted:
        encrypted.sendall(f"421 {sentence}\r\n".encode())


if __name__ == "__main__":
    try:
        refuse(socket.socket(fileno=0), *sys.argv[1:4])
    except OSError as error:
        sys.exit(f"camspool: the refusal did not reach the camera: {error}")
