"""The watcher in one process of its own making: what has arrived gets its verdict, whatever was left behind before."""

import json
import os
import signal
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.index.store import open_index, read_index
from ingest.requests.answers import read_answer
from ingest.requests.writing import ask, ask_to_process
from ingest.simulation.photos import plain_photo
from ingest.spool.names import aside_name
from ingest.spool.patience import Patience
from ingest.spool.sidecar import sidecar_text
from ingest.spool.stamp import new_id
from ingest.spool.uploads import Upload, is_finished
from ingest.taking import arrived as taking_module
from ingest.watching import watcher as watcher_module
from ingest.watching.heartbeat import read_heartbeat
from ingest.watching.starts import starts_after_breaking_off
from ingest.watching.watcher import Watcher
from tests.samples.willfine import IMEI
from tests.spools import make_sidecar, put_item
from tests.trees import TOO_DEEP, TOO_LONG, make_chain, removed_afterwards
from tests.unit.ingest.watching.photos import photo, put_waiting, settings_for


def run_until(watcher: Watcher, condition: Callable[[], bool]) -> None:
    """Let it run, and stop it as systemd does when a condition holds after one of its turns."""

    def stop_when_it_holds() -> None:
        if condition():
            os.kill(os.getpid(), signal.SIGTERM)

    watcher.run(after_turn=stop_when_it_holds)
    watcher.stopping = False


def upload(root: Path, path: str, content: bytes) -> str:
    """Let a connection of its own bring a file; return the connection."""
    connection = new_id()
    file = root / "uploads" / connection / path
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return connection


def verdicts(root: Path) -> dict[str, str]:
    """Return what the index says: the verdict or reason of each upload path."""
    with closing(read_index(root)) as index:
        return dict(index.execute("SELECT upload_path, coalesce(reason, verdict) FROM items").fetchall())


def test_what_has_arrived_gets_its_verdict_and_nothing_is_left(root: Path) -> None:
    upload(root, "E1.JPG", photo(1))
    upload(root, "INSTAR/clip.mp4", b"\0\0\0\x18ftypmp42")
    (root / "incoming" / "by hand.JPG").write_bytes(photo(2))
    with closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True)
        assert watcher.queue.index_writer.decided_count == 3
    assert verdicts(root) == {
        "E1.JPG": "accepted",
        "INSTAR/clip.mp4": "unsupported_file_type",
        "by hand.JPG": "accepted",
    }
    assert list((root / "incoming").iterdir()) == []


def test_what_arrives_while_it_works_is_seen(root: Path) -> None:
    def all_have_come() -> bool:
        """Send the next photo when the last one has its verdict."""
        number = len(verdicts(root)) + 1
        if number <= 3 and watcher.queue.is_idle and not any((root / "uploads").glob(f"*/{number}.JPG")):
            upload(root, f"{number}.JPG", photo(number))
        return number > 3

    with closing(Watcher(settings_for(root))) as watcher:
        run_until(watcher, all_have_come)
    assert verdicts(root) == {f"{number}.JPG": "accepted" for number in (1, 2, 3)}


def test_a_verdict_whose_watcher_died_before_the_index_knew_is_told_at_the_start(root: Path) -> None:
    open_index(root).close()
    sidecar, place = put_item(root)
    assert verdicts(root) == {}
    with closing(Watcher(settings_for(root))):
        assert verdicts(root) == {sidecar.upload_path: "accepted"}
    assert not (root / "incoming" / aside_name(sidecar.id)).exists()
    assert (root / place).exists()


def test_requests_are_carried_out_and_what_they_send_back_gets_a_new_verdict(root: Path) -> None:
    upload(root, "E1.JPG", b"no photo")
    with closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True)
        with closing(read_index(root)) as index:
            ((item_id,),) = index.execute("SELECT id FROM items").fetchall()
        again = ask(root, "requeue", "anna", ids=[item_id])
        taken = ask_to_process(root, "anna", photo(), "E2.JPG", "camera")
        run_until(watcher, lambda: verdicts(root) == {"E1.JPG": "not_a_jpeg", "E2.JPG": "accepted"})
    for request_id in (again, taken):
        answer = read_answer(root, request_id)
        assert answer and answer.done_at and not answer.refused
    (sidecar,) = root.glob("rejected/*/*/*.json")
    assert json.loads(sidecar.read_text())["attempts"] == 2


def test_a_signal_ends_it_after_what_its_workers_have_begun(root: Path) -> None:
    for number in range(40):
        put_waiting(root, f"{number}.JPG", photo(number))

    def stop_at_once() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    with closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True, after_turn=stop_at_once)
        assert watcher.stopping
        assert not watcher.queue.is_working
        begun = watcher.queue.index_writer.decided_count
    assert 0 < begun < 40
    assert len(verdicts(root)) == begun
    with closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True)
    assert set(verdicts(root).values()) == {"accepted"} and len(verdicts(root)) == 40


def test_a_disk_that_fails_is_told_and_looked_at_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher_module, "RETRY_S", 0.0)
    upload(root, "E1.JPG", photo())
    with closing(Watcher(settings_for(root))) as watcher:
        (root / "uploads").rename(root / "lost+found")
        (root / "uploads").write_text("a file where the folder was")
        watcher.turn()
        heartbeat = read_heartbeat(root)
        assert heartbeat
        assert "uploads" in str(heartbeat.trouble)
        (root / "uploads").unlink()
        (root / "lost+found").rename(root / "uploads")
        watcher.run(until_idle=True)
    assert verdicts(root) == {"E1.JPG": "accepted"}


def test_a_heartbeat_tells_what_waits(root: Path) -> None:
    first, _ = (put_waiting(root, f"{number}.JPG", photo(number)) for number in range(2))
    with closing(Watcher(settings_for(root))) as watcher:
        watcher.turn()
        heartbeat = read_heartbeat(root)
    assert heartbeat
    assert (heartbeat.pid, heartbeat.waiting, heartbeat.oldest) == (os.getpid(), 2, first.partition("~")[0])
    assert (heartbeat.trouble, heartbeat.decided) == (None, 0)


def test_a_profile_that_is_changed_counts_from_the_next_scan_on_and_a_broken_one_is_told(
    root: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "profiles" / "own" / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text('name = "Own"\ncolour = "red"\n')
    with closing(Watcher(settings_for(root, profiles=tmp_path / "profiles"))) as watcher:
        watcher.turn()
        heartbeat = read_heartbeat(root)
        assert heartbeat
        assert ["own/profile.toml" in sentence for sentence in heartbeat.broken_profiles.values()] == [True]
        profile.write_text(
            'name = "Own"\nevidence = "made for this test"\n[image]\nmatch = { path = "^own/(?P<camera>[a-z]+)/" }\n'
            'require = ["camera_id"]\n[image.fields]\ncamera_id = { from = "path.camera" }\n'
        )
        upload(root, "own/river/1.JPG", plain_photo(size=(64, 48), seed=1))
        run_until(watcher, lambda: bool(verdicts(root)))
    assert verdicts(root) == {"own/river/1.JPG": "accepted"}


def test_a_file_in_the_way_of_a_cameras_folder_stops_neither_it_nor_its_next_start(root: Path) -> None:
    (root / "accepted" / IMEI).write_text("a file")
    item_id = put_waiting(root, "E1.JPG", photo()).partition("~")[0]
    (root / "incoming" / aside_name(item_id)).write_text(sidecar_text(make_sidecar(item_id)))
    with closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True)
    assert verdicts(root) == {"E1.JPG": "internal_error"}


def test_trees_of_any_depth_end_neither_it_nor_its_next_start(root: Path) -> None:
    for names in (TOO_DEEP, TOO_LONG):
        connection = upload(root, "E1.JPG", photo())
        make_chain(root / "uploads" / connection, names, photo(len(names)), "E2.JPG")
    with removed_afterwards(root / "uploads"), closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True)
        heartbeat = read_heartbeat(root)
    assert heartbeat and (heartbeat.out_of_reach, heartbeat.trouble) == ([], None)
    assert sorted(verdicts(root)) == sorted(["E1.JPG", *("/".join([*n, "E2.JPG"]) for n in (TOO_DEEP, TOO_LONG))])


def test_a_folder_with_which_something_unforeseen_goes_wrong_is_named_and_the_others_get_their_verdicts(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad = upload(root, "E1.JPG", photo(1))
    upload(root, "E2.JPG", photo(2))

    def finished(found: Upload, patience: Patience) -> bool:
        if found.top.name == bad:
            raise RuntimeError("nobody foresaw this")
        return is_finished(found, patience)

    monkeypatch.setattr(taking_module, "is_finished", finished)
    with closing(Watcher(settings_for(root))) as watcher:
        watcher.run(until_idle=True)
        for _ in range(3):
            watcher._woken = True
            watcher.turn()
        watcher._beat_at = 0.0
        watcher._beat()
        heartbeat = read_heartbeat(root)
    assert verdicts(root) == {"E2.JPG": "accepted"}
    assert heartbeat and heartbeat.trouble is None
    assert heartbeat.out_of_reach == [
        f"{root / 'uploads' / bad} is set aside, what is in it waits: RuntimeError: nobody foresaw this"
    ]
    assert caplog.text.count("Traceback") == 1


def test_a_step_that_fails_in_a_way_nobody_foresaw_is_told_and_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise KeyError("x")

    upload(root, "E1.JPG", photo())
    with closing(Watcher(settings_for(root))) as watcher:
        with monkeypatch.context() as patch:
            patch.setattr(watcher_module, "carry_out_all", fail)
            run_until(watcher, lambda: bool(verdicts(root)))
            assert "something nobody foresaw: KeyError" in str(watcher.complaints.trouble)
        watcher._woken = True
        run_until(watcher, lambda: watcher.complaints.trouble is None)


def test_one_that_is_stopped_or_done_has_ended_well_and_one_that_broke_off_is_counted(root: Path) -> None:
    def restarts() -> int:
        return len(starts_after_breaking_off(root, datetime.now(UTC)))

    for _ in range(2):
        with closing(Watcher(settings_for(root))) as watcher:
            watcher.run(until_idle=True)
            run_until(watcher, lambda: True)
    assert restarts() == 0

    def break_off() -> None:
        raise RuntimeError("broken off")

    for _ in range(2):
        with closing(Watcher(settings_for(root))) as watcher, pytest.raises(RuntimeError):
            watcher.run(after_turn=break_off)
    with closing(Watcher(settings_for(root))):
        assert restarts() == 2
