"""Bad input to a deployment: one clear sentence each, and the running system stays as it was."""

from typing import Any

import pytest

from ingest.ftps.sender import UploadError
from tests.host.gateway import Gateway

pytestmark = pytest.mark.timeout(600)


MISSPELT = {
    "base_timezone": "base_time_zone",
    "firewall_manages": "firewall_manage",
    "certificate_domian": "certificate_domain",
    "ingest_timezone": "ingest_time_zone",
    "ftps_pasive_address": "ftps_passive_address",
    "outbox_target": "outbox_targets",
    "alerts_setting": "alerts_settings",
    "webadmin_prot": "webadmin_port",
    "figures_textfiles": "figures_textfile",
    "fail2ban_allowed": "fail2ban_allow",
    "backup_repositroy": "backup_repository",
    "reach_from_her": "reach_from_here",
    "check_password_lenght": "check_password_length",
}
"""A variable of every role that has one, and what was meant."""


def test_a_misspelt_variable_of_every_role_is_told_with_the_right_one(gateway: Gateway) -> None:
    before = gateway.state()
    roles = gateway.operator.checkout / "ansible/roles"
    with_options = {file.parts[-3] for file in roles.glob("*/defaults/main.yml")}
    assert {name.split("_")[0] for name in MISSPELT} == with_options
    gateway.operator.host_variables |= dict.fromkeys(MISSPELT, "x")
    refused = gateway.operator.play("--tags", "never")
    for name in MISSPELT:
        del gateway.operator.host_variables[name]
    assert refused.status != 0
    for name, meant in MISSPELT.items():
        assert f"{name} (did you mean {meant}?)" in refused.flat, refused.said
    assert gateway.state() == before


def test_a_password_under_another_name_is_found(gateway: Gateway) -> None:
    password = gateway.operator.variables.pop("ftps_password")
    gateway.operator.variables |= {"ftps_password": "", "ftp_password": password}
    refused = gateway.operator.play("--tags", "never")
    del gateway.operator.variables["ftp_password"]
    gateway.operator.variables["ftps_password"] = password
    assert refused.status != 0
    assert (
        "has no FTPS password of its own" in refused.flat and "What was found is called ftp_password." in refused.flat
    )
    assert password not in refused.said


WRONG = ("variables", "tags", "told")


@pytest.mark.parametrize(
    WRONG,
    [
        pytest.param({"ftps_password": "change-me-please"}, "never", "has no FTPS password of its own", id="example"),
        pytest.param({"ftps_password": "short"}, "never", "it needs at least 12", id="short password"),
        pytest.param({"ftps_password": "vierundzwanzig-Bäume"}, "never", "cameras may not know", id="umlaut"),
        pytest.param(
            {"ftps_accounts": [{"name": "no/rth", "password": "north-camera-secret"}]},
            "never",
            "The FTPS accounts of gateway are camera, no/rth; expected for each a name",
            id="account with a slash",
        ),
        pytest.param(
            {"ftps_accounts": [{"name": "camera", "password": "north-camera-secret"}]},
            "never",
            "The FTPS accounts of gateway are camera, camera; expected each name once",
            id="account named twice",
        ),
        pytest.param(
            {"ftps_accounts": [{"name": "north", "password": "s3cr3t"}]},
            "never",
            "These FTPS accounts of gateway need another password: north. Expected are at least 12",
            id="account with a short password",
        ),
        pytest.param(
            {"ingest_retention": {"rejectd_days": 3}}, "ingest", "unknown setting retention.rejectd_days", id="setting"
        ),
        pytest.param({"ingest_time_zone": "Europe/Amsterdm"}, "ingest", "expected a name such as", id="time zone"),
        pytest.param({"ingest_wheels": "/nowhere"}, "ingest", "", id="no such folder of packages"),
        pytest.param({"firewall_keep_ports": ["http"]}, "never", "firewall_keep_ports of gateway has http", id="port"),
        pytest.param(
            {"firewall_manage": "none", "firewall_more_rules": ["tcp dport 80 accept"]},
            "never",
            "gateway has firewall_more_rules, which go into Camspool's own table",
            id="rules without a table",
        ),
        pytest.param({"ftps_passive_first": "many"}, "ftps", "ftps_passive_first", id="a word for a number"),
    ],
)
def test_a_wrong_setting_is_refused_in_a_sentence(
    gateway: Gateway, variables: dict[str, Any], tags: str, told: str
) -> None:
    is_refused(gateway, variables, tags, told)


@pytest.mark.each_debian
@pytest.mark.parametrize(
    WRONG,
    [
        pytest.param(
            {"ftps_more_options": {"reverse_lookup_enable": "NO"}},
            "ftps",
            "unrecognised variable in config file: reverse_lookup_enable",
            id="unknown vsftpd option",
        ),
        pytest.param(
            {"firewall_more_rules": ["tcp dport 80 acept"]},
            "firewall",
            "firewall rules of gateway are not valid, so the present ones stay in force",
            id="nftables rule that does not parse",
        ),
    ],
)
def test_what_vsftpd_or_nftables_does_not_know_is_refused_in_a_sentence(
    gateway: Gateway, variables: dict[str, Any], tags: str, told: str
) -> None:
    is_refused(gateway, variables, tags, told)


def is_refused(gateway: Gateway, variables: dict[str, Any], tags: str, told: str) -> None:
    """Deploy a wrong setting: what is told says what is wrong, no secret, and nothing changes."""
    before = gateway.state()
    refused = gateway.operator.play("--tags", tags, **variables)
    if "ingest_wheels" in variables:
        # The host has this release already: nothing is fetched, nothing is wrong.
        assert refused.status == 0, refused.said
    else:
        assert refused.status != 0
        assert told in refused.flat, refused.said
    assert "Traceback" not in refused.said
    for account in variables.get("ftps_accounts", []):
        assert account["password"] not in refused.said
    assert gateway.state() == before


def test_the_example_address_is_refused(gateway: Gateway) -> None:
    gateway.operator.host_variables["ansible_host"] = "192.0.2.10"
    refused = gateway.operator.play()
    del gateway.operator.host_variables["ansible_host"]
    assert refused.status != 0
    assert "is still the example's, 192.0.2.10" in refused.flat


def test_a_host_that_cannot_be_reached_is_named(gateway: Gateway) -> None:
    nobody = f"{gateway.machine.subnet}.99"
    gateway.operator.host_variables["ansible_host"] = nobody
    refused = gateway.operator.play()
    del gateway.operator.host_variables["ansible_host"]
    assert refused.status != 0
    assert f"gateway ({nobody}) does not answer to SSH" in refused.flat, refused.said


def test_an_unsupported_system_is_refused(gateway: Gateway) -> None:
    machine, before = gateway.machine, gateway.state()
    machine.run("cp -a /usr/lib/os-release /root/os-release; cp -a /etc/debian_version /root/debian_version")
    machine.run("sed -i -e 's/VERSION_ID=.*/VERSION_ID=\"11\"/' -e 's/1[23] (/11 (/' /usr/lib/os-release")
    machine.run("echo 11.9 > /etc/debian_version")
    refused = gateway.operator.play()
    warned = gateway.operator.play("--tags", "never", ansible_unsupported_ok=True)
    machine.run("cp -a /root/os-release /usr/lib/os-release; cp -a /root/debian_version /etc/debian_version")
    assert refused.status != 0
    assert warned.status == 0 and "Debian 11" in warned.flat and "not tested on" in warned.flat, warned.said
    assert "runs Debian 11" in refused.flat and "deployed to Debian 12 or 13 only" in refused.flat, refused.said
    assert gateway.state() == before


def test_a_full_disk_is_told_and_changes_nothing(gateway: Gateway) -> None:
    machine, before = gateway.machine, gateway.state()
    version = gateway.operator.checkout / "ingest/__init__.py"
    original = version.read_text("utf-8")
    version.write_text(original + "\n# Another release.\n", "utf-8")
    machine.run("fallocate -l $(($(stat -f -c '%a*%S' /srv) - 30000000)) /srv/filler")
    try:
        failed = gateway.operator.play("--tags", "ingest")
        # Cameras are told so, too, before they send anything.
        for implicit in (False, True):
            with pytest.raises(UploadError, match="421 The gateway's disk is nearly full"):
                gateway.send_photo("too-full.jpg", gateway.server(implicit=implicit))
    finally:
        machine.run("rm /srv/filler")
        version.write_text(original, "utf-8")
    assert failed.status != 0
    assert "could not be installed" in failed.flat and "No space left on device" in failed.flat, failed.said
    assert gateway.state() == before
    gateway.proves_itself()
