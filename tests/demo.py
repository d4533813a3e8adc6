"""`./dev demo`: a gateway on this machine, simulated cameras, their verdicts, an archive, and people who are told.

`python -m tests.demo` stays until Ctrl-C; with `--once` it ends by itself, with exit status 0 only when every verdict
was the expected one, everything accepted is proved in the archive, and an incident was told. Everything lies in ./var
and stays there; each run adds its files to those of earlier ones. The first run without `--once` also makes a history,
so that every page of the admin has something to show.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tabulate import tabulate

from ingest.errors import CamspoolError
from ingest.ftps.local import prepare
from ingest.ftps.sender import FtpsServer, upload
from ingest.settings.file import read_settings
from ingest.settings.values import Settings
from ingest.spool.stamp import utc_text
from tests.demo_archive import (
    archive_in,
    send_earlier_items,
    settings_with_archive,
    show_archive,
    show_proved,
    wait_for_proofs,
)
from tests.demo_people import add_people, people_in, show_incident
from tests.demo_spool import fill
from tests.demo_uploads import Shipment, shipments

FOLDER = Path("var")
STARTING_S = 60.0
VERDICT_S = 60.0
Verdict = dict[str, Any]


def main(words: list[str] | None = None) -> int:
    """Run the demo; return its exit status."""
    parser = argparse.ArgumentParser(prog="./dev demo", description="A gateway with simulated cameras.")
    parser.add_argument(
        "--once", action="store_true", help="end by itself; exit 0 when all is as expected and archived"
    )
    arguments = parser.parse_args(words)
    try:
        return run(FOLDER, once=arguments.once)
    except CamspoolError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(folder: Path, *, once: bool) -> int:
    """Start a gateway and its archive in `folder`, let the cameras send, show the verdicts and what is archived."""
    own_settings = prepare(folder)
    with archive_in(folder / "archive") as seaweed, people_in(folder) as people:
        settings_file = settings_with_archive(own_settings, seaweed)
        add_people(settings_file, people)
        settings = read_settings(settings_file)
        if not once and not (settings.root / "accepted").exists():
            print("Making 90 days of history for 12 cameras.", flush=True)
            fill(settings.root, settings)
        send_earlier_items(settings)
        with gateway(settings_file, folder / "run.log") as running:
            is_all_well = show_the_cameras(settings)
            is_all_well &= show_incident(settings, settings_file, people, partial(upload, server_of(settings)))
            is_all_well &= show_proved(wait_for_proofs(settings.root, seaweed))
            show_settings(settings, folder)
            show_archive(seaweed, settings_file)
            if not once:
                print("\nIt runs until Ctrl-C. What it says: tail -f " + str(folder / "run.log"), flush=True)
                return running.wait()
    return 0 if is_all_well else 1


def show_the_cameras(settings: Settings) -> bool:
    """Let the cameras send, and show what became of each file; return whether every verdict was the expected one."""
    now = datetime.now(UTC)
    sent = shipments(now, settings.zone)
    print(f"\nSimulated cameras send {len(sent)} files over real FTPS.", flush=True)
    send_all(settings, sent)
    return show(sent, wait_for_verdicts(settings.root, utc_text(now), sent))


@contextmanager
def gateway(settings_file: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `camspool run` and stop it afterwards. Raise CamspoolError with its own sentence when it does not start."""
    # Should the demo be killed, the gateway ends with it.
    words = ["setpriv", "--pdeathsig", "TERM", "--", str(Path(sys.executable).with_name("camspool"))]
    with log.open("wb") as output:
        running = subprocess.Popen([*words, "--config", str(settings_file), "run"], stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + STARTING_S
        while "Camspool runs." not in (said := log.read_text("utf-8", "replace")):
            if running.poll() is not None or time.monotonic() > deadline:
                raise CamspoolError(f"camspool run did not start. It said:\n{said.strip()}")
            time.sleep(0.1)
        print(said.strip())
        yield running
    finally:
        running.terminate()
        running.wait()


def send_all(settings: Settings, sent: list[Shipment]) -> None:
    """Upload, each file over a connection of its own: all at the same time, but the last, a repetition, at the end."""
    explicit = server_of(settings)
    implicit = replace(explicit, port=settings.ftps.implicit_port, implicit=True)

    def send(shipment: Shipment) -> None:
        upload(implicit if shipment.implicit else explicit, shipment.path, shipment.content)

    *first, last = sent
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, first))
    send(last)


def server_of(settings: Settings) -> FtpsServer:
    """Return the gateway as a camera knows it that speaks explicit TLS."""
    password = settings.admin.ftps_password_file.read_text("utf-8").strip()
    ftps = settings.ftps
    return FtpsServer(
        ftps.bind, ftps.port, implicit=False, account=ftps.account, password=password, ca=ftps.certificate
    )


def wait_for_verdicts(root: Path, began: str, sent: list[Shipment]) -> list[Verdict | None]:
    """Return the sidecar of each file sent; None for one that has none within VERDICT_S."""
    deadline = time.monotonic() + VERDICT_S
    while True:
        verdicts = match(sent, sidecars_since(root, began))
        if None not in verdicts or time.monotonic() > deadline:
            return verdicts
        time.sleep(0.2)


def match(sent: list[Shipment], sidecars: list[Verdict]) -> list[Verdict | None]:
    """Find the sidecar of each file by its content; a content that was sent twice gets them in order of arrival."""
    waiting: dict[str | None, list[Verdict]] = {}
    for sidecar in sidecars:
        waiting.setdefault(sidecar["sha256"], []).append(sidecar)
    found = [waiting.get(hashlib.sha256(shipment.content).hexdigest(), []) for shipment in sent]
    return [of_content.pop(0) if of_content else None for of_content in found]


def sidecars_since(root: Path, began: str) -> list[Verdict]:
    """Return the sidecars of items that arrived since then, in order of arrival."""
    day = began[:10]
    files = [file for folder in ("accepted", "rejected") for file in (root / folder).glob("*/*/*.json")]
    late = [file for file in files if file.parent.name >= day and file.with_suffix("").exists()]
    found: list[Verdict] = [json.loads(file.read_text("utf-8")) for file in late]
    return sorted((one for one in found if one["received_at"] >= began), key=lambda one: str(one["id"]))


def show(sent: list[Shipment], verdicts: list[Verdict | None]) -> bool:
    """Print a table of what became of each file; return whether every verdict was the expected one."""
    rows = [_row(shipment, verdict) for shipment, verdict in zip(sent, verdicts, strict=True)]
    heads = ("camera", "sent as", "TLS", "verdict", "camera ID, or why", "")
    print(tabulate(rows, heads, disable_numparse=True, maxcolwidths=[22, 32, 8, 30, 44, 12]))
    wrong = sum(row[-1] != "as expected" for row in rows)
    print(f"\n{len(rows) - wrong} of {len(rows)} verdicts as expected.")
    return not wrong


def _row(shipment: Shipment, verdict: Verdict | None) -> tuple[str, ...]:
    mode = "implicit" if shipment.implicit else "explicit"
    if verdict is None:
        return (shipment.sender, shipment.path, mode, "none", "", f"expected {shipment.expected}")
    warnings = [warning["code"] for warning in verdict["warnings"]]
    said = f"rejected: {verdict['reason']}" if verdict["reason"] else " + ".join(["accepted", *warnings])
    why = "; ".join(problem["message"] for problem in verdict["problems"][:1]) or str(verdict["camera_id"])
    right = said == shipment.expected and (shipment.reason is not None or verdict["camera_id"] == shipment.camera_id)
    return (shipment.sender, shipment.path, mode, said, why, "as expected" if right else f"not {shipment.expected}")


def show_settings(settings: Settings, folder: Path) -> None:
    """Print what to type into a camera, and where the admin is."""
    ftps = settings.ftps
    password = settings.admin.ftps_password_file.read_text("utf-8").strip()
    rows = [
        ("Protocol", "FTPS (FTP over TLS), passive mode"),
        ("Server", ftps.host),
        ("Port", f"{ftps.port} (explicit TLS) or {ftps.implicit_port} (implicit TLS)"),
        ("User", ftps.account),
        ("Password", password),
        ("Admin", f"http://{settings.admin.bind}/ as admin, password in {folder / 'admin.password'}"),
    ]
    print("\nSettings to type into a camera (this gateway can only be reached from this machine):")
    print(tabulate(rows, tablefmt="plain", disable_numparse=True), flush=True)


if __name__ == "__main__":
    sys.exit(main())
