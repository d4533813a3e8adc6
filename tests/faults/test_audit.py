"""The audit against real connections: silent when all is well, and naming each photo that is lost or doubled."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.connections.store import live_logs
from ingest.ftps.sender import Sender, upload
from ingest.index.reindex import rebuild
from ingest.requests.asking import have_done
from ingest.settings.values import Retention
from ingest.spool.stamp import new_id
from ingest.upkeep.audit import audit
from ingest.upkeep.retention import delete_what_is_due
from ingest.upkeep.status import read_status
from tests.faults.conftest import Tell
from tests.faults.scene import picture
from tests.integration.gateway import CAMSPOOL, Gateway, ftps, prepared_gateway, sidecars, wait_until, watcher
from tests.integration.test_ftps_cut import begin, cut

MASKED = [b"\xb0\xff.jpg", "grün.jpg".encode(), b"new\x00line.jpg", b"esc\x1b[31m.jpg", b"D/../dots.jpg", b"a\\xff.jpg"]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway with FTPS and a watcher."""
    with prepared_gateway() as prepared, ftps(prepared), watcher(prepared):
        yield prepared


def settle(gateway: Gateway, items: int) -> None:
    """Wait until there are so many items and every connection is folded."""
    _wait_for(gateway, items)
    wait_until(lambda: live_logs(gateway.root) == [], "the connections are folded")


def _wait_for(gateway: Gateway, items: int) -> None:
    wait_until(lambda: len(sidecars(gateway.root)) == items, f"{items} verdicts")


def sentences(gateway: Gateway) -> list[str]:
    """Return what `camspool audit` prints, and check that its exit status says the same."""
    words = [CAMSPOOL, "--config", str(gateway.settings_file), "audit"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert lines and done.returncode == (0 if len(lines) == 1 else 1), done.stderr
    return lines


def only_place(gateway: Gateway, path: str) -> Path:
    """Return the one item that was uploaded under a path."""
    found = [
        file.with_suffix("")
        for file in gateway.root.glob("*/*/*/*.json")
        if json.loads(file.read_bytes())["upload_path"] == path
    ]
    assert len(found) == 1
    return found[0]


def test_every_kind_of_upload_has_one_outcome(gateway: Gateway) -> None:
    for number, name in enumerate(MASKED):
        upload(gateway.explicit, name, picture(number))
    upload(gateway.implicit, "again.jpg", picture(0))
    upload(gateway.implicit, "clip.mp4", b"video")
    cut(*begin(gateway.explicit, "cut.jpg", picture(90)[:300]))
    settle(gateway, len(MASKED) + 2)
    assert sentences(gateway) == [f"{len(MASKED) + 2} acknowledged transfers, 0 names that do not add up."]


def test_the_same_name_twice_in_one_connection_counts_twice(gateway: Gateway) -> None:
    with Sender(gateway.explicit) as client:
        client.log_in()
        for number in range(3):
            client.store(b"E1.JPG", picture(number))
            _wait_for(gateway, number + 1)
    settle(gateway, 3)
    assert sentences(gateway)[-1].startswith("3 acknowledged transfers, 0 ")
    victim = next(gateway.root.glob("rejected/*/*/*.JPG"))
    victim.unlink()
    assert "E1.JPG" in sentences(gateway)[0] and "3 acknowledged, 2 found" in sentences(gateway)[0]


def test_a_lost_item_and_a_doubled_one_are_named(gateway: Gateway) -> None:
    for number in range(4):
        upload(gateway.explicit, f"{number}.jpg", picture(number))
    settle(gateway, 4)
    only_place(gateway, "1.jpg").unlink()
    doubled = only_place(gateway, "2.jpg")
    twin = doubled.with_name(f"{new_id()}-2.jpg")
    shutil.copy(doubled, twin)
    sidecar = json.loads(Path(f"{doubled}.json").read_bytes()) | {"id": twin.name.removesuffix("-2.jpg")}
    Path(f"{twin}.json").write_text(json.dumps(sidecar), "utf-8")
    only_place(gateway, "3.jpg").with_suffix(".jpg.json").unlink()
    rebuild(gateway.root, lambda counts, _: counts)
    lost, twice, bare, last = sentences(gateway)
    assert lost.startswith("1.jpg") and "has no outcome" in lost
    assert twice.startswith("2.jpg") and "more outcomes than transfers" in twice
    assert bare.startswith("3.jpg")
    assert last == "4 acknowledged transfers, 3 names that do not add up."


def test_a_lost_item_is_found_without_rebuilding_the_index(gateway: Gateway) -> None:
    upload(gateway.explicit, "lost.jpg", picture(1))
    settle(gateway, 1)
    only_place(gateway, "lost.jpg").unlink()
    assert "lost.jpg" in sentences(gateway)[0]


def test_a_photo_that_is_here_and_not_whole_is_named(gateway: Gateway) -> None:
    """As a power cut can leave one that was not written through: its name is there, its bytes are not."""
    for number in range(3):
        upload(gateway.explicit, f"{number}.jpg", picture(number))
    settle(gateway, 3)
    os.truncate(only_place(gateway, "1.jpg"), 0)
    assert sentences(gateway) == [
        f"1.jpg of connection {_connection(gateway, '1.jpg')} is not whole: "
        "what is here has 0 bytes, which were not acknowledged so.",
        "3 acknowledged transfers, 1 names that do not add up.",
    ]


def test_status_tells_what_the_audit_found(gateway: Gateway) -> None:
    upload(gateway.explicit, "lost.jpg", picture(1))
    settle(gateway, 1)
    assert _audit_light(gateway) == ("attention", "The audit has not run here yet; camspool audit runs it.")
    sentences(gateway)
    assert _audit_light(gateway) == ("good", "Each of 1 acknowledged transfers has its outcome.")
    only_place(gateway, "lost.jpg").unlink()
    sentences(gateway)
    state, sentence = _audit_light(gateway)
    assert state == "bad" and "lost.jpg" in sentence


def _audit_light(gateway: Gateway) -> tuple[str, str]:
    parts = read_status(gateway.settings)["parts"]
    return next((part["state"], part["sentence"]) for part in parts if part["name"] == "audit")


def _connection(gateway: Gateway, path: str) -> str:
    return next(str(one["connection"]) for one in sidecars(gateway.root) if one["upload_path"] == path)


def test_what_an_admin_or_retention_deleted_is_no_loss(gateway: Gateway) -> None:
    for number in range(3):
        upload(gateway.explicit, f"{number}.jpg", picture(number))
    settle(gateway, 3)
    have_done(gateway.root, "delete", by="admin", ids=[str(sidecars(gateway.root)[0]["id"])])
    assert sentences(gateway)[-1].startswith("3 acknowledged transfers, 0 ")
    _grow_old(gateway)
    days = Retention(rejected_days=1, accepted_days=1, connections_days=0)
    result = delete_what_is_due(replace(gateway.settings, retention=days))
    assert (result.deleted, result.refused) == (2, ())
    assert sidecars(gateway.root) == []
    assert sentences(gateway) == ["3 acknowledged transfers, 0 names that do not add up."]


def test_a_clock_that_is_set_forward_confuses_nothing() -> None:
    """Ids and day folders carry our time; the audit joins by connection and name, so no clock can tear them apart."""
    with prepared_gateway() as gateway, ftps(gateway):
        with watcher(gateway):
            for number in range(3):
                upload(gateway.explicit, "E1.JPG", picture(number))
            settle(gateway, 3)
        _grow_old(gateway)
        with watcher(gateway):
            upload(gateway.explicit, "E1.JPG", picture(3))
            settle(gateway, 4)
        assert sentences(gateway) == ["4 acknowledged transfers, 0 names that do not add up."]


def test_the_audit_raises_no_alarm_while_uploads_pass_through(gateway: Gateway, tell: Tell) -> None:
    sending = subprocess.Popen([sys.executable, "-c", _SEND, str(gateway.settings_file)])
    audits = 0
    while sending.poll() is None:
        assert audit(gateway.root).findings == ()
        audits += 1
    assert sending.returncode == 0
    tell(f"{audits} audits while 60 uploads passed through")


_SEND = """
import sys
from pathlib import Path
from ingest.ftps.sender import FtpsServer, upload
from ingest.settings.file import read_settings
from tests.faults.scene import picture
settings = read_settings(Path(sys.argv[1]))
password = settings.admin.ftps_password_file.read_text().strip()
for number in range(60):
    upload(FtpsServer("127.0.0.1", settings.ftps.port, False, "camera", password), f"{number}.jpg", picture(number))
"""


def _grow_old(gateway: Gateway) -> None:
    """Make everything decided ten days older, as if the clock had been ten days behind: ids and day folders."""
    for sidecar in sidecars(gateway.root):
        place = next(gateway.root.glob(f"*/*/*/{sidecar['id']}-*[!n]"))
        moment = datetime.strptime(sidecar["id"].partition("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
        old_id = new_id(moment - timedelta(days=10))
        folder = place.parent.with_name((moment - timedelta(days=10)).strftime("%Y-%m-%d"))
        folder.mkdir(exist_ok=True)
        target = folder / place.name.replace(sidecar["id"], old_id)
        Path(f"{target}.json").write_text(json.dumps(sidecar | {"id": old_id}), "utf-8")
        place.rename(target)
        Path(f"{place}.json").unlink()
    rebuild(gateway.root, lambda counts, _: counts)
