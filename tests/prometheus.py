"""A real Prometheus for tests, Debian's: it scrapes an admin every second and looks whether an alert rule holds.

`running_prometheus(folder, scraped, rules) -> Prometheus` is a context manager; `folder` gets its data.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.admins import answers
from tests.integration.gateway import free_ports, process, program, wait_until

_CONFIGURATION = """
global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}
rule_files: ["{rules}"]
scrape_configs:
  - job_name: camspool
    static_configs: [{{targets: ["{scraped}"]}}]
"""


@dataclass(frozen=True)
class Prometheus:
    """A server that runs, by its address."""

    address: str

    def asked(self, query: str) -> list[dict[str, Any]]:
        """Return what a query finds at this moment. Raise ValueError with its words about one that it refuses."""
        found: list[dict[str, Any]] = self._get("query", query=query)["result"]
        return found

    def value(self, query: str) -> float | None:
        """Return the only value that a query finds; None where there is not exactly one."""
        found = self.asked(query)
        return float(found[0]["value"][1]) if len(found) == 1 else None

    def firing(self) -> set[str]:
        """Return the names of the alerts that fire."""
        alerts = self._get("alerts")["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def _get(self, what: str, **words: str) -> Any:
        try:
            address = f"{self.address}/api/v1/{what}?{urllib.parse.urlencode(words)}"
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own address
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(error.read().decode()) from error


@contextmanager
def running_prometheus(folder: Path, scraped: str, rules: Path) -> Iterator[Prometheus]:
    """Run a server that scrapes `scraped` (host:port) and knows the alert rules of a file."""
    configuration = folder / "prometheus.yml"
    configuration.write_text(_CONFIGURATION.format(scraped=scraped, rules=rules), "utf-8")
    bind = f"127.0.0.1:{free_ports(1)[0]}"
    words = [program("prometheus"), f"--config.file={configuration}", f"--web.listen-address={bind}"]
    with process([*words, f"--storage.tsdb.path={folder / 'prometheus'}"], folder):
        wait_until(lambda: answers(f"http://{bind}/-/ready"), "Prometheus is ready", 60)
        yield Prometheus(f"http://{bind}")
