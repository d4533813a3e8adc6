"""What the gateway knows becomes metrics with the right names and labels."""

from typing import Any

from ingest.figures.families import CAMERAS_MAX, families
from ingest.figures.knowledge import CameraFigures, Knowledge


def values(known: Knowledge) -> dict[tuple[str, ...], float]:
    samples = (sample for family in families(known) for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def part(name: str, state: str = "good", **figures: Any) -> dict[str, Any]:
    return {"name": name, "state": state, "sentence": "", "figures": figures}


def test_a_part_has_the_state_that_it_has_and_no_other() -> None:
    found = values(Knowledge("1", parts={"disk": part("disk", "bad", free_bytes=7, total_bytes=9, reserve_bytes=2)}))
    states = {key[2]: value for key, value in found.items() if key[0] == "camspool_part_state"}
    assert states == {"good": 0, "attention": 0, "bad": 1}
    assert (found[("camspool_disk_free_bytes",)], found[("camspool_info", "1")]) == (7, 1)


def test_what_nobody_knows_has_no_sample() -> None:
    found = values(Knowledge("1", parts={"contact": part("contact", last_contact_age_s=None)}))
    assert not any(key[0] == "camspool_contact_age_seconds" for key in found)


def test_verdicts_items_and_connections_are_told() -> None:
    known = Knowledge(
        "1",
        parts={
            "watcher": part(
                "watcher",
                verdicts={"accepted": 5, "rejected/no_metadata": 1},
                verdict_seconds={"0.5": 2, "1.0": 5, "+Inf": 6},
                verdict_seconds_sum=9.5,
            )
        },
        items={("accepted", ""): 7, ("rejected", "no_metadata"): 2},
        connections={"complete": 3},
        incidents={("disk", "urgent"): 1},
    )
    found = values(known)
    assert found[("camspool_items", "rejected", "no_metadata")] == 2
    assert found[("camspool_verdicts_total", "accepted", "")] == 5
    assert found[("camspool_verdicts_total", "rejected", "no_metadata")] == 1
    slots = [found[("camspool_verdict_seconds_bucket", bound)] for bound in ("0.5", "1.0", "+Inf")]
    assert slots == [2, 5, 6] and found[("camspool_verdict_seconds_count",)] == 6
    assert found[("camspool_verdict_seconds_sum",)] == 9.5
    assert found[("camspool_connections_today", "complete")] == 3
    assert found[("camspool_incidents", "disk", "urgent")] == 1


def test_each_target_and_each_camera_has_figures_and_the_number_of_cameras_has_an_end() -> None:
    targets = {"nas": {"waiting": 2, "failed": 1, "oldest_age_s": 9.0, "is_paused": True}}
    cameras = [CameraFigures(f"c{number:04}", "active", 50, 60.0) for number in range(CAMERAS_MAX + 3)]
    known = Knowledge("1", parts={"outbox": part("outbox", targets=targets)}, cameras=cameras, attention={"clock": 2})
    found = values(known)
    assert (found[("camspool_outbox_waiting", "nas")], found[("camspool_outbox_paused", "nas")]) == (2, 1)
    assert sum(key[0] == "camspool_camera_battery_percent" for key in found) == CAMERAS_MAX
    assert found[("camspool_cameras_left_out",)] == 3 and found[("camspool_cameras", "active")] == CAMERAS_MAX + 3
    assert found[("camspool_cameras_attention", "clock")] == 2 and found[("camspool_cameras", "silent")] == 0
