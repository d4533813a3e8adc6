"""Samples of cameras whose upload path says everything: IP cameras, and the Tactacam Reveal. Their photos have no EXIF.

A name that is not quite theirs belongs to a photo of another make, so that what it lacks is a profile and nothing else.
"""

from collections.abc import Iterator

from piexif import ImageIFD

from tests.samples.drawing import plain

Samples = Iterator[tuple[str, bytes]]
OTHERS = plain({"0th": {ImageIFD.Make: b"Oakfine", ImageIFD.Model: b"T9"}})


def axis() -> Samples:
    """Yield upload path and content; the account says whose they are."""
    yield "own-account/image26-04-30_15-46-07-12_1.jpg", plain()
    yield "own-account/second-of-its-name/image26-04-30_15-46-08-99_00017.jpg.1", plain()
    yield "own-account/impossible-date/image26-02-30_15-46-07-12_1.jpg", plain()
    yield "shared-account/image26-04-30_15-46-07-12_1.jpg", plain()
    yield "own-account/image_0001.jpg", OTHERS


def reolink() -> Samples:
    """Yield upload path and content."""
    yield "camera/2026/04/30/Gate North_00_20260430154607.jpg", plain()
    yield "2026/04/30/Camera BE_01_20260430154607.jpg", plain()
    yield "own-account/2026/04/30/Camera1_00_20260430154607.jpg", plain()
    yield "nameless/2026/04/30/!_00_20260430154607.jpg", plain()
    yield "impossible-time/2026/04/30/Gate North_00_20260430256161.jpg", plain()
    yield "other-day/2026/04/29/Gate North_00_20260430154607.jpg", OTHERS
    yield "no-day/Gate North_00_20260430154607.jpg", OTHERS


def hikvision() -> Samples:
    """Yield upload path and content."""
    yield "own-account/192.168.0.64_01_20260430154607123_MOTION_DETECTION.jpg", plain()
    yield "own-account/10.4.100.111_01_20260430154607383_TIMING.jpg", plain()
    yield "gate_733804851_20260430154607748_MOTION_DETECTION.jpg", plain()
    yield "address-only/192.168.0.64_01_20260430154608123_FACE_DETECTION.jpg", plain()
    yield "impossible-time/gate_733804851_20260430256161748_TIMING.jpg", plain()
    yield "no-event/192.168.0.64_01_20260430154607123.jpg", OTHERS


def dahua() -> Samples:
    """Yield upload path and content."""
    yield "4C01231PAG00A7/2026-04-30/001/jpg/15/46/07[M][0@0][0].jpg", plain()
    yield "IPC-HF8229F/3J030FCPAK00194/2026-04-30/001/jpg/15/46/07[R][0@0][1].jpg", plain()
    yield "Gate North/2026-04-30/001/jpg/15/46.08[M][0@0][0].jpg", plain()
    yield "2026-04-30/001/jpg/15/46/07[M][0@0][0].jpg", plain()
    yield "4C01231PAG00A7/2026-04-31/001/jpg/15/46/07[M][0@0][0].jpg", plain()
    yield "4C01231PAG00A7/2026-04-30/pic_001/15/46/07.jpg", OTHERS


def foscam() -> Samples:
    """Yield upload path and content."""
    yield "FI9800P_00626E5A1B2C/snap/MDAlarm_20260430-154607.jpg", plain()
    yield "cam1/FI9821W_C4D6553CA13C/snap/MDAlarm_20260430_154608.jpg", plain()
    yield "snap/MDAlarm_20260430-154607.jpg", plain()
    yield "FI9800P_00626E5A1B2C/snap/MDAlarm_20260431-154607.jpg", plain()
    yield "FI9800P_00626E5A1B2C/snap/Alarm_20260430.jpg", OTHERS


def tactacam() -> Samples:
    """Yield upload path and content; the second is a date that only one order can be."""
    yield "016719001060737-28-4-04122026143715-SYFW00012.JPG", plain()
    yield "016719001060737-58-3-04302026094914-SYFW00175.JPG", plain()
    yield "european-date/016719001060737-58-3-30042026094914-SYFW00175.JPG", plain()
    yield "no-id/58-3-04302026094914-SYFW00176.JPG", plain()
    yield "imei-check-digit/016719001060738-58-3-04302026094914-SYFW00177.JPG", plain()
    yield "number-only/SYFW00178.JPG", OTHERS
