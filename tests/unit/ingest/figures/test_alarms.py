"""Every rule and every panel asks for metrics that there are; what is checked in is what the code makes."""

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from ingest.figures.alarms import ALARMS, alarm_rules
from ingest.figures.dashboard import PANELS, dashboard
from ingest.figures.exposition import exposition
from ingest.figures.knowledge import Knowledge

MONITORING = Path(__file__).resolve().parents[4] / "ansible" / "monitoring"
ENDINGS = {"counter": "_total", "histogram": "_bucket"}
TOLD = {f"{one.name}{ENDINGS.get(one.type, '')}" for one in text_string_to_metric_families(exposition(Knowledge("1")))}


@pytest.mark.parametrize("query", [*(one.expression for one in ALARMS), *(one.query for one in PANELS)])
def test_a_query_asks_for_what_there_is(query: str) -> None:
    named = set(re.findall(r"camspool_[a-z_]+", re.sub(r"{[^}]*}", "", query)))
    assert named <= TOLD and (named or query.startswith("up{"))


def test_what_is_checked_in_is_what_the_code_makes() -> None:
    assert (MONITORING / "prometheus-rules.yml").read_text("utf-8") == alarm_rules()
    assert (MONITORING / "grafana-dashboard.json").read_text("utf-8") == dashboard()


def test_rules_are_yaml_with_a_name_of_their_own_each() -> None:
    (group,) = yaml.safe_load(alarm_rules())["groups"]
    assert len({rule["alert"] for rule in group["rules"]}) == len(ALARMS)
    assert [rule["expr"] for rule in group["rules"]] == [one.expression for one in ALARMS]
    short = yaml.safe_load(alarm_rules(0))["groups"][0]["rules"]
    assert {rule["for"] for rule in short} == {"0m"}


def test_panels_stand_beside_each_other() -> None:
    places = [(one["gridPos"]["x"], one["gridPos"]["y"]) for one in json.loads(dashboard())["panels"]]
    assert len(set(places)) == len(PANELS)
