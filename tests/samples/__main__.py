"""Writes every sample; their expected sidecars are written by `camspool profile test --write` and read by a person."""

from collections.abc import Iterator

from ingest.settings.values import SHIPPED_PROFILES
from tests.samples import canary, exif_cameras, instar, path_cameras, swift, willfine

_MAKERS = {
    "axis": path_cameras.axis,
    "bushnell": exif_cameras.bushnell,
    "canary": canary.samples,
    "cuddeback": exif_cameras.cuddeback,
    "dahua-amcrest": path_cameras.dahua,
    "foscam": path_cameras.foscam,
    "gopro": exif_cameras.gopro,
    "hikvision": path_cameras.hikvision,
    "instar": instar.samples,
    "reconyx": exif_cameras.reconyx,
    "reolink": path_cameras.reolink,
    "swift-enduro-4.0pcg-r": swift.samples,
    "tactacam-reveal": path_cameras.tactacam,
    "willfine-4.0t-cg": willfine.samples,
}


def all_samples() -> Iterator[tuple[str, str, bytes]]:
    """Yield profile, upload path and content of every sample."""
    for profile, samples in _MAKERS.items():
        for path, content in samples():
            yield profile, path, content


if __name__ == "__main__":
    for profile, path, content in all_samples():
        file = SHIPPED_PROFILES / profile / "samples" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
