"""Boots a Debian host in systemd-nspawn with a disk and a network of its own, and takes everything down again."""

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.host.groups import in_own_groups, remove_groups
from tests.host.image import CACHE, NETWORK, root_file_system

DISK_BYTES = 6 * 1024**3
BOOT_PATIENCE_S = 240.0
STOP_PATIENCE_S = 60.0


@dataclass
class Machine:
    """A host: its files, its addresses, and the process that runs it. Only `booted` makes one."""

    suite: str
    folder: Path
    subnet: str
    user: str = "root"
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def root(self) -> Path:
        """The host's file system as seen from here."""
        return self.folder / "root"

    @property
    def address(self) -> str:
        """The host's own address."""
        return f"{self.subnet}.2"

    @property
    def outside(self) -> str:
        """The address under which this side reaches the host."""
        return f"{self.subnet}.1"

    @property
    def key(self) -> Path:
        """The private key of the SSH login."""
        return self.folder / "key"

    @property
    def name(self) -> str:
        """The machine's name; its network interface here is ve-<name>."""
        return self.folder.name

    def ssh_options(self) -> list[str]:
        """Options for ssh and Ansible: this host's key, no questions, nothing remembered."""
        return [
            *("-i", str(self.key), "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
            *("-o", "LogLevel=ERROR", "-o", "ConnectTimeout=5"),
        ]

    def run(self, command: str, *, check: bool = True, timeout_s: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a shell command as root in the host, not through its network: it works whatever the firewall says."""
        words = ["nsenter", "-t", str(self._init()), "-m", "-u", "-i", "-n", "-p", "-C", "--", "sh", "-c", command]
        done = subprocess.run(words, capture_output=True, text=True, timeout=timeout_s, check=False, env=_CLEAN)
        if check and done.returncode:
            raise AssertionError(f"{command!r} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def said(self, command: str) -> str:
        """Return what a command in the host prints, without the last newline."""
        return self.run(command).stdout.rstrip("\n")

    def boot(self) -> None:
        """Start the host and return when its services are up and it can be reached."""
        log = (self.folder / "console.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [
                    *in_own_groups(self.name),
                    # When this test process dies, whatever the reason, the host goes too.
                    *("setpriv", "--pdeathsig", "TERM", "systemd-nspawn", "--quiet", "--register=no", "--keep-unit"),
                    *("--directory", str(self.root), "--machine", self.name, "--network-veth", "--boot"),
                    *("--console=pipe", "--resolv-conf=off", "--timezone=off"),
                    # systemd-nspawn forbids what a host of its own allows.
                    "--system-call-filter=landlock_create_ruleset landlock_add_rule landlock_restrict_self",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**_CLEAN, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
                start_new_session=True,
            )
        self._connect()
        self.wait_until_up()

    def _connect(self) -> None:
        interface = f"ve-{self.name}"
        deadline = time.monotonic() + 60
        while subprocess.run(["ip", "link", "show", interface], capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, f"no network interface {interface}:\n{self.console()}"
            time.sleep(0.05)
        _run("ip", "address", "replace", f"{self.outside}/24", "dev", interface)
        _run("ip", "link", "set", interface, "up")

    def wait_until_up(self) -> None:
        """Return when systemd has started everything and SSH answers."""
        deadline = time.monotonic() + BOOT_PATIENCE_S
        while True:
            state = self._state()
            if state in ("running", "degraded") and self._answers_ssh():
                return
            assert time.monotonic() < deadline, f"the host is {state!r} after {BOOT_PATIENCE_S:.0f} s"
            time.sleep(0.1)

    def _state(self) -> str:
        try:
            return self.run("systemctl is-system-running", check=False).stdout.strip()
        except (LookupError, FileNotFoundError):
            return "starting"

    def _answers_ssh(self) -> bool:
        words = ["ssh", *self.ssh_options(), f"{self.user}@{self.address}", "true"]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0

    def console(self) -> str:
        """Return the last lines of the console."""
        return "\n".join((self.folder / "console.log").read_text("utf-8", "replace").splitlines()[-30:])

    def shut_down(self) -> None:
        """Stop the host as `poweroff` does."""
        self._end(signal.SIGTERM)

    def cut_power(self) -> None:
        """Stop the host as a pulled plug does: no process gets to say goodbye."""
        os.kill(self._init(), signal.SIGKILL)
        self._end(signal.SIGKILL)

    def reboot(self) -> None:
        """Stop and start."""
        self.shut_down()
        self.boot()

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None
        remove_groups(self.name)
        subprocess.run(["ip", "link", "delete", f"ve-{self.name}"], capture_output=True, check=False)

    def _init(self) -> int:
        assert self.process is not None, "the host is off"
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if not children:
            raise LookupError("the host has not started yet")
        return int(children[0])


_CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}


@contextmanager
def booted(suite: str, user: str = "root") -> Iterator[Machine]:
    """Boot a fresh host of a Debian suite; nothing of it is left afterwards."""
    with fresh_disk(suite, user) as machine:
        try:
            machine.boot()
            yield machine
        finally:
            machine.shut_down()


@contextmanager
def fresh_disk(suite: str, user: str = "root") -> Iterator[Machine]:
    """Give a host that is not started yet a disk of its own: the cached files below, its own changes above."""
    lower = root_file_system(suite)
    runs = CACHE / "run"
    sweep(runs)
    machine = Machine(suite, runs / f"cs{secrets.token_hex(3)}", _free_subnet(), user)
    machine.folder.mkdir(parents=True)
    (machine.folder / "pid").write_text(str(os.getpid()))
    try:
        _mount_disk(machine, lower)
        _personalize(machine)
        yield machine
    finally:
        _remove(machine.folder)


def _mount_disk(machine: Machine, lower: Path) -> None:
    image, disk = machine.folder / "disk.img", machine.folder / "disk"
    with image.open("wb") as file:
        file.truncate(DISK_BYTES)
    _run("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1", str(image))
    disk.mkdir()
    _run("mount", "-o", "loop", str(image), str(disk))
    for name in ("upper", "work"):
        (disk / name).mkdir()
    machine.root.mkdir()
    layers = f"lowerdir={lower},upperdir={disk}/upper,workdir={disk}/work"
    _run("mount", "-t", "overlay", "overlay", "-o", layers, str(machine.root))


def _personalize(machine: Machine) -> None:
    """Do what a provider does for a new machine: an address, and the customer's SSH key."""
    network = machine.root / "etc/systemd/network/10-host0.network"
    network.write_text(NETWORK.format(address=machine.address, gateway=machine.outside))
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(machine.key))
    home = machine.root / ("root" if machine.user == "root" else f"home/{machine.user}")
    (home / ".ssh").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(f"{machine.key}.pub", home / ".ssh/authorized_keys")
    owner = home.stat()
    for path in (home / ".ssh", home / ".ssh/authorized_keys"):
        os.chown(path, owner.st_uid, owner.st_gid)
    # The package lists count as fresh: there is no network to renew them from.
    for path in (machine.root / "var/lib/apt/lists", machine.root / "var/lib/apt/periodic"):
        path.mkdir(exist_ok=True)
        os.utime(path)
    (machine.root / "var/lib/apt/periodic/update-success-stamp").touch()


def _free_subnet() -> str:
    taken = subprocess.run(["ip", "-brief", "address"], capture_output=True, text=True, check=True).stdout
    while True:
        subnet = f"10.{200 + secrets.randbelow(50)}.{secrets.randbelow(256)}"
        if f"{subnet}." not in taken:
            return subnet


def sweep(runs: Path) -> None:
    """Remove what test runs left that were killed: their mounts and folders. One run at a time does it."""
    runs.mkdir(parents=True, exist_ok=True)
    with (runs / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for folder in runs.glob("cs*"):
            owner = folder / "pid"
            if owner.exists() and not Path(f"/proc/{owner.read_text()}").exists():
                _remove(folder)


def _remove(folder: Path) -> None:
    for mount in (folder / "root", folder / "disk"):
        if mount.is_mount():
            _run("umount", "--recursive", "--lazy", str(mount))
    shutil.rmtree(folder)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
