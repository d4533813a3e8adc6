"""Results as an AI hands them back, in MegaDetector's format."""

import json
from collections.abc import Mapping
from pathlib import Path

NUMBERS = {"animal": "1", "person": "2", "vehicle": "3"}


def put_results(root: Path, target: str, found: Mapping[str, tuple[str, float]]) -> None:
    """Let an AI have found one thing in each of some items, and nothing where its category is `blank`."""
    images = [
        {
            "file": f"861943070068027/2026-04-09/{item_id}-E1000159.JPG",
            "detections": []
            if category == "blank"
            else [{"category": NUMBERS[category], "conf": confidence, "bbox": [0.25, 0.5, 0.5, 0.25]}],
        }
        for item_id, (category, confidence) in found.items()
    ]
    content = {
        "info": {"format_version": "1.4"},
        "detection_categories": {number: name for name, number in NUMBERS.items()},
        "images": images,
    }
    folder = root / "outbox" / target / "results"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "megadetector.json").write_text(json.dumps(content))
