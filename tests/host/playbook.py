"""Runs the playbooks against a booted host as an operator does: two files copied from the examples, one command."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.host.machine import Machine

PASSWORD = "correct-horse-7-battery"
HOST = "gateway"
PATIENCE_S = 900.0
NEIGHBOUR = "neighbour"
_RECAP = re.compile(r"^(\w+)\s+: (ok=.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """How a playbook ended: its exit status, what it printed, each host's counts in its recap, how long it took."""

    status: int
    said: str
    recap: dict[str, dict[str, int]]
    seconds: float

    @property
    def counts(self) -> dict[str, int]:
        """The counts of the host."""
        return self.recap.get(HOST, {})

    @property
    def flat(self) -> str:
        """What it printed, on one line, so that a sentence can be looked for."""
        return re.sub(r"\s+", " ", self.said)


@dataclass
class Operator:
    """An operator: a checkout, and a folder with inventory and group_vars. `variables` are what stands in dev.yml.

    A `neighbour` stands in the same inventory.
    """

    machine: Machine
    checkout: Path
    folder: Path
    neighbour: Machine | None = None
    variables: dict[str, Any] = field(default_factory=lambda: {"ftps_password": PASSWORD})
    host_variables: dict[str, Any] = field(default_factory=dict)

    def write(self) -> Path:
        """Write both files from their examples and return the inventory."""
        inventory = yaml.safe_load((self.checkout / "ansible/inventory.yml.example").read_text("utf-8"))
        hosts = inventory["dev"]["hosts"]
        hosts[HOST] |= {**_address(self.machine), **self.host_variables}
        if self.neighbour:
            hosts[NEIGHBOUR] = _address(self.neighbour)
        variables = yaml.safe_load((self.checkout / "ansible/group_vars/dev.yml.example").read_text("utf-8"))
        (self.folder / "group_vars").mkdir(parents=True, exist_ok=True)
        (self.folder / "group_vars/dev.yml").write_text(yaml.safe_dump({**variables, **self.variables}), "utf-8")
        (self.folder / "inventory.yml").write_text(yaml.safe_dump(inventory), "utf-8")
        return self.folder / "inventory.yml"

    @contextmanager
    def playing(self, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start a play in a process group of its own, and return while it is at work; the block ends it."""
        words, environment = self._command("site.yml", options, {})
        with subprocess.Popen(
            words,
            cwd=self.checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            yield process

    def _command(self, playbook: str, options: Sequence[str], more: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
        """Return the words and the environment of a play."""
        program = Path(sys.executable).with_name("ansible-playbook")
        words = [str(program), "-i", str(self.write()), f"ansible/{playbook}", *options]
        for name, value in more.items():
            words += ["-e", yaml.safe_dump({name: value}, default_flow_style=True, width=10_000).strip()]
        return words, {**os.environ, "ANSIBLE_NOCOLOR": "1", "ANSIBLE_FORCE_COLOR": "0", "LC_ALL": "C.UTF-8"}

    def play(self, *options: str, playbook: str = "site.yml", **more: Any) -> Run:
        """Run a playbook; `more` are variables of this run only."""
        words, environment = self._command(playbook, options, more)
        began = time.monotonic()
        done = subprocess.run(
            words,
            cwd=self.checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return Run(done.returncode, done.stdout, _recap(done.stdout), time.monotonic() - began)


def _address(machine: Machine) -> dict[str, str]:
    # The options are what an operator has in ~/.ssh/config.
    options = " ".join(machine.ssh_options())
    return {"ansible_host": machine.address, "ansible_user": machine.user, "ansible_ssh_common_args": options}


def _recap(said: str) -> dict[str, dict[str, int]]:
    return {host: _counts(line) for host, line in _RECAP.findall(said)}


def _counts(line: str) -> dict[str, int]:
    return {name: int(count) for name, count in (pair.split("=") for pair in line.split())}
