"""What the demo's cameras send, and which verdict each file must get. Every run makes other files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import piexif

from ingest.simulation.photos import (
    instar_path,
    photo,
    plain_photo,
    simulated_imei,
    swift_name,
    swift_photo,
    willfine_exif,
    willfine_name,
    willfine_photo,
)
from ingest.simulation.reports import swift_report, swift_report_name, willfine_report, willfine_report_name
from ingest.vocabulary import Reason, WarningCode

WILLFINES = [simulated_imei(number) for number in (6802, 6810, 6811)]
SWIFT = "868020035314870"
INSTAR_AT = (52.02368, 12.98290)


@dataclass(frozen=True)
class Shipment:
    """One file of a simulated camera. `reason` None: it must be accepted, as `camera_id`, with these warnings."""

    sender: str
    path: str
    content: bytes
    implicit: bool
    camera_id: str | None = None
    reason: Reason | None = None
    warnings: Sequence[WarningCode] = field(default_factory=tuple)

    @property
    def expected(self) -> str:
        """The verdict it must get, as the table shows it."""
        return f"rejected: {self.reason}" if self.reason else " + ".join(["accepted", *self.warnings])


def shipments(now: datetime, zone: ZoneInfo) -> list[Shipment]:
    """Return the files of all simulated cameras, whose clocks are right for their zone."""
    seed = int(now.timestamp() * 1000) % 2**31
    # Counted back before it becomes local: the hour that daylight saving leaves out is on no camera's clock.
    taken = (now - timedelta(minutes=2)).astimezone(zone).replace(tzinfo=None, microsecond=0)
    photos = [*_willfines(taken, seed), *_swift(taken, seed), *_instar(taken, seed)]
    return [*photos, *_reports(taken), *_troubled(taken, seed), _again(photos[0])]


def _willfines(taken: datetime, seed: int) -> list[Shipment]:
    """Three cameras whose counters stand at the same number: their photos have one name."""
    return [
        Shipment(
            "Willfine 4.0T CG",
            willfine_name(159),
            willfine_photo(imei, taken, 52.098767 + number / 100, 5.125342, seed=seed + number),
            implicit=bool(number % 2),
            camera_id=imei,
        )
        for number, imei in enumerate(WILLFINES)
    ]


def _swift(taken: datetime, seed: int) -> list[Shipment]:
    name = swift_name(SWIFT, taken, 67, "WBC398")
    content = swift_photo(taken, 52.10411, 5.06218, seed=seed + 10)
    return [Shipment("Swift Enduro 4.0PCG-R", name, content, implicit=True, camera_id=SWIFT)]


def _instar(taken: datetime, seed: int) -> list[Shipment]:
    path = instar_path(*INSTAR_AT, taken)
    folder = path.rpartition("/")[0]
    camera_id = folder.rpartition("/")[2]
    clip = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + seed.to_bytes(4, "big") * 500
    return [
        Shipment("INSTAR", path, plain_photo(seed=seed + 20), implicit=False, camera_id=camera_id),
        Shipment("INSTAR, a clip", path[:-4] + "mp4", clip, implicit=False, reason="unsupported_file_type"),
        Shipment(
            "INSTAR, Test button",
            f"{folder}/Test-Snapshot.jpeg",
            plain_photo(seed=seed + 21),
            implicit=False,
            reason="connection_test",
        ),
    ]


def _reports(taken: datetime) -> list[Shipment]:
    imei = WILLFINES[0]
    willfine, swift = willfine_report(imei, taken), swift_report(SWIFT, taken)
    return [
        Shipment("Willfine, report", willfine_report_name(imei, taken), willfine, implicit=False, camera_id=imei),
        Shipment("Swift, report", swift_report_name(SWIFT, taken), swift, implicit=True, camera_id=SWIFT),
    ]


def _troubled(taken: datetime, seed: int) -> list[Shipment]:
    imei = WILLFINES[1]
    whole = willfine_photo(imei, taken, 52.1, 5.1, seed=seed + 30)
    nowhere = willfine_photo(imei, taken, None, None, seed=seed + 31)
    stranger = willfine_exif(imei, taken, 52.1, 5.1)
    stranger["0th"] |= {piexif.ImageIFD.Make: b"Acme", piexif.ImageIFD.Model: b"Trail 1"}
    not_a_photo = b"\x89PNG\r\n\x1a\n" + seed.to_bytes(4, "big") * 500
    return [
        Shipment(
            "Willfine, cut short",
            willfine_name(160),
            whole[: len(whole) * 6 // 10],
            implicit=False,
            camera_id=imei,
            warnings=("truncated",),
        ),
        Shipment("Willfine, no GPS", willfine_name(161), nowhere, implicit=True, reason="missing_location"),
        Shipment("PNG named .JPG", willfine_name(162), not_a_photo, implicit=False, reason="not_a_jpeg"),
        Shipment(
            "an unknown camera type",
            "IMG_0001.JPG",
            photo(stranger, seed=seed + 32),
            implicit=True,
            reason="no_matching_profile",
        ),
        Shipment(
            "a photo from an app",
            swift_name(SWIFT, taken, 68),
            plain_photo(seed=seed + 33),
            implicit=False,
            reason="no_metadata",
        ),
        Shipment(
            "a mangled report",
            "report.txt",
            b"\x00\x01 nothing " + str(seed).encode(),
            False,
            reason="unparsable_report",
        ),
    ]


def _again(first: Shipment) -> Shipment:
    """The first photo once more: the camera did not hear that it had arrived."""
    return Shipment("Willfine, once more", first.path, first.content, implicit=True, reason="duplicate")
