"""People are told by a host: the alerts find, the outbox sends, each from its own cage."""

from collections.abc import Iterator

import pytest

from tests.host.gateway import Gateway, wait_until

pytestmark = [pytest.mark.each_debian, pytest.mark.timeout(900, func_only=True)]

TARGETS = {
    "people": {
        "kind": "message",
        "urls_file": "/etc/camspool/targets/people",
        "private_addresses": True,
    }
}
GOT = "/tmp/told"  # noqa: S108 - in the host, which the test has booted
SERVER = f"""
import http.server
class Told(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        open("{GOT}", "ab").write(body + b"\\n")
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", 8025), Told).serve_forever()
"""
PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def alerts(gateway: Gateway) -> Iterator[Gateway]:
    """The gateway with somebody to tell, and the web service that they are told by."""
    (gateway.machine.root / "root/told.py").write_text(SERVER)
    gateway.machine.run("systemctl stop told 2>/dev/null; systemd-run --unit=told python3 /root/told.py")
    gateway.operator.variables |= {
        "outbox_targets": TARGETS,
        "outbox_secrets": {"people": "json://127.0.0.1:8025/\n"},
        "alerts_settings": {"quiet_from": "", "quiet_until": ""},
    }
    set_up = gateway.operator.play("--tags", "ingest,outbox,alerts")
    assert set_up.status == 0, set_up.said
    yield gateway
    for name in ("outbox_targets", "outbox_secrets", "alerts_settings"):
        gateway.operator.variables.pop(name, None)
    gateway.machine.run("systemctl stop told")


def test_a_test_message_goes_the_whole_way(alerts: Gateway) -> None:
    said = alerts.machine.said("camspool alerts test")
    assert "on its way to people" in said
    got = f"grep -c 'A test message of Camspool' {GOT} || true"
    assert wait_until(lambda: alerts.machine.said(got) == "1", PATIENCE_S), alerts.machine.said(
        "camspool outbox list; journalctl -u camspool-outbox -u camspool-alerts -n 30 -o cat"
    )


def test_status_says_who_is_told_and_it_goes_on_looking(alerts: Gateway) -> None:
    told = "camspool status | grep -c 'What is wrong is told to people' || true"
    assert wait_until(lambda: alerts.machine.said(told) == "1", PATIENCE_S), alerts.machine.said("camspool status")
    assert alerts.machine.said("systemctl is-active camspool-alerts; systemctl is-enabled camspool-alerts").split() == [
        "active",
        "enabled",
    ]


def test_it_reads_the_spool_and_writes_incidents_and_marks_only(alerts: Gateway) -> None:
    pid = alerts.machine.said("systemctl show --value -p MainPID camspool-alerts")
    service = f"nsenter -t {pid} -m setpriv --reuid camspool --regid camspool --init-groups"
    assert alerts.machine.said(f"ps -o user:32= -p {pid}").split() == ["camspool"]
    for folder in ("incidents", "outbox"):
        alerts.machine.run(f"{service} sh -c 'touch /srv/camspool/{folder}/x && rm /srv/camspool/{folder}/x'")
    for folder in ("accepted", "rejected", "incoming", "uploads", "connections", "cameras", "cache", "requests"):
        assert alerts.machine.run(f"{service} touch /srv/camspool/{folder}/x", check=False).returncode != 0, folder
    assert alerts.machine.run(f"{service} cat /etc/camspool/targets/people", check=False).returncode != 0


def test_a_second_run_leaves_it_running_as_it_is(alerts: Gateway) -> None:
    pid = alerts.machine.said("systemctl show --value -p MainPID camspool-alerts")
    second = alerts.operator.play("--tags", "ingest,outbox,alerts")
    assert second.status == 0 and second.counts["changed"] == 0, second.said
    assert alerts.machine.said("systemctl show --value -p MainPID camspool-alerts") == pid


def test_nobody_is_told_any_more_where_there_is_no_target(alerts: Gateway) -> None:
    changed = alerts.operator.play("--tags", "ingest,outbox,alerts", outbox_targets={})
    assert changed.status == 0, changed.said
    assert "No target tells people" in alerts.machine.run("camspool alerts test", check=False).stderr
