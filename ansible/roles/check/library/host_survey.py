#!/usr/bin/python
"""Looks at what a host has of its owner's, which a gateway would meet: other FTP servers, firewalls, who listens."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: host_survey
short_description: Reads who listens on a host, which firewalls it has and which FTP servers.
description:
  - Changes nothing.
options: {}
author: Camspool
"""

EXAMPLES = """
- name: Look what there is
  host_survey:
  register: looked
"""

RETURN = """
survey:
  description:
    - "listening: one entry for each waiting socket, with protocol, port, address as proc(5) writes it, program, unit."
    - "outgoing_ports: first and last port that the kernel gives to programs which ask for any."
    - "ftp_servers: Debian packages that apt would remove for vsftpd."
    - "tools: whether ufw and firewalld are active."
    - "release: name of the release that is in force; empty on a host that has none."
    - "has_admin: whether nginx serves Camspool's admin."
    - "rules: what nft prints as JSON, without the elements of sets; null without nft."
    - "saved_rules: iptables' lines that nft does not show."
  type: dict
  returned: always
"""

LISTENS = {"tcp": "0A", "udp": "07"}
"""How proc(5) writes the state of a socket that waits for others."""


def sockets() -> list[dict[str, Any]]:
    """Return the sockets that wait for others, each with its program and systemd unit where one is known."""
    owners, activated = socket_owners(), activated_ports()
    found = []
    for protocol, port, address, inode in waiting_sockets():
        program, unit = owners.get(inode, ("", ""))
        if program == "systemd" and unit == "init.scope":
            unit = activated.get(port, "")
        found.append({"protocol": protocol, "port": port, "address": address, "program": program, "unit": unit})
    return found


def waiting_sockets() -> list[tuple[str, int, str, str]]:
    """Return protocol, port, address as proc(5) writes it, and inode."""
    found = []
    for protocol, state in LISTENS.items():
        for family in ("", "6"):
            try:
                lines = Path(f"/proc/net/{protocol}{family}").read_text("ascii").splitlines()[1:]
            except OSError:
                continue
            for words in map(str.split, lines):
                address, _, port = words[1].rpartition(":")
                if words[3] == state and words[2].endswith(":0000"):
                    found.append((protocol, int(port, 16), address, words[9]))
    return found


def socket_owners() -> dict[str, tuple[str, str]]:
    """Return program and unit of each socket that a process has open, by the socket's inode; the eldest process's."""
    found: dict[str, tuple[str, str]] = {}
    for process in sorted(
        (path for path in Path("/proc").iterdir() if path.name.isdigit()), key=lambda at: int(at.name)
    ):
        try:
            program = (process / "comm").read_text("utf-8", "replace").strip()
            unit = (process / "cgroup").read_text("utf-8", "replace").strip().rpartition("/")[2]
            files = list((process / "fd").iterdir())
        except OSError:
            continue
        for inode in filter(None, map(socket_inode, files)):
            found.setdefault(inode, (program, unit))
    return found


def socket_inode(file: Path) -> str:
    """Return the inode of the socket that a process has open as this file; empty where it is none, or closed by now."""
    try:
        link = str(file.readlink())
    except OSError:
        return ""
    return link[len("socket:[") : -1] if link.startswith("socket:[") else ""


def activated_ports() -> dict[int, str]:
    """Return the systemd socket unit of each port that systemd itself listens on."""
    said = output("systemctl", "list-sockets", "--no-legend", "--no-pager")
    matches = re.findall(r"(?m)^\s*\S+:(\d+)\s+(\S+\.socket)", said)
    return {int(port): unit for port, unit in matches}


def ftp_servers() -> list[str]:
    """Return the installed packages that share `ftp-server` with vsftpd: Debian allows one of them at a time."""
    said = output("dpkg-query", "-W", "-f", "${db:Status-Status}|${Package}|${Provides}\n")
    rows = [line.split("|") for line in said.splitlines()]
    names = [row[1] for row in rows if row[0] == "installed" and re.search(r"(?:^|[ ,])ftp-server(?:$|[ ,(])", row[2])]
    return sorted({name for name in names if name != "vsftpd"})


def nft_rules() -> Any:
    """Return what nft knows, without the elements of sets; None without nft."""
    if not shutil.which("nft", path=PATH):
        return None
    try:
        return json.loads(output("nft", "--json", "--terse", "list", "ruleset"))["nftables"]
    except (ValueError, KeyError):
        return None


def saved_rules(*, nft_knows: bool) -> list[str]:
    """Return the lines of iptables' filter tables that nft does not show: those of the older kind, or without nft."""
    lines: list[str] = []
    for version in ("", "6"):
        older = Path(f"/proc/net/ip{version}_tables_names")
        # Only asked where there is such a table: asking makes one.
        if older.exists() and "filter" in older.read_text("ascii").split():
            lines += output(f"ip{version}tables-legacy-save", "-t", "filter").splitlines()
        elif not nft_knows and "nf_tables" in output(f"ip{version}tables", "--version"):
            lines += output(f"ip{version}tables-save", "-t", "filter").splitlines()
    return lines


def output(*words: str) -> str:
    """Return what a program prints; nothing where there is no such program, or it fails."""
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, errors="replace", check=False, timeout=30, env=ENVIRONMENT
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ENVIRONMENT = {"PATH": PATH, "LC_ALL": "C.UTF-8"}


def survey() -> dict[str, Any]:
    """Look at everything."""
    rules = nft_rules()
    ports = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii").split()
    return {
        "listening": sockets(),
        "ftp_servers": ftp_servers(),
        "tools": {
            "ufw": output("ufw", "status").startswith("Status: active"),
            "firewalld": output("firewall-cmd", "--state").strip() == "running",
        },
        "has_admin": Path("/etc/nginx/sites-enabled/camspool").exists(),
        "release": Path("/opt/camspool/current").resolve().name if Path("/opt/camspool/current").exists() else "",
        "rules": rules,
        "saved_rules": saved_rules(nft_knows=rules is not None),
        "outgoing_ports": [int(port) for port in ports],
    }


def main() -> None:
    """Answer Ansible."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.exit_json(changed=False, survey=survey())


if __name__ == "__main__":
    main()
