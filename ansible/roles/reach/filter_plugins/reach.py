"""Says in sentences what keeps cameras out of a gateway, from what was seen from outside and what its rules did.

What was seen is what `ingest.ftps.look` prints; JSON makes its ports text. What the rules did is what
`nft monitor trace` prints. The context is reach_context of this role's variables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"^trace id (?P<id>\S+) (?P<family>\S+) (?P<table>\S+) (?P<chain>\S+) (?P<rest>.*)$")
_PORT = re.compile(r"tcp dport (\d+)")
_DROPS = re.compile(r"^(?:rule (?P<rule>.*) \(verdict drop\)|(?P<policy>policy drop))\s*$")
_OWNERS = {
    "camspool": "Camspool's own rules, firewall_more_rules among them",
    "f2b-table": "fail2ban, which has banned it",
}


@dataclass(frozen=True)
class Traced:
    """At which ports packets arrived, and what dropped those to a port, in words."""

    arrived: frozenset[int]
    dropped: dict[int, str]


def traced(text: str) -> Traced:
    """Read what became of packets."""
    ports: dict[str, int] = {}
    paths: dict[str, set[str]] = {}
    dropped: dict[int, str] = {}
    for match in filter(None, map(_LINE.match, text.splitlines())):
        packet = match["id"]
        if match["rest"].startswith("packet:") and (port := _PORT.search(match["rest"])):
            ports.setdefault(packet, int(port[1]))
        paths.setdefault(packet, set()).add(match["chain"])
        if packet in ports and (how := _DROPS.match(match["rest"])):
            dropped[ports[packet]] = _dropper(match, how, paths[packet])
    return Traced(frozenset(ports.values()), dropped)


def _dropper(match: re.Match[str], how: re.Match[str], path: set[str]) -> str:
    rule = re.sub(r"counter packets \d+ bytes \d+ ?", "", how["rule"] or "").strip()
    said = f"rule `{rule}`" if rule else "policy drop"
    place = f"table {match['family']} {match['table']}, chain {match['chain']}, {said}"
    owner = _OWNERS.get(match["table"]) or ("ufw" if any("ufw-" in chain for chain in path) else "")
    owner = "firewalld" if match["table"] == "firewalld" else owner
    return f"{owner} ({place})" if owner else place


def has_troubles(seen: dict[str, Any], context: dict[str, Any]) -> bool:
    """Say whether anything was seen that a camera would stumble over."""
    return bool(not seen["address"] or seen["troubles"] or _shut(seen, context))


def is_out_of_reach(seen: dict[str, Any], trace: str) -> bool:
    """Say whether nothing at all gets from here to the host, so that what was seen says nothing of it."""
    return bool(seen["knocks"]) and set(seen["knocks"].values()) == {"silent"} and not traced(trace).arrived


def is_dropped_by_rules(seen: dict[str, Any], trace: str, context: dict[str, Any]) -> list[str]:
    """Return a sentence for what the host's own rules drop, before anything listens there."""
    found = traced(trace)
    shut = {port for port in _shut(seen, context) if port in found.dropped}
    return _by_cause(shut, lambda port: _cause(port, "silent", found, context), context)


def why_cameras_stay_out(seen: dict[str, Any], trace: str, context: dict[str, Any]) -> list[str]:
    """Return a sentence for each cause; none: cameras get in."""
    if not seen["address"]:
        return [
            f"The name {context['address']} has no address, as this machine sees it; cameras would not find it either. "
            "Let your DNS lead it to the host, or change ftps_host."
        ]
    found = traced(trace)
    shut = _shut(seen, context)
    return [
        *_by_cause(set(shut), lambda port: _cause(port, shut[port], found, context), context),
        *_troubles(seen, found, context),
    ]


def _shut(seen: dict[str, Any], context: dict[str, Any]) -> dict[int, str]:
    """Return the ports that should answer and do not, with how. At a port for data nobody listens until it is used."""
    knocks = {int(port): knock for port, knock in seen["knocks"].items()}
    silent = {port: knock for port, knock in knocks.items() if knock == "silent" or port not in context["data_ports"]}
    ours = {port: knock for port, knock in silent.items() if knock != "open" and port != context["ssh_port"]}
    if context["admin_networks"]:
        ours.pop(context["admin_port"], None)
    return ours


def _cause(port: int, knock: str, found: Traced, context: dict[str, Any]) -> str:
    if port in found.dropped:
        return f"their packets are dropped by {found.dropped[port]}"
    if not found.arrived:
        return "nobody answers" if knock == "silent" else "nothing listens there"
    if port not in found.arrived:
        return (
            f"no packet arrives at {context['host']}, so something before it keeps them: the provider's firewall, "
            "a router, or the network of the machine that looked"
        )
    if knock == "refused":
        return "nothing listens there"
    return "packets arrive and no rule drops them, but no answer comes back"


def _by_cause(ports: set[int], cause_of: Any, context: dict[str, Any]) -> list[str]:
    causes: dict[str, list[int]] = {}
    for port in sorted(ports):
        causes.setdefault(cause_of(port), []).append(port)
    return [
        f"Cameras do not get in at {_ports(at, context)} of {context['address']}: {cause}."
        for cause, at in causes.items()
    ]


def _ports(ports: list[int], context: dict[str, Any]) -> str:
    data = [port for port in ports if port in context["data_ports"]]
    others = [str(port) for port in ports if port not in data]
    are_all = len(data) == len(context["data_ports"])
    data_text = ["-".join(map(str, data))] if are_all else [str(port) for port in data]
    names = [f"{name} (the admin)" if name == str(context["admin_port"]) else name for name in others] + data_text
    return f"port {names[0]}" if len(names) == 1 else f"ports {', '.join(names[:-1])} and {names[-1]}"


def _troubles(seen: dict[str, Any], found: Traced, context: dict[str, Any]) -> list[str]:
    sentences = []
    for port, trouble in seen["troubles"].items():
        address, _, at = seen["data"].get(port, "").rpartition(":")
        dropper = found.dropped.get(int(at or 0))
        hint = ""
        if dropper:
            hint = f" It is dropped by {dropper}."
        elif address and address != seen["address"] and context["passive_address"] == address:
            hint = f" ftps_passive_address says {address}: is it the address that cameras reach?"
        sentences.append(f"Port {port} of {context['address']}: {trouble}.{hint}")
    return sentences


class FilterModule:
    """What Ansible asks for."""

    def filters(self) -> dict[str, Any]:
        """Return the filters by name."""
        return {
            "has_troubles": has_troubles,
            "is_out_of_reach": is_out_of_reach,
            "is_dropped_by_rules": is_dropped_by_rules,
            "why_cameras_stay_out": why_cameras_stay_out,
        }
