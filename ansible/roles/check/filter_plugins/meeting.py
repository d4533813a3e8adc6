"""Decides what of a host's own stands in the way of a gateway: sentences for the operator, from what was surveyed.

A survey is what the module host_survey returns. What is wanted is a dictionary: `host`, its name; `manage`, one of own,
existing and none; `admin_port`; `domain`, the admin's own name or empty; `open_ports`, what the rules let in beside
data connections, as text (`80`, `8000-8010`, `51820/udp`); `passive`, first and last port of these; `close_others`,
whether the operator agreed to what is cut off.
"""

from __future__ import annotations

from typing import Any

OURS = {("inet", "camspool"), ("inet", "camspool_look")}
FTPS_SOCKETS = {21: "camspool-ftps.socket", 990: "camspool-ftps-implicit.socket"}
BEHIND_RULES = ("docker-proxy",)
"""Docker takes what comes for its containers out of the way before rules for this host see it."""
LINK_LOCAL = ("systemd-resolve", "avahi-daemon", "systemd-network", "dhclient", "dhcpcd", "NetworkManager")
"""They listen to the neighbours on the wire, never to strangers."""
TABLES_OF_TOOLS = {"ufw": {("ip", "filter"), ("ip6", "filter")}, "firewalld": {("inet", "firewalld")}}
UNCONDITIONAL = {"counter", "log", "comment", "drop", "reject", "accept", "jump", "goto"}


def in_the_way(survey: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return what the operator has to decide or to mend before the host can become a gateway; empty: nothing."""
    found = [*_other_ftp_servers(survey, wanted), *_held_ports(survey, wanted)]
    if not is_ours_in_force(survey):
        # On a gateway, what our rules close is closed already, and the look from outside tells whether cameras get in.
        found += [*_other_firewalls(survey, wanted), *_cut_off(survey, wanted)]
    return found


def _other_ftp_servers(survey: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    if not (names := survey["ftp_servers"]):
        return []
    ports = sorted({entry["port"] for entry in survey["listening"] if entry["program"] in _programs(names)})
    listening = f", which listens on port {', '.join(map(str, ports))}" if ports else ""
    return [
        f"{wanted['host']} has another FTP server installed: {', '.join(names)}{listening}. Debian allows one at a "
        "time, so installing vsftpd would remove it. Move what it serves elsewhere and remove it yourself "
        f"(apt-get remove {' '.join(names)}), or choose another host."
    ]


def _programs(packages: list[str]) -> set[str]:
    return {word for name in packages for word in (name, name.removesuffix("-core"), name.split("-")[0])}


def _held_ports(survey: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    admin_port = wanted["admin_port"]
    ours = {**FTPS_SOCKETS, admin_port: ""}
    found = []
    for entry in survey["listening"]:
        if entry["protocol"] != "tcp" or entry["port"] not in ours or _is_loopback(entry["address"]):
            continue
        if entry["program"] in _programs(survey["ftp_servers"]):
            continue
        # nginx serves several sites at one port by their names.
        shares = (
            entry["port"] == admin_port and entry["program"] == "nginx" and (survey["has_admin"] or wanted["domain"])
        )
        if entry["unit"] != ours[entry["port"]] and not shares:
            found.append(_named(entry))
    if not found:
        return []
    return [
        f"On {wanted['host']} another program holds what a gateway listens on: "
        f"{', '.join(sorted(set(found)))}. Stop and disable it; where it holds port {admin_port}, webadmin_port can be "
        "another one, and nginx shares it with an admin that has a name of its own (certificate_domain)."
    ]


def _other_firewalls(survey: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    found, manage = filtering(survey), wanted["manage"]
    if manage == "own" and found:
        return [
            f"{wanted['host']} has a firewall already: {'; '.join(found)}. Camspool's own rules cannot open what "
            "that one closes. Choose firewall_manage in ansible/group_vars/dev.yml: existing (ufw and firewalld are "
            "given the openings; in rules of your own you open them), or none (you open "
            f"{_openings(wanted)} yourself), or switch that firewall off and keep own."
        ]
    if manage == "existing" and not found:
        return [
            f"firewall_manage is existing, and {wanted['host']} has no firewall that closes anything: neither ufw nor "
            "firewalld is active, and no table of nftables drops what comes in. Choose own or none."
        ]
    return []


def _openings(wanted: dict[str, Any]) -> str:
    ports = [*map(str, sorted({21, 990, wanted["admin_port"]})), "-".join(map(str, wanted["passive"]))]
    return f"{', '.join(ports[:-1])} and {ports[-1]} of TCP"


def _cut_off(survey: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    if wanted["manage"] != "own" or wanted["close_others"]:
        return []
    closed = {
        (entry["port"], entry["protocol"]): entry for entry in survey["listening"] if _is_closed(entry, survey, wanted)
    }
    if not closed:
        return []
    names = [_named(closed[key]) for key in sorted(closed)]
    ports = ", ".join(str(port) if protocol == "tcp" else f"{port}/{protocol}" for port, protocol in sorted(closed))
    return [
        f"Camspool's firewall rules would close ports of {wanted['host']} that programs listen on: "
        f"{', '.join(names)}. Write those that stay open into ansible/group_vars/dev.yml, such as "
        f"firewall_keep_ports: [{ports}]; to close the rest set firewall_close_others: true."
    ]


def _is_closed(entry: dict[str, Any], survey: dict[str, Any], wanted: dict[str, Any]) -> bool:
    protocol, port = entry["protocol"], entry["port"]
    if _is_loopback(entry["address"]) or entry["program"] in (*BEHIND_RULES, *LINK_LOCAL):
        return False
    if entry["unit"].startswith("camspool-"):
        return False
    first, last = survey["outgoing_ports"]
    # Whoever asks a name server or a clock waits for the answer at such a port.
    is_asking = protocol == "udp" and entry["program"] and first <= port <= last
    return not is_asking and not _is_open(protocol, port, wanted)


def _is_open(protocol: str, port: int, wanted: dict[str, Any]) -> bool:
    for text in [*wanted["open_ports"], "-".join(map(str, wanted["passive"]))]:
        ports, _, of = text.partition("/")
        first, _, last = ports.partition("-")
        if (of or "tcp") == protocol and int(first) <= port <= int(last or first):
            return True
    return False


def _named(entry: dict[str, Any]) -> str:
    """Return such as `port 80 (nginx)`."""
    who = entry["program"] or "the kernel"
    unit = f", {entry['unit']}" if entry["unit"].endswith((".service", ".socket")) else ""
    return f"port {entry['port']}{'' if entry['protocol'] == 'tcp' else '/udp'} ({who}{unit})"


def _is_loopback(address: str) -> bool:
    """Say so of an address as proc(5) writes it: words of four bytes, each with the last byte first."""
    return address.endswith("7F") if len(address) == 8 or "FFFF0000" in address else address == f"{'0' * 24}01000000"


def is_ours_in_force(survey: dict[str, Any]) -> bool:
    """Say whether Camspool's own rules are in force."""
    return any(
        _table(entry["table"], "name") == ("inet", "camspool") for entry in survey["rules"] or [] if "table" in entry
    )


def filtering(survey: dict[str, Any]) -> list[str]:
    """Return the names of firewalls other than ours that let in only what they have an opening for."""
    tools = [tool for tool, is_active in survey["tools"].items() if is_active]
    known = OURS.union(*(TABLES_OF_TOOLS[tool] for tool in tools))
    found = [f"{tool} is active" for tool in tools]
    for chain in _of_kind(survey, "chain"):
        if chain.get("hook") in ("input", "prerouting", "ingress") and chain.get("type") == "filter":
            how = _how_it_closes(chain, survey)
            if how and _table(chain) not in known:
                found.append(f"table {chain['family']} {chain['table']}, chain {chain['name']} ({how})")
    return found + ([] if "ufw" in tools else _saved(survey["saved_rules"]))


def _how_it_closes(chain: dict[str, Any], survey: dict[str, Any]) -> str:
    if chain.get("policy") == "drop":
        return "policy drop"
    # Drops before the rules for this host are for what is forged or routed.
    if chain["hook"] != "input":
        return ""
    return _last_word(chain, survey, 8)


def _last_word(chain: dict[str, Any], survey: dict[str, Any], depth: int) -> str:
    """Return `drop` or `reject` where a chain does that to everything that its other rules leave."""
    for rule in _of_kind(survey, "rule"):
        if _table(rule) != _table(chain) or rule["chain"] != chain["name"]:
            continue
        verdicts = _unconditional(rule["expr"])
        for word in ("drop", "reject"):
            if word in verdicts:
                return f"its last rule: {word}"
        target = verdicts.get("jump") or verdicts.get("goto")
        if target and depth and (how := _last_word({**chain, "name": target["target"]}, survey, depth - 1)):
            return how
    return ""


def _unconditional(expressions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the statements of a rule that holds for every packet; nothing for another rule."""
    found: dict[str, Any] = {}
    for expression in expressions:
        for name, value in expression.items():
            if name == "xt" and value.get("type") == "target":
                found[str(value.get("name")).lower()] = value
            elif name in UNCONDITIONAL:
                found[name] = value
            else:
                return {}
    return found


def _saved(lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        words = line.split()
        if words[:2] == [":INPUT", "DROP"]:
            found.append("iptables, chain INPUT (policy DROP)")
        elif words[:3] == ["-A", "INPUT", "-j"] and words[3] in ("DROP", "REJECT"):
            found.append(f"iptables, chain INPUT (its last rule: {words[3]})")
    return sorted(set(found))


def _of_kind(survey: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry[kind] for entry in survey["rules"] or [] if kind in entry]


def _table(entry: dict[str, Any], name: str = "table") -> tuple[str, str]:
    return entry["family"], entry[name]


class FilterModule:
    """What Ansible asks for."""

    def filters(self) -> dict[str, Any]:
        """Return the filters by name."""
        return {"in_the_way": in_the_way, "filtering": filtering}
