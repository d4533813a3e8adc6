"""What an AI has found is read from MegaDetector's format, and belongs to the photo that it names."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.results import SURE, Detection, detections_in, finding, finding_of, findings, item_of_path
from ingest.settings.targets import Target, defaults_of
from ingest.spool.deliveries import Delivery, note_done
from ingest.spool.outbox import target_folder

AI = Target("ai", "folder", *defaults_of("folder"))
ID, OTHER = "20260401T120000.000001Z-10000001", "20260401T120000.000002Z-10000002"
BOX = [0.1, 0.2, 0.3, 0.4]
NAMES = {"1": "animal", "2": "person", "3": "vehicle"}


def results(*images: dict[str, Any], names: Any = NAMES) -> dict[str, Any]:
    return {"info": {"format_version": "1.4"}, "detection_categories": names, "images": list(images)}


def image(file: str, *detections: tuple[str, float]) -> dict[str, Any]:
    return {"file": file, "detections": [{"category": one, "conf": conf, "bbox": BOX} for one, conf in detections]}


def put(root: Path, content: Any, name: str = "run.json") -> Path:
    folder = target_folder(root, "ai") / "results"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder / name


def test_the_surest_detection_that_counts_names_the_photo(root: Path) -> None:
    put(root, results(image(f"x/{ID}-E1.JPG", ("1", 0.5), ("2", 0.9)), image(f"{OTHER}-E2.JPG", ("1", SURE - 0.01))))
    found = findings(root, [AI])
    assert {one: (found[one].category, found[one].confidence) for one in found} == {
        ID: ("person", 0.9),
        OTHER: ("blank", 0.81),
    }
    assert found[ID].detections[0] == Detection("animal", 0.5, (0.1, 0.2, 0.3, 0.4))
    assert (found[ID].target, found[ID].source) == ("ai", "run.json")
    assert finding_of(root, [AI], "20260401T120000.000003Z-10000003") is None


def test_a_photo_is_known_by_the_path_under_which_it_was_delivered(root: Path) -> None:
    note_done(root, "ai", [Delivery(ID, ID, None, "", "delivered", "", {"path": "Ford/X/E1.JPG"})])
    for path in ("Ford/X/E1.JPG", "/mnt/nas/Ford/X/E1.JPG", "D:\\nas\\Ford\\X\\E1.JPG"):
        put(root, results(image(path, ("1", 0.5))))
        found = finding_of(root, [AI], ID)
        assert found and found.category == "animal"
    put(root, results(image("Gate/X/E1.JPG", ("1", 0.5))))
    assert findings(root, [AI]) == {}


def test_what_is_delivered_after_the_results_came_is_known_too(root: Path) -> None:
    put(root, results(image("E1.JPG", ("1", 0.5))))
    assert findings(root, [AI]) == {}
    note_done(root, "ai", [Delivery(ID, ID, None, "", "delivered", "", {"path": "E1.JPG"})])
    assert set(findings(root, [AI])) == {ID}


def test_of_several_files_the_last_name_counts_and_a_new_content_at_once(root: Path) -> None:
    put(root, results(image(f"{ID}.jpg", ("1", 0.5))), "a.json")
    put(root, results(image(f"{ID}.jpg", ("2", 0.5))), "b.json")
    assert findings(root, [AI])[ID].category == "person"
    put(root, results(image(f"{ID}.jpg", ("3", 0.55))), "b.json")
    assert findings(root, [AI])[ID].category == "vehicle"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "[" * 100_000,
        results(names=None),
        {"images": []},
        results({"detections": []}),
        results({"file": "a", "detections": [3]}),
        results({"file": "a", "detections": [{"category": "1", "conf": "high", "bbox": BOX}]}),
        results({"file": "a", "detections": [{"category": "1", "conf": 0.5, "bbox": [1]}]}),
        results({"file": "a", "detections": [{"category": "1", "conf": float("nan"), "bbox": BOX}]}),
    ],
)
def test_a_file_in_another_format_is_told_and_hides_no_other(
    root: Path, content: Any, caplog: pytest.LogCaptureFixture
) -> None:
    put(root, content, "z-broken.json")
    put(root, results(image(f"{ID}.jpg", ("1", 0.5))), "a.json")
    with caplog.at_level(logging.WARNING, "camspool"):
        assert set(findings(root, [AI])) == {ID}
    assert "z-broken.json cannot be read" in caplog.text


def test_a_photo_that_the_ai_could_not_open_is_blank_and_a_strange_category_is_unknown() -> None:
    assert finding(ID, (), "ai", "x").category == "blank"
    content = json.dumps(results(image("a", ("9", 0.9)), {"file": "b", "failure": "x", "detections": None})).encode()
    (first, strange), (second, nothing) = detections_in(content)
    assert (first, strange[0].category, second, nothing) == ("a", "unknown", "b", ())
    evil = results(image("a", ("1", 0.9)), names={"1": "<script>alert(1)</script>"})
    assert next(detections_in(json.dumps(evil).encode()))[1][0].category == "unknown"


def test_boxes_stay_in_the_picture() -> None:
    wide = results({"file": "a", "detections": [{"category": "1", "conf": 7, "bbox": [-1, 0.5, 9, 0]}]})
    ((_, (found,)),) = detections_in(json.dumps(wide).encode())
    assert (found.confidence, found.box) == (1.0, (0.0, 0.5, 1.0, 0.0))


def test_an_id_in_a_path_counts_before_the_path() -> None:
    assert item_of_path(f"a/{ID}-E1.JPG", {"a": OTHER}) == ID
    assert item_of_path("b", {"a": OTHER}) is None
