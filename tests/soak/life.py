"""Hours of a gateway's life in minutes: mixed traffic over real FTPS, and everything that goes wrong in the long run.

The watcher is killed again and again, uploads break off, the clock jumps by hours and with it the day of the records,
logs are rotated, the certificate is replaced, profiles are edited, admins look at pages and ask for things, and
retention deletes. The last quarter is one life of the watcher. At the end the audit must be clean, and nothing grown.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ingest.ftps.listener import listen_command, write_configurations
from ingest.ftps.programs import LAUNCHER
from ingest.upkeep.audit import audit
from ingest.watching.heartbeat import read_heartbeat
from tests.faults.knowing import know_the_cameras, write_profile
from tests.faults.size import Size, has_grown, size
from tests.faults.visitor import Visitor, percentiles
from tests.integration.admins import admin
from tests.integration.gateway import CAMSPOOL, Gateway, is_listening, prepared_gateway, process, sidecars, wait_until
from tests.integration.watching import is_settled, lone_sidecars
from tests.soak.clock import WrongClock, wrong_clock
from tests.soak.disturbances import DISTURBANCES, Soak
from tests.soak.traffic import send

SENDERS = 3


def run(minutes: float, seed: int, pace_s: float = 1.0) -> list[str]:
    """Let a gateway live for so many minutes, with a disturbance every `pace_s`; return what is wrong afterwards, as
    sentences."""
    with prepared_gateway() as gateway, ExitStack() as stack:
        clock = stack.enter_context(wrong_clock(gateway.folder))
        know_the_cameras(gateway)
        stack.enter_context(_ftps(gateway, clock))
        server = stack.enter_context(_gunicorn(gateway))
        soak = Soak(gateway, clock, _visitor(gateway), pace_s)
        with ThreadPoolExecutor(SENDERS) as pool:
            sending = [pool.submit(send, soak, number, SENDERS) for number in range(SENDERS)]
            try:
                said = _live(soak, server, minutes * 60, random.Random(seed))
            finally:
                soak.stopping = True
            for one in sending:
                one.result()
        said += _settle(soak)
        print(", ".join(f"{count} {what}" for what, count in sorted(soak.seen.items())), file=sys.stderr)
        print(f"The admin's pages: {percentiles(soak.visitor.times_ms)}", file=sys.stderr)
        return said


@contextmanager
def _ftps(gateway: Gateway, clock: WrongClock) -> Iterator[None]:
    """Serve FTPS on both ports, by the wrong clock."""
    settings, launcher = gateway.settings, clock.launcher(LAUNCHER)
    configurations = write_configurations(settings, gateway.folder)
    ports = {"explicit": settings.ftps.port, "implicit": settings.ftps.implicit_port}
    with ExitStack() as stack:
        for mode, port in ports.items():
            words = listen_command(settings, configurations[mode], port)
            assert str(LAUNCHER) in words
            words = [str(launcher) if word == str(LAUNCHER) else word for word in words]
            stack.enter_context(process(words, gateway.folder))
        wait_until(lambda: all(is_listening(port) for port in ports.values()), "both ports listen")
        yield


@contextmanager
def _gunicorn(gateway: Gateway) -> Iterator[int]:
    """Run the admin; yield the process number of its server."""
    with admin(gateway):
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
        (server,) = [pid for pid in pids if _is_server(pid, gateway)]
        yield server


def _is_server(pid: int, gateway: Gateway) -> bool:
    """Say whether a process is the admin's first one: the others are its children."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        parent = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[1]
        above = Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    bind = gateway.settings.admin.bind.encode()
    return bind in words and bind not in above


def _visitor(gateway: Gateway) -> Visitor:
    password = (gateway.folder / "admin.password").read_text("utf-8").strip()
    visitor = Visitor(gateway.settings.admin.bind, password)
    visitor.log_in()
    return visitor


def _live(soak: Soak, server: int, length_s: float, dice: random.Random) -> list[str]:
    end = time.monotonic() + length_s
    said: list[str] = []
    early: Size | None = None
    while (left_s := end - time.monotonic()) > 0:
        last = left_s < length_s / 4
        said += _one_life(soak, left_s if last else dice.uniform(3, max(6, length_s / 8)), dice)
        early = early or size(server)
    late = size(server)
    print(f"The admin: {early}, in the end {late}.", file=sys.stderr)
    return said + ([f"the admin grew from {early} to {late}"] if early and has_grown(early, late) else [])


def _one_life(soak: Soak, life_s: float, dice: random.Random) -> list[str]:
    """Run a watcher for a while, disturb it, then kill it."""
    words = [*soak.clock.words(), CAMSPOOL, "--config", str(soak.gateway.settings_file), "watch"]
    with process(words, soak.gateway.folder) as running:
        end = time.monotonic() + life_s
        early: Size | None = None
        while time.monotonic() < end:
            time.sleep(min(soak.pace_s, max(0.0, end - time.monotonic())))
            dice.choice(DISTURBANCES)(soak, dice)
            if early is None and time.monotonic() > end - life_s * 0.7 and _is_up(soak.gateway, running.pid):
                early = size(running.pid)
            if running.poll() is not None:
                said = (soak.gateway.folder / "processes.log").read_text("utf-8", "replace")
                return [f"the watcher ended by itself with status {running.returncode}:\n{said[-3000:]}"]
        late = size(running.pid)
        running.kill()
    soak.seen["kills"] += 1
    print(f"A watcher's life of {life_s:.0f} s: {early}, in the end {late}.", file=sys.stderr)
    return [f"the watcher grew from {early} to {late}"] if early and has_grown(early, late) else []


def _is_up(gateway: Gateway, pid: int) -> bool:
    """Say whether a watcher has begun its work, with its workers."""
    heartbeat = read_heartbeat(gateway.root)
    return heartbeat is not None and heartbeat.pid == pid


def _settle(soak: Soak) -> list[str]:
    """Let a last watcher finish everything, then look whether it adds up."""
    soak.clock.set(0)
    write_profile(soak.gateway)
    words = [CAMSPOOL, "--config", str(soak.gateway.settings_file), "watch"]
    with process(words, soak.gateway.folder):
        deadline = time.monotonic() + 120
        while not _is_over(soak.gateway.root) and time.monotonic() < deadline:
            time.sleep(0.2)
        result = audit(soak.gateway.root)
    said = [finding.sentence for finding in result.findings]
    said += [f"a sidecar without its item: {place}" for place in lone_sidecars(soak.gateway.root)]
    said += [f"{path} was acknowledged and is nowhere" for path in sorted(soak.acknowledged - _found(soak.gateway))]
    if not is_settled(soak.gateway.root):
        said.append("something still waits after two minutes")
    soak.seen["acknowledged transfers"] = result.transfers
    soak.seen["days of records"] = len(list((soak.gateway.root / "connections").glob("*.jsonl")))
    return said


def _is_over(root: Path) -> bool:
    """Say whether nothing waits, and everything adds up."""
    return is_settled(root) and audit(root).findings == ()


def _found(gateway: Gateway) -> set[str]:
    """Return the upload paths of what is there, and of what was deleted on somebody's word."""
    answers = (json.loads(file.read_bytes()) for file in (gateway.root / "requests" / "done").glob("*.json"))
    deleted = {result["upload_path"] for one in answers for result in one["results"] if result["outcome"] == "deleted"}
    return deleted | {str(sidecar["upload_path"]) for sidecar in sidecars(gateway.root)}
