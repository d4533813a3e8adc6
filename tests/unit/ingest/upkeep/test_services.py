"""What should run on a host and does not is told, with what follows and where to look."""

from pathlib import Path

import pytest

from ingest.upkeep import services
from ingest.upkeep.part import Part
from ingest.upkeep.services import SERVICES, WITH_A_PART, judge_services, services_part

SYSTEMD = Path(__file__).resolve().parents[4] / "systemd"
NAMES = (*(service.unit for service in SERVICES), *WITH_A_PART)


def units(**changes: dict[str, str] | None) -> dict[str, dict[str, str]]:
    """Return what systemd says where all is well; `changes` by a unit's first name: properties; None: no such unit."""
    running = {"ActiveState": "active", "SubState": "running", "UnitFileState": "enabled", "Result": "success"}
    found: dict[str, dict[str, str]] = {}
    for name in NAMES:
        change = changes.get(name.split(".")[0].removeprefix("camspool-").replace("-", "_"), {})
        if change is not None:
            found[name] = {**running, **change}
    return found


def judged(**changes: dict[str, str] | None) -> Part:
    return judge_services(units(**changes))


FAILED = {"ActiveState": "failed", "SubState": "failed", "Result": "exit-code"}
STOPPED = {"ActiveState": "inactive", "SubState": "dead"}


def test_all_is_good_when_every_service_runs_and_each_state_is_a_figure() -> None:
    assert judged() == Part("services", "good", "Every service runs.", dict.fromkeys(NAMES, "active"))


@pytest.mark.parametrize("name", ["webadmin", "nginx", "fail2ban", "alerts", "relay"])
def test_a_service_that_is_down_asks_for_attention_and_says_what_follows(name: str) -> None:
    part = judged(**{name: STOPPED})
    assert part.state == "attention"
    assert "does not run: " in part.sentence and "See: journalctl -u " in part.sentence
    assert "has failed (exit-code)" in judged(**{name: FAILED}).sentence


def test_a_firewall_that_is_down_is_bad_and_a_host_may_do_without_ours() -> None:
    part = judged(firewall=FAILED)
    assert (part.state, "the host may be open to everybody" in part.sentence) == ("bad", True)
    assert judged(firewall=None).state == "good"
    assert judged(firewall={**STOPPED, "UnitFileState": "disabled"}).state == "good"
    assert judged(firewall=STOPPED).state == "bad"


def test_a_service_that_ends_again_and_again_is_told_from_one_that_is_stopped() -> None:
    part = judged(nginx={"ActiveState": "activating", "SubState": "auto-restart", "Result": "signal"})
    assert part.sentence.startswith("nginx.service ends again and again (signal): nobody reaches the admin.")


def test_what_would_not_come_back_after_a_restart_of_the_host_is_told() -> None:
    part = judged(fail2ban={"UnitFileState": "disabled"})
    assert (part.state, part.sentence) == (
        "attention",
        "fail2ban.service will not come back after a restart of the host: systemctl enable fail2ban.service.",
    )


def test_what_has_been_removed_is_told() -> None:
    part = judged(nginx=None)
    assert (part.state, part.sentence) == ("attention", "nginx.service is not installed: nobody reaches the admin.")


def test_everything_that_is_down_is_told_and_the_worst_counts() -> None:
    part = judged(firewall=FAILED, nginx=STOPPED)
    assert part.state == "bad" and "camspool-firewall" in part.sentence and "nginx" in part.sentence


def test_a_machine_that_is_no_host_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judge_services({"nginx.service": FAILED}).state == "good"
    monkeypatch.setattr(services, "has_systemd", lambda: False)
    assert services_part().state == "good"


def test_every_unit_that_stays_is_looked_at() -> None:
    """Units that a timer or a connection starts come and go; the timers part judges how the former end."""
    started_by_others = {file.with_suffix(".service").name for file in SYSTEMD.glob("camspool-*.timer")}
    stays = {
        file.name
        for file in SYSTEMD.glob("camspool-*.*")
        if "@" not in file.name and file.suffix in (".service", ".socket", ".timer")
    }
    assert stays - started_by_others <= set(NAMES)
