"""The watcher's own process reads names, origin files, logs and requests: nothing that lies there may stop it.

An item whose bytes stop a worker three times is rejected (DESIGN, section 4, rule 7). That the watcher itself is never
stopped by one is what these tests and the fuzzed readers show (tests/fuzz), so nothing is counted across restarts.
"""

import json
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from ingest.spool.stamp import new_id
from tests.faults.scene import Scene, picture, write_settings
from tests.integration.watching import decided
from tests.spools import make_spool

DEEP = b"[" * 100_000
WRONG = [
    b"", b"{}", b"[]", b"null", b"5", DEEP, b'{"a":' * 50_000, b"\xff\xfe\0",
    b'{"upload_path": 5, "source": "ftps"}', b'{"upload_path": "", "source": "ftps"}',
    b'{"upload_path": {}, "source": []}', b'{"upload_path": "a", "source": "ftps", "attempts": "x"}',
    b'{"upload_path": "a", "source": "local", "left": 7}',
    b'{"upload_path": "a", "source": "local", "left": "../../x"}',
    b'{"schema": 1, "problems": [5]}', b'{"schema": 1, "id": "x"}',
]  # fmt: skip
ENDS = [b"\xff\xfe", b"%", b"%%", b"%zz", b"a\n", b"~", b"", b"x" * 180, "ü%".encode(), b"%7e", b"\xed\xa0\x80"]
REQUESTS: list[object] = [
    {"action": "requeue", "ids": [5, None, {}, "x"]},
    {"action": "requeue", "ids": 7},
    {"action": "delete", "ids": [["x"]]},
    {"action": "edit_camera", "camera_id": "../x", "record": {}},
    {"action": "edit_camera", "camera_id": {}, "record": 5},
    {"action": "process_upload", "upload_path": "\ud800"},
    {"action": "retention", "rejected_days": 10**30, "accepted_days": 10**18, "connections_days": 10**12},
    {"action": "retention", "rejected_days": "x", "accepted_days": None, "connections_days": []},
    {"action": "make_room", "ids": [5, ["x"]]},
    {"action": "explain", "because": {}, "findings": [5]},
    {"action": "explain", "because": "x", "findings": {"connection": 5}},
    {"action": ["requeue"]},
    {"action": "nothing"},
]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, make_spool(tmp_path), write_settings(tmp_path), Counter())


def test_nothing_that_lies_in_incoming_stops_the_watcher(scene: Scene) -> None:
    incoming = scene.root / "incoming"
    connections = (b"local", new_id().encode())
    names = [b"~".join((new_id().encode(), connection, end)) for connection in connections for end in ENDS]
    names += [b"~origin", b"x~sidecar", new_id().encode() + b"~other", b"\xff" * 255, b"~~~"]
    for number, name in enumerate(names):
        (incoming / os.fsdecode(name)).write_bytes(picture(number))
    for number, content in enumerate(WRONG):
        for kind in ("origin", "sidecar", "copy"):
            item_id = new_id()
            (incoming / f"{item_id}~{kind}").write_bytes(content)
            (incoming / f"{item_id}~local~%").write_bytes(picture(1000 + number))
            (incoming / f"{new_id()}~{kind}").write_bytes(content)
    assert scene.drain() == 0
    found = Counter(sidecar.sha256 for sidecar in decided(scene.root).values())
    assert len(found) == len(names) + len(WRONG)
    assert sum(found.values()) == len(names) + 3 * len(WRONG)
    assert os.listdir(incoming) == []


def test_nothing_that_is_asked_stops_the_watcher(scene: Scene) -> None:
    asked = [*WRONG, *(json.dumps(request).encode() for request in REQUESTS)]
    for content in asked:
        (scene.root / "requests" / f"{new_id()}.json").write_bytes(content)
    assert scene.drain() == 0
    answers = [json.loads(file.read_bytes()) for file in (scene.root / "requests" / "done").glob("*.json")]
    assert len(answers) == len(asked)
    assert os.listdir(scene.root / "requests") == ["done"]


def test_nothing_that_a_log_says_stops_the_watcher(scene: Scene) -> None:
    dice = random.Random(3)
    for number in range(50):
        connection = new_id()
        folder = scene.root / "uploads" / connection
        folder.mkdir()
        (folder / f"{number}.jpg").write_bytes(picture(number))
        log = dice.choice([dice.randbytes(10_000), b'"' * 100_000, b"[pid 1] " * 10_000, *WRONG])
        (scene.root / "connections" / f"{connection}.log").write_bytes(log + b"\n")
        (scene.root / "connections" / f"{new_id()[:4]}-99-99.jsonl").write_bytes(DEEP)
    assert scene.drain() == 0
    assert len(decided(scene.root)) == 50
