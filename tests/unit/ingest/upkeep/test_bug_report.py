import platform
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.connections.store import fold, log_path
from ingest.index.store import enter
from ingest.outbox.alive import give_sign
from ingest.outbox.outlook import Outlook, write_outlook
from ingest.settings.targets import ArchiveOptions, Selection, Target, WebhookOptions
from ingest.settings.values import Admin, Ftps, Settings
from ingest.spool.sidecar import Problem
from ingest.spool.stamp import new_id, utc_text
from ingest.upkeep.bug_report import bug_report, changed_settings
from ingest.upkeep.error_log import note_error
from tests.spools import put_item
from tests.unit.ingest.outbox.jobs import put_waiting

NOW = datetime(2026, 11, 26, 13, tzinfo=UTC)
LOG = "camspool: refused 100.64.1.7: The disk is full.\n"


def section(report: str, title: str) -> str:
    """Return the part of a report below its title."""
    return report.split(f"== {title}", 1)[1].split("\n== ", 1)[0]


def test_a_report_has_versions_status_and_the_errors_with_their_tracebacks(
    root: Path, index: sqlite3.Connection
) -> None:
    note_error(root, "status", "Traceback (most recent call last):\nKeyError: 'kept'\n")
    problem = Problem("internal_error", "Camspool failed on this file 3 times.")
    enter(index, [put_item(root)])
    enter(
        index,
        [put_item(root, verdict="rejected", reason="internal_error", problems=(problem,), traceback="ValueError: odd")],
    )
    report = bug_report(Settings(root=root), NOW)
    assert report.startswith("Camspool, report of 2026-11-26T13:00:00")
    assert f"Python {platform.python_version()}" in section(report, "Versions")
    assert "The watcher has never run here." in section(report, "Status")
    assert "KeyError: 'kept'" in section(report, "Unexpected errors of commands")
    assert "ValueError: odd" in section(report, "Items rejected as internal_error")
    assert "1 accepted" in section(report, "Spool")
    assert "willfine-4.0t-cg" in section(report, "Profiles")


def test_a_report_tells_no_position_no_address_and_no_secret(root: Path, index: sqlite3.Connection) -> None:
    place = "INSTAR/lat52.02368_lon12.98290/A_2026-04-09_16-04-05.jpeg"
    enter(index, [put_item(root, verdict="rejected", reason="internal_error", traceback=f"OSError: {place}")])
    connection = new_id(NOW)
    log_path(root, connection).write_text(LOG)
    fold(root, [connection])
    secret = root.parent / "ftps.password"
    secret.write_text("hunter2-hunter2")
    ftps = Ftps(host="cams.example.org", account="wolf", passive_address="203.0.113.9", idle_seconds=20)
    admin = Admin(map_tiles="https://tiles.example.org/{z}/{x}/{y}?key=k3y", ftps_password_file=secret)
    report = bug_report(replace(Settings(root=root), ftps=ftps, admin=admin), NOW)
    assert "<position>" in section(report, "Items rejected as internal_error")
    assert "<address 1> None" in section(report, "Connections that went wrong")
    assert "ftps.idle_seconds = 20" in report
    names = ("cams.example", "wolf", "hunter2", "k3y", platform.node())
    for told in ("52.02", "12.98", "100.64", "203.0.113", *names):
        assert told not in report


def test_what_is_broken_is_said_and_takes_nothing_from_the_rest(tmp_path: Path) -> None:
    report = bug_report(Settings(root=tmp_path / "missing"), NOW)
    assert "This could not be read: " in section(report, "Spool")
    assert "swift-enduro-4.0pcg-r" in section(report, "Profiles")


def test_of_targets_no_address_and_no_secret_is_told() -> None:
    hook = WebhookOptions(url="https://example.org/T0K3N?key=s3cr3t", secret_file=Path("/etc/camspool/targets/hook"))
    nas = ArchiveOptions(remote=":s3,secret_access_key=s3cr3t:bucket")
    selection = Selection(sends=("accepted", "rejected"), cameras=("X",))
    settings = Settings(targets=(Target("hook", "webhook", selection, hook), Target("nas", "archive", selection, nas)))
    assert changed_settings(settings) == [
        "targets.hook = webhook of accepted, rejected; set: cameras, url, secret_file",
        "targets.nas = archive of accepted, rejected; set: cameras, remote",
    ]


def test_what_is_wrong_with_a_target_is_told_without_its_server_and_key(root: Path, index: sqlite3.Connection) -> None:
    hook = Target("hook", "webhook", Selection(("accepted",)), WebhookOptions("https://eo1k3y.example.org/T0K3N"))
    said = "It answers 301 and points to https://eo1k3y.example.org/T0K3N/; if that is right, set url to it."
    put_waiting(root, "hook")
    write_outlook(root, "hook", Outlook("", None, said, utc_text(NOW), None, 3))
    give_sign(root, 1, "0.1.0", NOW)
    report = bug_report(Settings(root=root, targets=(hook,)), NOW)
    assert "It answers 301 and points to https://<name>/<path>; if that" in section(report, "Status")
    assert "eo1k3y" not in report and "T0K3N" not in report


def test_only_settings_that_differ_are_told() -> None:
    assert changed_settings(Settings()) == []
    assert changed_settings(Settings(time_zone="Europe/Berlin", profiles=(Path("/a"), Path("/b")))) == [
        "time_zone = Europe/Berlin",
        "profiles = /a, /b",
    ]
