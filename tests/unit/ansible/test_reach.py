"""What keeps cameras out is said with the table, the tool or the road that does it."""

from typing import Any

from tests.unit.ansible.plugins import plugin

reach = plugin("reach/filter_plugins/reach")

CONTEXT: dict[str, Any] = {
    "host": "gateway",
    "address": "traps.example.org",
    "admin_port": 443,
    "ssh_port": 22,
    "data_ports": [40000, 50000],
    "passive_address": "",
    "admin_networks": [],
}
OPEN = {"21": "open", "990": "open", "443": "open", "22": "open", "40000": "refused", "50000": "refused"}


def seen(knocks: dict[str, str] | None = None, **changed: Any) -> dict[str, Any]:
    return {"address": "192.0.2.9", "knocks": {**OPEN, **(knocks or {})}, "troubles": {}, "data": {}, **changed}


def packet(identity: str, port: int, *lines: str) -> str:
    """Return how nft tells of one packet: it came, and then these lines, each `FAMILY TABLE CHAIN REST`."""
    came = (
        f'inet camspool_look early packet: iif "eth0" ip saddr 192.0.2.1 tcp sport 5000 tcp dport {port} tcp flags syn'
    )
    return "".join(
        f"trace id {identity} {line}\n" for line in (came, "inet camspool_look early policy accept ", *lines)
    )


DROPPED = ("inet filter input packet: iif eth0", "inet filter input policy drop ")
LET_IN = ("inet filter input rule tcp dport 21 accept (verdict accept)",)


def test_a_gateway_that_cameras_get_into_has_nothing_to_tell() -> None:
    assert not reach.has_troubles(seen(), CONTEXT)
    assert reach.why_cameras_stay_out(seen(), "", CONTEXT) == []


def test_the_table_that_drops_is_named_and_ports_with_one_cause_are_one_sentence() -> None:
    silent = seen(dict.fromkeys(["21", "990", "40000", "50000"], "silent"))
    trace = "".join(packet(f"a{port}", port, *DROPPED) for port in (21, 990, 40000, 50000))
    assert reach.has_troubles(silent, CONTEXT)
    assert reach.why_cameras_stay_out(silent, trace, CONTEXT) == [
        "Cameras do not get in at ports 21, 990 and 40000-50000 of traps.example.org: their packets are "
        "dropped by table inet "
        "filter, chain input, policy drop."
    ]


def test_the_rule_that_drops_is_named_without_its_counter() -> None:
    line = "inet filter input rule tcp dport 21 counter packets 3 bytes 180 drop (verdict drop)"
    (said,) = reach.why_cameras_stay_out(seen({"21": "silent"}), packet("a", 21, line), CONTEXT)
    assert said.endswith("dropped by table inet filter, chain input, rule `tcp dport 21 drop`.")


def test_tools_are_named_by_their_name() -> None:
    ufw = (
        "ip filter ufw-before-input rule jump ufw-user-input (verdict jump ufw-user-input)",
        "ip filter INPUT policy drop ",
    )
    firewalld = ("inet firewalld filter_INPUT rule reject with icmpx admin-prohibited (verdict drop)",)
    banned = ("inet f2b-table f2b-chain rule ip saddr @addr-set-sshd reject (verdict drop)",)
    ours = ("inet camspool input policy drop ",)
    named = {"ufw": ufw, "firewalld": firewalld, "fail2ban": banned, "Camspool's own rules": ours}
    for name, lines in named.items():
        (said,) = reach.why_cameras_stay_out(seen({"990": "refused"}), packet("a", 990, *lines), CONTEXT)
        assert f"dropped by {name}" in said, said


def test_packets_that_never_arrive_are_kept_before_the_host() -> None:
    silent = seen({"21": "silent", "40000": "silent", "50000": "silent"})
    (said,) = reach.why_cameras_stay_out(silent, packet("a", 990, *LET_IN), CONTEXT)
    assert "ports 21 and 40000-50000 of traps.example.org: no packet arrives at gateway" in said and "provider" in said


def test_a_port_that_nobody_listens_on_is_told_from_one_that_is_closed() -> None:
    trace = packet("a", 21, *LET_IN)
    assert reach.why_cameras_stay_out(seen({"21": "refused"}), trace, CONTEXT) == [
        "Cameras do not get in at port 21 of traps.example.org: nothing listens there."
    ]
    (said,) = reach.why_cameras_stay_out(seen({"21": "silent"}), trace, CONTEXT)
    assert "no answer comes back" in said
    (said,) = reach.why_cameras_stay_out(seen({"21": "silent"}), "", CONTEXT)
    assert said.endswith("nobody answers.")


def test_only_where_nothing_at_all_comes_through_the_host_is_out_of_reach() -> None:
    silent = seen(dict.fromkeys(OPEN, "silent"))
    assert reach.is_out_of_reach(silent, "")
    assert not reach.is_out_of_reach(silent, packet("a", 21, *DROPPED))
    assert not reach.is_out_of_reach(seen({"21": "silent"}), "")
    assert not reach.is_out_of_reach({**silent, "knocks": {}}, "")


def test_a_name_without_an_address_is_told() -> None:
    nowhere = {"address": "", "knocks": {}, "troubles": {}, "data": {}}
    assert reach.has_troubles(nowhere, CONTEXT)
    (said,) = reach.why_cameras_stay_out(nowhere, "", CONTEXT)
    assert "The name traps.example.org has no address" in said and "ftps_host" in said


def test_an_admin_for_some_networks_only_may_be_closed_to_this_machine() -> None:
    for knock in ("silent", "refused"):
        context = {**CONTEXT, "admin_networks": ["10.0.0.0/8"]}
        assert reach.why_cameras_stay_out(seen({"443": knock}), "", context) == []
        (said,) = reach.why_cameras_stay_out(seen({"443": knock}), "", CONTEXT)
        assert "port 443 (the admin)" in said


def test_a_data_connection_that_fails_is_told_with_what_drops_it_or_who_sends_it_there() -> None:
    trouble = "the log-in works, and no data connection opens to 198.51.100.7, where the gateway sends it: timed out"
    failed = seen(troubles={"21": trouble}, data={"21": "198.51.100.7:41000"})
    assert reach.has_troubles(failed, CONTEXT)
    (said,) = reach.why_cameras_stay_out(failed, "", {**CONTEXT, "passive_address": "198.51.100.7"})
    assert (
        said.startswith(f"Port 21 of traps.example.org: {trouble}.")
        and "ftps_passive_address says 198.51.100.7" in said
    )
    (said,) = reach.why_cameras_stay_out(failed, packet("a", 41000, *DROPPED), CONTEXT)
    assert said.endswith("It is dropped by table inet filter, chain input, policy drop.")


def test_before_anything_listens_only_drops_count() -> None:
    knocked = seen({"21": "refused", "990": "silent", "443": "refused"})
    trace = packet("a", 21, *LET_IN) + packet("b", 990, *DROPPED)
    (said,) = reach.is_dropped_by_rules(knocked, trace, CONTEXT)
    assert "port 990 of traps.example.org: their packets are dropped by table inet filter" in said
