"""The names under which cameras upload something when their Test button is pressed, with where that is known from.

They count for every account and beside every profile; a profile adds those of its own camera (`[connection_test]`).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownName:
    """One name, or a family of names, of a test upload: the last part of its path, whole and in any case."""

    pattern: str
    examples: tuple[str, ...]
    evidence: str


KNOWN_NAMES = (
    KnownName(
        r"test[-_ ]?ftp\.(?:txt|jpe?g)|ftp[-_ ]?test\.(?:txt|jpe?g)",
        ("testftp.txt", "FTPTest.txt", "ftp_test.jpg"),
        "FTP dialogues of cameras and recorders in public reports: testftp.txt and FTPTest.txt, empty or a few bytes",
    ),
    KnownName(
        r"test(?:file)?\.(?:txt|jpe?g)",
        ("test.jpg", "test.txt", "testfile.txt"),
        "Set-up dialogues of IP cameras in public reports: one picture or one line of text under a fixed name",
    ),
    KnownName(
        r"test-[0-9]{6}\.jpe?g",
        ("test-142233.jpg",),
        "github.com/motioneye-project/motioneye/issues/1339: cameras store HOST/YYYY-MM-DD/test-HHMMSS.jpg as a test",
    ),
    KnownName(
        r"DVRWorkDirectory",
        ("DVRWorkDirectory",),
        "Dahua and Amcrest; github.com/blakejarvis/homeassistant-video-viewer lists it among a camera's day folders",
    ),
)

_KNOWN = re.compile(
    rf"(?:^|/)(?:{'|'.join(known.pattern for known in KNOWN_NAMES)})(?:\.[0-9]{{1,9}})?\Z", re.IGNORECASE | re.ASCII
)


def is_known_test(path: str) -> bool:
    """Say whether an upload path ends in a name that cameras give to their test upload; servers may add `.1` to it.

    >>> is_known_test("cam1/FTPTest.txt"), is_known_test("test.jpg.1"), is_known_test("protest.jpg")
    (True, True, False)
    """
    return _KNOWN.search(path) is not None
