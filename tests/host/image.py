"""Makes the root file system of a fresh Debian host, once for each state of what it is made from.

It is what an operator gets from a provider: systemd, an SSH server, Python, and nothing of Camspool. The packages that
the roles install lie in apt's cache, so that a host needs no network of its own.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = Path("/var/cache/camspool-tests")
SUITES = ("bookworm", "trixie")
PROVIDED = (
    *("systemd", "systemd-sysv", "dbus", "libpam-systemd", "openssh-server", "sudo"),
    *("python3", "python3-apt", "iproute2", "procps", "ca-certificates"),
)
OTHERS = ("ufw", "firewalld", "netbase", "proftpd-core")
"""What a host may have of its owner's: packages that tests install before Camspool comes."""
NETWORK = "[Match]\nName=host0\n[Network]\nLinkLocalAddressing=no\nAddress={address}/24\nGateway={gateway}\n"
_STATE = "3"
"""Counted up when this module makes something else of the same packages."""


def packages_of_roles() -> list[str]:
    """Return the Debian packages that the roles may install, as their defaults name them."""
    found: set[str] = set()
    for file in sorted((REPOSITORY / "ansible" / "roles").glob("*/defaults/main.yml")):
        for name, value in (yaml.safe_load(file.read_text("utf-8")) or {}).items():
            if name.endswith("_packages"):
                found.update(value)
    return sorted(found)


def root_file_system(suite: str) -> Path:
    """Return the folder with a suite's root file system; make it when there is none of this state."""
    packages = packages_of_roles()
    state = hashlib.sha256("\n".join((_STATE, *PROVIDED, "-", *packages, "-", *OTHERS)).encode()).hexdigest()[:12]
    root = CACHE / f"{suite}-{state}"
    with one_at_a_time(suite):
        if not root.exists():
            _forget_others(suite)
            part = CACHE / f".{suite}-{os.getpid()}"
            shutil.rmtree(part, ignore_errors=True)
            _make(suite, part, packages)
            part.rename(root)
    return root


@contextmanager
def one_at_a_time(thing: str) -> Iterator[None]:
    """Let one test run make a thing of the cache while others, which want the same, wait for it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f".{thing}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_others(suite: str) -> None:
    mounts = Path("/proc/mounts").read_text("utf-8")
    for former in CACHE.glob(f"{suite}-*"):
        # Another run of these tests may have a host above it.
        if f"lowerdir={former}," not in mounts:
            shutil.rmtree(former)


def _make(suite: str, root: Path, packages: list[str]) -> None:
    mirrors = _mirrors(suite)
    _run(
        *("mmdebstrap", "--quiet", "--variant=apt", f"--include={','.join(PROVIDED)}"),
        *("--skip=cleanup/apt", suite, str(root), *mirrors),
    )
    for together in (packages, *([other] for other in OTHERS)):
        # proftpd-core and vsftpd exclude each other.
        _run("chroot", str(root), "apt-get", "install", "-qq", "--download-only", "--no-install-recommends", *together)
    _run("chroot", str(root), "systemctl", "-q", "enable", "systemd-networkd")
    _run("chroot", str(root), "useradd", "--create-home", "--shell", "/bin/bash", "debian")
    (root / "etc/sudoers.d/debian").write_text("debian ALL=(ALL) NOPASSWD: ALL\n")
    (root / "etc/machine-id").write_text("")
    (root / "etc/hostname").write_text("gateway\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost gateway\n")


def _mirrors(suite: str) -> list[str]:
    """Return apt's source lines for a suite, from the archives that this machine itself installs from."""
    words = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Origin: Debian"]
    archives = sorted(set(subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()))
    if not archives:
        raise RuntimeError("apt knows no Debian archive here: run apt-get update")
    lines = [f"deb {archive} {suite}-security main" for archive in archives if "security" in archive]
    main = [archive for archive in archives if "security" not in archive]
    return [*(f"deb {archive} {pocket} main" for archive in main for pocket in (suite, f"{suite}-updates")), *lines]


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
