"""What connections leave on disk: vsftpd's log of them, and what they sent, with and without the intake."""

import os
from pathlib import Path

from ingest.spool.intake import INTAKE, TAKEN_MODE

_LOG_IN = [
    'CONNECT: Client "100.64.1.7"',
    'FTP command: Client "100.64.1.7", "USER camera"',
    '[camera] OK LOGIN: Client "100.64.1.7"',
]


def write_log(root: Path, connection: str, sizes: dict[str, int]) -> None:
    """Write what vsftpd logs of a connection in which files of these sizes, by path, were acknowledged."""
    stored = [
        line
        for path, size_bytes in sizes.items()
        for line in (
            f'[camera] FTP command: Client "100.64.1.7", "STOR {_masked(path)}"',
            f'[camera] OK UPLOAD: Client "100.64.1.7", "/{_masked(path)}", {size_bytes} bytes, 21.63Kbyte/sec',
        )
    ]
    stamp = "Wed Apr  1 12:00:01 2026 [pid 7503]"
    lines = [f"{stamp} {line}\n" for line in _LOG_IN + stored]
    (root / "connections" / f"{connection}.log").write_text("".join(lines), "ascii")


def _masked(path: str) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "?" for byte in path.encode())


def arrive(root: Path, connection: str, files: dict[str, bytes]) -> None:
    write_log(root, connection, {path: len(content) for path, content in files.items()})
    for path, content in files.items():
        target = root / "uploads" / connection / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def end_in_intake(root: Path, connection: str, ended: dict[str, tuple[str, bytes]]) -> None:
    """Leave what vsftpd leaves of a connection that is over: by how each transfer ended, its path and its content."""
    write_log(root, connection, {path: len(content) for path, content in ended.values()})
    intake = root / "uploads" / connection / INTAKE
    intake.mkdir(parents=True)
    for number, (transfer, (path, content)) in enumerate(ended.items()):
        file = intake / f"{transfer}~{number}~{path}"
        file.write_bytes(content)
        file.chmod(TAKEN_MODE)
        os.utime(file, (number, number))
