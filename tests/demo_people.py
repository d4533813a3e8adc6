"""Whom the demo tells what is wrong: a web service on this machine, which prints each message as it was sent."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.settings.values import Settings
from ingest.simulation.photos import simulated_imei
from ingest.simulation.reports import willfine_report, willfine_report_name
from ingest.spool.durable import replace_file
from tests.receivers import Receiver, Request, receiving, saying

TARGET = "people"
CAMERA = simulated_imei(6820)
TOLD_S = 60.0
_SETTINGS = """
[alerts]
quiet_from = ""
quiet_until = ""
digest_at = ""
gather_minutes = 0

[targets.{target}]
kind = "message"
urls_file = "{urls_file}"
private_addresses = true
"""
Upload = Callable[[str, bytes], None]
"""Sends a file, by its path, over FTPS."""


@dataclass(frozen=True)
class People:
    """Whom the demo tells: the service that takes messages for them, and the file with its address."""

    receiver: Receiver
    urls_file: Path

    def told(self) -> list[tuple[str, str]]:
        """Return the title and the text of each message, as it came."""
        return [_message(request) for request in self.receiver.got]


def _message(request: Request) -> tuple[str, str]:
    content = json.loads(request.body)
    return str(content["title"]), str(content["message"])


@contextmanager
def people_in(folder: Path) -> Iterator[People]:
    """Take messages while the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    with receiving(saying(200, b"{}", "application/json")) as receiver:
        file = folder / "people"
        replace_file(file, f"json://localhost:{receiver.port}/\n".encode())
        yield People(receiver, file.resolve())


def add_people(settings_file: Path, people: People) -> None:
    """Let the settings tell them, at any hour and at once."""
    text = settings_file.read_text("utf-8") + _SETTINGS.format(target=TARGET, urls_file=people.urls_file)
    replace_file(settings_file, text.encode())


def show_incident(settings: Settings, settings_file: Path, people: People, upload: Upload) -> bool:
    """Let a battery run down and be changed, and show what people were told; return whether it was once each."""
    print("\nA camera reports an empty battery, and then a fresh one.", flush=True)
    before = len(people.told())
    for percent, title in ((9, f"{CAMERA}: battery at 9 %"), (96, f"Over: {CAMERA}: battery at 9 %")):
        _report(settings, upload, percent)
        if not _wait_for(settings_file, people, before, title):
            print(f"Nobody was told: {title}")
            return False
    mine = [one for one in people.told()[before:] if CAMERA in one[0]]
    for told_title, text in mine:
        print(f"\n  {told_title}\n" + "\n".join(f"    {line}" for line in text.splitlines() if line))
    return len(mine) == 2


def _report(settings: Settings, upload: Upload, percent: int) -> None:
    now = datetime.now(UTC).astimezone(settings.zone).replace(tzinfo=None)
    upload(willfine_report_name(CAMERA, now), willfine_report(CAMERA, now, battery_percent=percent))


def _wait_for(settings_file: Path, people: People, before: int, title: str) -> bool:
    """Look again and again, as the service does each minute, until people are told."""
    deadline = time.monotonic() + TOLD_S
    while not any(one[0] == title for one in people.told()[before:]):
        if time.monotonic() > deadline:
            return False
        subprocess.run(_look(settings_file), check=False, capture_output=True)
        time.sleep(0.5)
    return True


def _look(settings_file: Path) -> list[str]:
    return [str(Path(sys.executable).with_name("camspool")), "--config", str(settings_file), "alerts", "look"]
