"""A real Prometheus scrapes a real gateway, answers what the dashboard asks, and alarms fire and end."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from ingest.figures.alarms import ALARMS, alarm_rules
from ingest.figures.dashboard import PANELS
from ingest.ftps.sender import upload
from ingest.spool.stamp import parse_utc, utc_text
from ingest.watching.heartbeat import FILE
from tests.integration.admins import REPOSITORY, admin, answers
from tests.integration.gateway import (
    CAMSPOOL,
    Gateway,
    free_ports,
    ftps,
    open_folder,
    prepared_gateway,
    process,
    program,
    wait_until,
    watcher,
)
from tests.prometheus import Prometheus, running_prometheus

RULES = REPOSITORY / "ansible" / "monitoring" / "prometheus-rules.yml"
SAMPLES = REPOSITORY / "profiles" / "willfine-4.0t-cg" / "samples"
REPORT = "861943070068027-30042026154607-dr.txt"
QUIET = {"Parts that are bad", "Incidents that are open", "Waiting for targets", "Refused by targets"}
"""Panels that may well show nothing on a gateway without targets on which all is well."""


@dataclass(frozen=True)
class Watched:
    """A gateway that a Prometheus watches; `stop_watcher` kills it, `start_watcher` starts another one."""

    gateway: Gateway
    address: str
    prometheus: Prometheus
    watchers: ExitStack

    def start_watcher(self) -> None:
        """Start the watcher."""
        self.watchers.enter_context(watcher(self.gateway))


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    """A gateway with everything, scraped every second by a Prometheus whose alarms wait for nothing."""
    with ExitStack() as stack:
        gateway = stack.enter_context(prepared_gateway())
        stack.enter_context(ftps(gateway))
        watchers = stack.enter_context(ExitStack())
        folder = stack.enter_context(open_folder())
        rules = folder / "rules.yml"
        rules.write_text(alarm_rules(0), "utf-8")
        address = stack.enter_context(admin(gateway))
        prometheus = stack.enter_context(running_prometheus(folder, address.removeprefix("http://"), rules))
        found = Watched(gateway, address, prometheus, watchers)
        found.start_watcher()
        yield found


def promtool(*words: str | Path, said: str = "") -> str:
    """Run promtool; return what it says, and fail where it finds something wrong."""
    run = subprocess.run([program("promtool"), *words], input=said, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def test_promtool_finds_nothing_wrong_in_the_rules() -> None:
    assert f"{len(ALARMS)} rules found" in promtool("check", "rules", RULES)


def test_promtool_finds_nothing_wrong_in_the_figures(watched: Watched) -> None:
    with urllib.request.urlopen(f"{watched.address}/metrics", timeout=30) as answer:  # noqa: S310 - our own address
        figures = answer.read().decode()
    assert "camspool_verdict_seconds" in figures and promtool("check", "metrics", said=figures) == ""


@pytest.mark.parametrize(
    ("series", "values", "alarm", "minutes"),
    [
        ("camspool_watcher_heartbeat_age_seconds", "1 100+60x20", "CamspoolWatcherHalted", 5),
        ('up{job="camspool"}', "1 0x20", "CamspoolGone", 5),
        ('camspool_part_state{part="ftps",state="bad"}', "0 1x20", "CamspoolNoCameraGetsIn", 5),
        ("camspool_audit_wrong", "0 1x20", "CamspoolAuditRed", 0),
    ],
)
def test_an_alarm_waits_as_long_as_it_says_and_not_longer(
    tmp_path: Path, series: str, values: str, alarm: str, minutes: int
) -> None:
    labels = {"severity": next(one.severity for one in ALARMS if one.name == alarm)}
    labels |= {"job": "camspool"} if "job" in series else {}
    labels |= {"part": "ftps", "state": "bad"} if "part" in series else {}
    summary = next(one.summary for one in ALARMS if one.name == alarm)
    fires = {"exp_labels": labels, "exp_annotations": {"summary": summary}}
    rule_tests = [
        {"eval_time": f"{minutes}m", "alertname": alarm, "exp_alerts": []},
        {"eval_time": f"{minutes + 1}m", "alertname": alarm, "exp_alerts": [fires]},
    ]
    inputs = [{"series": series, "values": values}]
    cases = [{"interval": "1m", "input_series": inputs, "alert_rule_test": rule_tests}]
    told = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": cases}
    (tmp_path / "rules_test.yml").write_text(yaml.safe_dump(told), "utf-8")
    assert "SUCCESS" in promtool("test", "rules", tmp_path / "rules_test.yml")


def test_prometheus_answers_what_each_panel_asks(watched: Watched) -> None:
    photo, report = (SAMPLES / "E1000159.JPG").read_bytes(), (SAMPLES / REPORT).read_bytes()
    prometheus = watched.prometheus
    for number in range(3):
        upload(watched.gateway.explicit, f"{number}.jpg", photo + bytes([number]))
        decided = number + 1
        wait_until(lambda: prometheus.value("sum(camspool_verdicts_total)") == decided, f"{decided} verdicts", 60)  # noqa: B023
    upload(watched.gateway.explicit, REPORT, report.replace(b"60%", b"15%"))
    wait_until(lambda: prometheus.value("camspool_camera_battery_percent") == 15, "a battery of 15 %", 60)
    wait_until(lambda: prometheus.value("camspool_verdict_seconds_count") == 4, "four lengths", 60)
    assert prometheus.value('camspool_part_state{part="ftps",state="good"}') == 1
    wait_until(lambda: empty(prometheus) <= QUIET, f"panels show more than {QUIET}", 60)


def empty(prometheus: Prometheus) -> set[str]:
    """Return the panels that show nothing at the moment; one that asks wrongly fails."""
    return {panel.title for panel in PANELS if not prometheus.asked(panel.query)}


def test_an_alarm_fires_when_the_watcher_halts_and_ends_when_it_works_again(watched: Watched) -> None:
    prometheus, file = watched.prometheus, watched.gateway.root / FILE
    wait_until(lambda: prometheus.value("camspool_watcher_heartbeat_age_seconds") is not None, "a sign of life", 60)
    assert prometheus.firing() == set()
    watched.watchers.close()
    # Two minutes pass.
    told = json.loads(file.read_text("utf-8"))
    told["at"] = utc_text(parse_utc(told["at"]) - timedelta(minutes=2))
    file.write_text(json.dumps(told), "utf-8")
    wait_until(lambda: "CamspoolWatcherHalted" in prometheus.firing(), "the alarm fires", 60)
    watched.start_watcher()
    wait_until(lambda: prometheus.firing() == set(), "the alarm ends", 60)


def test_a_real_node_exporter_tells_what_a_linked_file_says(prepared: Gateway) -> None:
    with open_folder() as written, open_folder() as read:
        file = written / "camspool.prom"
        words = [CAMSPOOL, "--config", str(prepared.settings_file), "metrics", "--textfile", str(file)]
        subprocess.run(words, check=True)
        (read / "camspool.prom").symlink_to(file)
        bind = f"127.0.0.1:{free_ports(1)[0]}"
        words = [program("prometheus-node-exporter"), f"--web.listen-address={bind}", "--collector.disable-defaults"]
        words += ["--collector.textfile", f"--collector.textfile.directory={read}"]
        with process(words, written):
            wait_until(lambda: answers(f"http://{bind}/metrics"), "node_exporter answers")
            with urllib.request.urlopen(f"http://{bind}/metrics", timeout=30) as answer:
                told = {one.name: one for one in text_string_to_metric_families(answer.read().decode())}
    assert [one.value for one in told["node_textfile_scrape_error"].samples] == [0]
    assert {one.labels["part"] for one in told["camspool_part_state"].samples} >= {"watcher", "disk", "audit"}
