"""A host writes figures for node_exporter, from a cage, and stops when it is told to."""

from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.host.gateway import Gateway, wait_until

pytestmark = [pytest.mark.each_debian, pytest.mark.timeout(900, func_only=True)]

FOLDER = "/var/lib/prometheus/node-exporter"
FILE = f"{FOLDER}/camspool.prom"
PATIENCE_S = 180.0


@pytest.fixture(scope="module")
def figures(gateway: Gateway) -> Iterator[Gateway]:
    """The gateway with a folder as Debian's node_exporter has it."""
    gateway.machine.run(f"install -d -m 755 {FOLDER}")
    gateway.operator.variables["figures_textfile"] = FILE
    yield gateway
    gateway.operator.variables.pop("figures_textfile")


def test_figures_are_there_for_everybody_to_read(figures: Gateway) -> None:
    set_up = figures.operator.play("--tags", "figures")
    assert set_up.status == 0, set_up.said
    figures.send_photo("counted.jpg")
    figures.await_accepted("counted.jpg")
    figures.machine.run("systemctl is-active camspool-figures.timer && systemctl start camspool-figures.service")
    read = f"runuser -u nobody -- cat {FILE} 2>/dev/null || true"
    assert wait_until(lambda: "camspool_info" in figures.machine.said(read), PATIENCE_S), figures.machine.said(
        "journalctl -u camspool-figures -n 30 -o cat"
    )
    told = {one.name: one for one in text_string_to_metric_families(figures.machine.said(f"cat {FILE}") + "\n")}
    states = {one.labels["part"]: one.labels["state"] for one in told["camspool_part_state"].samples if one.value}
    # Other tests end the watcher, which is told for a while.
    assert states["certificate"] == states["ftps"] == "good", states
    assert told["camspool_verdict_seconds"].samples and told["camspool_items"].samples


def test_they_are_written_anew_and_nothing_else_is(figures: Gateway) -> None:
    before = figures.machine.said(f"stat -L -c %i {FILE}")
    assert wait_until(lambda: figures.machine.said(f"stat -L -c %i {FILE}") != before, PATIENCE_S)
    assert figures.machine.said(f"ls -A {FOLDER} /run/camspool-figures").count("camspool.prom") == 2
    assert figures.machine.said("systemctl show --value -p Result camspool-figures.service").strip() == "success"


def test_a_second_run_changes_nothing(figures: Gateway) -> None:
    second = figures.operator.play("--tags", "figures")
    assert second.status == 0 and second.counts["changed"] == 0, second.said


def test_a_folder_that_is_missing_is_a_sentence(figures: Gateway) -> None:
    refused = figures.operator.play("--tags", "figures", figures_textfile="/var/lib/nobody/camspool.prom")
    assert refused.status != 0 and "prometheus-node-exporter makes" in refused.flat


def test_without_a_name_nothing_is_written_any_more(figures: Gateway) -> None:
    changed = figures.operator.play("--tags", "figures", figures_textfile="")
    assert changed.status == 0, changed.said
    assert figures.machine.run("systemctl is-active camspool-figures.timer", check=False).returncode != 0
    assert figures.machine.run(f"cat {FILE}", check=False).returncode != 0
