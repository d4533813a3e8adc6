"""What of a host's own stands in the way of a gateway is said before anything is changed."""

from typing import Any

import pytest

from tests.unit.ansible.plugins import plugin

meeting = plugin("check/filter_plugins/meeting")

ANYWHERE, HERE = "00000000", "0100007F"
ANYWHERE_6, HERE_6 = "0" * 32, f"{'0' * 24}01000000"
WANTED: dict[str, Any] = {
    "host": "gateway",
    "manage": "own",
    "admin_port": 443,
    "domain": "",
    "open_ports": ["22", "21", "990", "443", "8000-8010", "51820/udp"],
    "passive": [40000, 50000],
    "close_others": False,
}
FILTERING = ["table inet filter, chain input (policy drop)"]


def listener(port: int, program: str = "nginx", **changed: Any) -> dict[str, Any]:
    found = {"protocol": "tcp", "port": port, "address": ANYWHERE, "program": program, "unit": f"{program}.service"}
    return {**found, **changed}


def survey(**changed: Any) -> dict[str, Any]:
    found = {
        "listening": [listener(22, "sshd")],
        "outgoing_ports": [32768, 60999],
        "ftp_servers": [],
        "has_admin": False,
        "tools": {"ufw": False, "firewalld": False},
        "rules": None,
        "saved_rules": [],
    }
    return {**found, **changed}


def base_chain(
    table: str = "inet filter", name: str = "input", policy: str = "drop", hook: str = "input"
) -> dict[str, Any]:
    family, _, table = table.partition(" ")
    described = {"family": family, "table": table, "name": name, "type": "filter", "hook": hook, "policy": policy}
    return {"chain": described}


def rule(*expressions: dict[str, Any], table: str = "inet filter", chain: str = "input") -> dict[str, Any]:
    family, _, table = table.partition(" ")
    return {"rule": {"family": family, "table": table, "chain": chain, "expr": list(expressions)}}


DROP: dict[str, Any] = {"drop": None}
REJECT: dict[str, Any] = {"reject": {"type": "icmpx"}}
COUNTER: dict[str, Any] = {"counter": {"packets": 0, "bytes": 0}}
FROM_SET: dict[str, Any] = {"match": {"op": "==", "left": {"payload": {}}, "right": "@banned"}}


def only(found: list[str]) -> str:
    (sentence,) = found
    return sentence


def test_a_bare_host_is_in_nobody_s_way() -> None:
    assert meeting.in_the_way(survey(), WANTED) == []


def test_another_ftp_server_is_named_with_its_port_and_apt_s_intention() -> None:
    found = survey(ftp_servers=["proftpd-core"], listening=[listener(21, "proftpd", address=ANYWHERE_6)])
    said = only(meeting.in_the_way(found, WANTED))
    assert "gateway has another FTP server installed: proftpd-core, which listens on port 21." in said
    assert "would remove it" in said


@pytest.mark.parametrize("port", [21, 990, 443])
def test_who_holds_a_port_of_the_gateway_is_named(port: int) -> None:
    said = only(meeting.in_the_way(survey(listening=[listener(port, "haproxy")]), WANTED))
    assert f"holds what a gateway listens on: port {port} (haproxy, haproxy.service)" in said


def test_our_own_sockets_and_nginx_hold_nothing_of_others() -> None:
    ours = [
        listener(21, "systemd", unit="camspool-ftps.socket"),
        listener(990, "systemd", unit="camspool-ftps-implicit.socket"),
        listener(443),
    ]
    assert meeting.in_the_way(survey(listening=ours, has_admin=True), WANTED) == []


def test_a_socket_of_somebody_else_s_is_named_by_its_unit() -> None:
    said = only(meeting.in_the_way(survey(listening=[listener(21, "systemd", unit="vsftpd.socket")]), WANTED))
    assert "port 21 (systemd, vsftpd.socket)" in said


def test_a_site_of_nginx_at_the_admin_s_port_is_in_the_way_unless_the_admin_has_a_name() -> None:
    found = survey(listening=[listener(443)])
    assert "port 443 (nginx, nginx.service)" in only(meeting.in_the_way(found, WANTED))
    assert meeting.in_the_way(found, {**WANTED, "domain": "gateway.example.org"}) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"tools": {"ufw": True, "firewalld": False}}, "ufw is active"),
        ({"tools": {"ufw": False, "firewalld": True}}, "firewalld is active"),
        ({"rules": [base_chain()]}, FILTERING[0]),
        ({"rules": [base_chain("ip filter", "INPUT")]}, "table ip filter, chain INPUT (policy drop)"),
        ({"rules": [base_chain(policy="accept"), rule(COUNTER, DROP)]}, "chain input (its last rule: drop)"),
        ({"rules": [base_chain(policy="accept"), rule(REJECT)]}, "chain input (its last rule: reject)"),
        (
            {"rules": [base_chain(policy="accept"), rule({"xt": {"type": "target", "name": "REJECT"}})]},
            "chain input (its last rule: reject)",
        ),
        (
            {"rules": [base_chain(policy="accept"), rule({"jump": {"target": "all"}}), rule(DROP, chain="all")]},
            "chain input (its last rule: drop)",
        ),
        ({"rules": [base_chain(hook="prerouting", name="early")]}, "chain early (policy drop)"),
        ({"saved_rules": [":INPUT DROP [3:180]"]}, "iptables, chain INPUT (policy DROP)"),
        ({"saved_rules": [":INPUT ACCEPT [0:0]", "-A INPUT -j REJECT --reject-with icmp-host-prohibited"]}, "REJECT"),
    ],
)
def test_a_firewall_that_is_there_is_named_and_there_is_a_choice(changed: dict[str, Any], named: str) -> None:
    said = only(meeting.in_the_way(survey(**changed), WANTED))
    assert "gateway has a firewall already: " in said and named in said
    assert "firewall_manage" in said and "21, 443, 990 and 40000-50000 of TCP" in said
    for manage in ("existing", "none"):
        assert meeting.in_the_way(survey(**changed), {**WANTED, "manage": manage}) == []


@pytest.mark.parametrize(
    "rules",
    [
        [base_chain(policy="accept")],
        [base_chain(hook="forward"), base_chain("ip nat", "PREROUTING", "accept", "prerouting")],
        [base_chain("inet f2b-table", "f2b-chain", "accept"), rule(FROM_SET, REJECT, table="inet f2b-table")],
        [base_chain(policy="accept"), rule(FROM_SET, DROP)],
        [base_chain(policy="accept"), rule({"jump": {"target": "input"}})],
        # Docker keeps strangers from its containers' own addresses.
        [base_chain("ip raw", "PREROUTING", "accept", "prerouting"), rule(DROP, table="ip raw", chain="PREROUTING")],
    ],
)
def test_rules_that_leave_the_host_s_ports_open_are_no_firewall(rules: list[dict[str, Any]]) -> None:
    assert meeting.filtering(survey(rules=rules)) == []
    assert meeting.in_the_way(survey(rules=rules), WANTED) == []


def test_what_a_tool_made_is_the_tool_s() -> None:
    rules = [base_chain("ip filter", "INPUT"), base_chain("ip6 filter", "INPUT")]
    assert meeting.filtering(survey(rules=rules, tools={"ufw": True, "firewalld": False})) == ["ufw is active"]


def test_an_existing_firewall_that_is_not_there_is_told() -> None:
    said = only(meeting.in_the_way(survey(), {**WANTED, "manage": "existing"}))
    assert "firewall_manage is existing, and gateway has no firewall that closes anything" in said


def test_ports_that_our_rules_would_close_are_listed_with_their_programs() -> None:
    others = [
        listener(80),
        listener(80, address=ANYWHERE_6),
        listener(5432, "postgres", unit="postgresql@15-main.service"),
        listener(1194, "openvpn", protocol="udp"),
        listener(51821, "", protocol="udp", unit=""),
    ]
    said = only(meeting.in_the_way(survey(listening=others), WANTED))
    for named in (
        "port 80 (nginx, nginx.service)",
        "port 5432 (postgres",
        "port 1194/udp (openvpn",
        "51821/udp (the kernel)",
    ):
        assert said.count(named) == 1, said
    assert "firewall_keep_ports: [80, 1194/udp, 5432, 51821/udp]" in said
    assert meeting.in_the_way(survey(listening=others), {**WANTED, "close_others": True}) == []
    kept = [*WANTED["open_ports"], "80", "5432", "1194/udp", "51000-52000/udp"]
    assert meeting.in_the_way(survey(listening=others), {**WANTED, "open_ports": kept}) == []


def test_what_no_stranger_reaches_or_our_rules_open_is_not_cut_off() -> None:
    fine = [
        listener(5432, "postgres", address=HERE),
        listener(5432, "postgres", address=HERE_6),
        listener(3306, "mysqld", address="0000000000000000FFFF00000100007F"),
        listener(8005, "python3"),
        listener(45000, "vsftpd", unit="camspool-ftps@3.service"),
        listener(8080, "docker-proxy"),
        listener(5355, "systemd-resolve"),
        listener(68, "dhclient", protocol="udp"),
        listener(40123, "chronyd", protocol="udp"),
        listener(51820, "", protocol="udp"),
    ]
    assert meeting.in_the_way(survey(listening=fine), WANTED) == []


def test_where_our_rules_are_in_force_nothing_new_is_closed() -> None:
    rules = [{"table": {"family": "inet", "name": "camspool"}}, base_chain("inet camspool"), base_chain()]
    assert meeting.is_ours_in_force(survey(rules=rules))
    assert meeting.in_the_way(survey(rules=rules, listening=[listener(80)]), WANTED) == []


def test_everything_is_said_at_once() -> None:
    found = survey(
        ftp_servers=["pure-ftpd"],
        listening=[listener(80), listener(990, "stunnel4")],
        tools={"ufw": True, "firewalld": False},
    )
    assert len(meeting.in_the_way(found, WANTED)) == 4
