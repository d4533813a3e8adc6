"""What the gateway has of one camera."""

from ingest.exports.camera_facts import Shot


def test_how_late_a_photo_is() -> None:
    assert Shot(100, 160).lateness_s == 60
    assert Shot(160, 100).lateness_s == -60
    assert Shot(None, 160).lateness_s == 0
