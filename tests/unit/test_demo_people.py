"""The demo's people get each message as it was sent."""

import json
import urllib.request
from pathlib import Path

from ingest.settings.file import read_settings
from tests.demo_people import add_people, people_in


def test_they_are_a_target_that_is_told_at_any_hour(tmp_path: Path) -> None:
    file = tmp_path / "demo.toml"
    file.write_text('gateway = "demo"\n')
    with people_in(tmp_path / "var") as people:
        add_people(file, people)
        settings = read_settings(file)
        url = people.urls_file.read_text().strip().replace("json://", "http://")
        body = json.dumps({"title": "Oak", "message": "It is."}).encode()
        with urllib.request.urlopen(urllib.request.Request(url, body)) as answer:  # noqa: S310 - ours
            assert answer.status == 200
    assert people.told() == [("Oak", "It is.")]
    (target,) = settings.targets
    assert (target.kind, target.selection.sends, settings.alerts.quiet_from) == ("message", ("incidents",), "")
