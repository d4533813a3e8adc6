"""A variable that begins like Camspool's and is none is found, whichever role it was meant for."""

from pathlib import Path

import pytest
import yaml

from tests.unit.ansible.plugins import ROLES, plugin

spelling = plugin("check/filter_plugins/spelling")
KNOWN = spelling.known_variables(str(ROLES))
OPTIONS = sorted((role, name) for role, names in KNOWN.items() for name in names)


def test_what_the_roles_check_their_arguments_by_is_what_is_known() -> None:
    for file in ROLES.glob("*/meta/argument_specs.yml"):
        options = yaml.safe_load(file.read_text("utf-8"))["argument_specs"]["main"].get("options") or {}
        assert set(options) <= set(KNOWN[file.parts[-3]])


@pytest.mark.parametrize(("role", "name"), [pair for pair in OPTIONS if not pair[1].startswith("ansible_")])
def test_a_letter_too_few_is_found_in_every_variable_and_the_right_one_named(role: str, name: str) -> None:
    wrong = name[:-2] + name[-1]
    if wrong in {right for names in KNOWN.values() for right in names}:
        return
    (said,) = spelling.misspelt([wrong, name], KNOWN, [])
    assert said.startswith(f"{wrong} (did you mean ")
    # Where two differ by one letter, either is near.
    assert spelling.get_close_matches(wrong, [name], cutoff=0.6) == [name]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ingest_timezone", "ingest_time_zone"),
        ("ftps_pasive_address", "ftps_passive_address"),
        ("ftps_pasword", "ftps_password"),
        ("webadmin_prot", "webadmin_port"),
        ("firewall_manages", "firewall_manage"),
        ("outbox_target", "outbox_targets"),
    ],
)
def test_the_nearest_right_name_is_told(wrong: str, right: str) -> None:
    assert spelling.misspelt([wrong], KNOWN, []) == [f"{wrong} (did you mean {right}?)"]


def test_a_variable_that_was_renamed_is_told_by_its_new_name() -> None:
    assert spelling.misspelt(["firewall_more_tcp_ports"], KNOWN, []) == [
        "firewall_more_tcp_ports (called firewall_keep_ports now)"
    ]


def test_other_playbooks_variables_are_let_be() -> None:
    names = ["ansible_host", "nginx_user", "firewall_allowed_tcp_ports", "ingestion_rate"]
    assert spelling.misspelt(names, KNOWN, ["firewall_allowed_tcp_ports"]) == []
    assert len(spelling.misspelt(names, KNOWN, [])) == 1


def test_every_variable_of_a_role_begins_with_a_known_prefix() -> None:
    assert spelling.misspelt([name for _, name in OPTIONS], KNOWN, []) == []


@pytest.mark.parametrize("meant", ["ftp_password", "ftps_pasword", "ftps_passwd", "FTPS_password"])
def test_what_was_meant_for_the_password_is_found(meant: str) -> None:
    names = [meant, "ftps_password", "ftps_password_old", "webadmin_password", "ansible_become_password"]
    assert spelling.like_the_password(names, KNOWN) == [meant]


def test_a_role_without_options_is_known_too(tmp_path: Path) -> None:
    (tmp_path / "timers/meta").mkdir(parents=True)
    (tmp_path / "timers/meta/argument_specs.yml").write_text("argument_specs: {main: {options: {}}}")
    assert spelling.misspelt(["timers_off"], spelling.known_variables(str(tmp_path)), []) == ["timers_off"]
