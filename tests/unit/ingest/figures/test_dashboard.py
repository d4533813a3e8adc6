"""The dashboard is one that Grafana can import."""

import json

from ingest.figures.dashboard import PANELS, dashboard


def test_each_panel_asks_its_data_source() -> None:
    told = json.loads(dashboard())
    assert [one["title"] for one in told["panels"]] == [one.title for one in PANELS]
    sources = {target["datasource"]["uid"] for panel in told["panels"] for target in panel["targets"]}
    assert sources == {"${DS_PROMETHEUS}"} and told["__inputs"][0]["name"] == "DS_PROMETHEUS"
