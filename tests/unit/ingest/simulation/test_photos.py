"""Simulated cameras: what they send is what real ones send, and no two files are the same."""

from datetime import datetime
from time import process_time

from ingest.simulation.photos import plain_photo, simulated_imei, swift_name, swift_photo, willfine_name, willfine_photo
from tests.samples.judging import judge

WHEN = datetime(2026, 4, 30, 15, 46, 7)  # noqa: DTZ001 - a camera's clock has no zone


def test_every_camera_is_recognised() -> None:
    imei = simulated_imei(7)
    willfine = judge(willfine_photo(imei, WHEN, -33.5, -70.25, seed=1), willfine_name(1))
    assert (willfine.camera_id, willfine.latitude, willfine.longitude) == (imei, -33.5, -70.25)
    swift = judge(swift_photo(WHEN, 1.5, 2.5, seed=1), swift_name(imei, WHEN, 1, "WBC398"))
    assert (swift.camera_id, swift.profile) == (imei, "swift-enduro-4.0pcg-r")
    assert judge(plain_photo(seed=1)).reason == "no_matching_profile"


def test_equal_arguments_give_equal_bytes_and_another_seed_others() -> None:
    assert plain_photo(seed=1) == plain_photo(seed=1)
    assert len({plain_photo(seed=seed) for seed in range(20)}) == 20


def test_many_photos_are_made_fast() -> None:
    willfine_photo(simulated_imei(0), WHEN, 52.1, 5.1, seed=0)
    began = process_time()
    for number in range(200):
        willfine_photo(simulated_imei(number), WHEN, 52.1, 5.1, seed=0)
    assert process_time() - began < 2
