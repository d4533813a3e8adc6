"""The archive with its real parts: rclone, and SeaweedFS as the store, with a key that cannot delete."""

import hashlib
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.outbox.answers import TargetDownError
from ingest.outbox.archive import try_out
from ingest.outbox.rclone import RCLONE
from ingest.spool.corrections import with_correction
from ingest.spool.deliveries import read_failed
from ingest.spool.moves import amend
from ingest.spool.outbox import mark_again
from tests.integration.archiving import (
    NAME,
    Archive,
    archive_of,
    content_in_store,
    in_store,
    overwrite_in_store,
    running_rclones,
)
from tests.integration.watching import until
from tests.seaweed import REMOTE, Seaweed, running_seaweed
from tests.spools import make_spool

MANY, BIG = 40, 400_000


@pytest.fixture(scope="module")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    """A store for all tests that do not break it: each has a gateway's folder of its own there."""
    with running_seaweed(tmp_path_factory.mktemp("seaweed")) as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path, seaweed: Seaweed) -> Archive:
    """An empty spool that is archived into the store."""
    return archive_of(tmp_path, make_spool(tmp_path), remote=REMOTE, config_file=seaweed.config_file)


def with_options(archive: Archive, **options: object) -> Archive:
    target = replace(archive.job.target, options=replace(archive.job.options, **options))  # type: ignore[arg-type]
    return replace(archive, job=replace(archive.job, target=target))


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def put_many(archive: Archive, count: int = MANY, size_bytes: int = BIG) -> None:
    for _ in range(count):
        archive.put(os.urandom(size_bytes))


def all_is_proved(archive: Archive, seaweed: Seaweed) -> bool:
    """Say whether the store has every item and its sidecar, byte for byte, and nothing still waits."""
    stored = {place: hash_ for place, (hash_, _) in in_store(seaweed, archive).items()}
    names = [name for place in archive.places for name in (place, f"{place}.json")]
    return not archive.waiting and stored == {name: md5((archive.root / name).read_bytes()) for name in names}


def while_it_carries(archive: Archive, meddle: Callable[[], None], is_stopping: Callable[[], bool]) -> str | None:
    """Do something while a courier takes items to the archive; return which trouble it then had."""
    with ThreadPoolExecutor(1) as pool:
        carrying = pool.submit(archive.carry, is_stopping)
        meddle()
        return carrying.result().outlook.trouble


def test_what_was_accepted_is_copied_and_each_copy_is_proved(archive: Archive, seaweed: Seaweed) -> None:
    photos = [archive.put(f"photo {number}".encode()) for number in range(5)]
    assert archive.carry().outlook.trouble is None
    assert all_is_proved(archive, seaweed)
    (sidecar, place), delivery = photos[0], archive.done[0]
    assert len(archive.done) == 5
    assert {one.id for one in archive.done} == {one.id for one, _ in photos}
    delivery = next(one for one in archive.done if one.id == sidecar.id)
    folder = f"{REMOTE}/{archive.job.gateway}"
    assert (delivery.outcome, delivery.sha256) == ("delivered", sha256(b"photo 0").hexdigest())
    assert delivery.proof == {
        "object": f"{folder}/{place}",
        "hash": f"md5:{md5(b'photo 0')}",
        "sidecar": f"{folder}/{place}.json",
        "sidecar_sha256": sha256((archive.root / f"{place}.json").read_bytes()).hexdigest(),
    }


def test_what_is_there_is_not_sent_again(archive: Archive, seaweed: Seaweed) -> None:
    put_many(archive, 3, 1000)
    archive.carry()
    before = in_store(seaweed, archive)
    mark_again(archive.root, [(NAME, one.id) for one in archive.done])
    archive.carry()
    assert in_store(seaweed, archive) == before
    assert [one.outcome for one in archive.done] == ["delivered"] * 6


def test_other_bytes_in_the_store_are_refused_and_not_overwritten(archive: Archive, seaweed: Seaweed) -> None:
    (changed, place), (other, _) = archive.put(b"one"), archive.put(b"two")
    overwrite_in_store(seaweed, archive, place, b"changed by somebody")
    archive.carry()
    failed = read_failed(archive.root, NAME, changed.id)
    assert failed is not None
    assert failed.said == (
        f"{REMOTE}/{archive.job.gateway}/{place} is there already with other bytes. "
        "Nothing was overwritten; a person has to look."
    )
    assert content_in_store(seaweed, archive, place) == b"changed by somebody"
    assert f"{place}.json" not in in_store(seaweed, archive)
    assert [one.id for one in archive.done if one.outcome == "delivered"] == [other.id]


def test_a_changed_sidecar_in_the_store_is_refused_too(archive: Archive, seaweed: Seaweed) -> None:
    sidecar, place = archive.put(b"one")
    overwrite_in_store(seaweed, archive, f"{place}.json", b"{}")
    archive.carry()
    failed = read_failed(archive.root, NAME, sidecar.id)
    assert failed is not None
    assert f"{place}.json is there already with other bytes" in failed.said
    assert content_in_store(seaweed, archive, f"{place}.json") == b"{}"


def test_each_correction_becomes_a_sidecar_beside_the_first(archive: Archive, seaweed: Seaweed) -> None:
    sidecar, place = archive.put(b"one")
    archive.carry()
    states = [(archive.root / f"{place}.json").read_bytes()]
    for number, camera in enumerate(("gate", "hill"), 1):
        sidecar = with_correction(sidecar, "camera_id", camera, "ann", "2026-04-09T10:00:00Z", "swapped")
        amend(archive.root, [(sidecar, place)])
        states.append((archive.root / f"{place}.json").read_bytes())
        mark_again(archive.root, [(NAME, sidecar.id)])
        archive.carry()
        assert archive.done[-1].key == f"{sidecar.id}.{number}"
        assert archive.done[-1].proof["sidecar"].endswith(f"{place}.{number}.json")
        assert archive.done[-1].proof["sidecar_sha256"] == sha256(states[-1]).hexdigest()
    names = [f"{place}.json", f"{place}.1.json", f"{place}.2.json"]
    assert [content_in_store(seaweed, archive, name) for name in names] == states
    assert not archive.waiting


def test_a_photo_that_the_disk_has_changed_is_not_archived(archive: Archive, seaweed: Seaweed) -> None:
    sidecar, place = archive.put(b"one")
    (archive.root / place).write_bytes(b"onf")
    archive.carry()
    failed = read_failed(archive.root, NAME, sidecar.id)
    assert failed is not None
    assert "its SHA-256 is another" in failed.said
    assert in_store(seaweed, archive) == {}


def test_a_store_that_is_killed_in_the_middle_gets_everything_when_it_is_back(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    with running_seaweed(tmp_path / "weed") as seaweed:
        archive = archive_of(tmp_path, root, remote=REMOTE, config_file=seaweed.config_file, transfers=1)
        put_many(archive)

        def kill() -> None:
            until(lambda: len(in_store(seaweed, archive)) > 0, 60, "the first object")
            seaweed.process.kill()

        trouble = while_it_carries(archive, kill, lambda: False)
        assert trouble is not None
        assert trouble.startswith("store:traps: it cannot be reached, or does not answer.")
        assert archive.waiting
    with running_seaweed(tmp_path / "weed") as seaweed:
        archive.carry()
        assert all_is_proved(archive, seaweed)


def test_an_rclone_that_is_killed_in_the_middle_loses_nothing(archive: Archive, seaweed: Seaweed) -> None:
    archive = with_options(archive, transfers=1)
    put_many(archive)

    def kill() -> None:
        until(lambda: len(in_store(seaweed, archive)) > 0, 60, "the first object")
        for process in running_rclones():
            os.kill(process, signal.SIGKILL)

    while_it_carries(archive, kill, lambda: False)
    archive.carry()
    assert all_is_proved(archive, seaweed)


def test_a_service_that_stops_ends_rclone(archive: Archive, seaweed: Seaweed) -> None:
    archive = with_options(archive, transfers=1)
    put_many(archive)
    stopping: list[bool] = []

    def stop() -> None:
        until(lambda: len(in_store(seaweed, archive)) > 0, 60, "the first object")
        stopping.append(True)

    while_it_carries(archive, stop, lambda: bool(stopping))
    assert running_rclones() == []
    archive.carry()
    assert all_is_proved(archive, seaweed)


def test_rclone_gets_no_key_by_its_words_or_its_environment(archive: Archive, seaweed: Seaweed) -> None:
    put_many(archive)
    seen: list[bytes] = []

    def look() -> None:
        until(lambda: bool(running_rclones()), 60, "rclone")
        for process in running_rclones():
            seen.extend(Path(f"/proc/{process}/{name}").read_bytes() for name in ("cmdline", "environ"))

    while_it_carries(archive, look, lambda: False)
    assert seen
    assert not any(key.encode() in text for key in keys_of(seaweed) for text in seen)


def keys_of(seaweed: Seaweed) -> list[str]:
    lines = seaweed.config_file.read_text("utf-8").splitlines()
    return [line.partition(" = ")[2] for line in lines if "_key" in line]


def test_a_wrong_key_lets_the_target_rest_and_is_not_shown(archive: Archive, seaweed: Seaweed, tmp_path: Path) -> None:
    key, secret = keys_of(seaweed)
    wrong = tmp_path / "wrong.conf"
    wrong.write_text(seaweed.config_file.read_text("utf-8").replace(secret, "never-the-right-one"), "utf-8")
    archive = with_options(archive, config_file=wrong)
    archive.put(b"one")
    trouble = archive.carry().outlook.trouble
    assert trouble is not None
    assert trouble.startswith("store:traps: ")
    assert "the key" in trouble
    assert key not in trouble
    assert "never-the-right-one" not in trouble
    assert len(archive.waiting) == 1


def test_a_missing_bucket_is_not_made(archive: Archive, seaweed: Seaweed) -> None:
    archive = with_options(archive, remote="store:nowhere", config_file=seaweed.owner_file)
    archive.put(b"one")
    trouble = archive.carry().outlook.trouble
    assert trouble is not None
    assert trouble.startswith("store:nowhere: the bucket is missing there; make it, or mend remote.")
    assert len(archive.waiting) == 1


def test_a_store_that_nobody_listens_for_lets_the_target_rest(
    archive: Archive, seaweed: Seaweed, tmp_path: Path
) -> None:
    away = tmp_path / "away.conf"
    away.write_text(seaweed.config_file.read_text("utf-8").replace(seaweed.endpoint, "http://127.0.0.1:9"), "utf-8")
    archive = with_options(archive, config_file=away)
    archive.put(b"one")
    trouble = archive.carry().outlook.trouble
    assert trouble is not None
    assert "it cannot be reached, or does not answer." in trouble


def test_a_remote_that_the_file_does_not_know_is_named(archive: Archive) -> None:
    with pytest.raises(TargetDownError, match="config_file does not have attic"):
        try_out(with_options(archive, remote="attic:traps").job)


def test_a_key_that_cannot_delete_is_enough(archive: Archive, seaweed: Seaweed) -> None:
    folder = f"{REMOTE}/{archive.job.gateway}"
    assert try_out(archive.job) == f"{folder} can be written, and each copy can be proved by its md5."
    assert try_out(archive.job)
    [name, other] = in_store(seaweed, archive)
    words = [str(RCLONE), "--config", str(seaweed.config_file), "--retries=1", "deletefile", f"{folder}/{name}"]
    refused = subprocess.run(words, capture_output=True, check=False)
    assert b"AccessDenied" in refused.stderr
    assert set(in_store(seaweed, archive)) == {name, other}


def test_a_store_that_tells_no_hash_is_read_back_where_that_is_wanted(
    archive: Archive, seaweed: Seaweed, tmp_path: Path
) -> None:
    config = tmp_path / "crypt.conf"
    obscured = subprocess.run([RCLONE, "obscure", "a word"], capture_output=True, check=True, text=True).stdout.strip()
    lines = ["[hidden]", "type = crypt", f"remote = {REMOTE}/hidden-{archive.job.gateway}", f"password = {obscured}"]
    config.write_text(seaweed.config_file.read_text("utf-8") + "\n" + "\n".join(lines) + "\n", "utf-8")
    hidden = with_options(archive, remote="hidden:", config_file=config)
    hidden.put(b"one")
    assert hidden.carry().outlook.trouble == (
        'hidden: tells no hash of what it holds; set proof = "download", then it is read back.'
    )
    read_back = with_options(hidden, proof="download")
    assert read_back.carry().outlook.trouble is None
    assert [one.proof["hash"] for one in read_back.done] == [f"sha256:{sha256(b'one').hexdigest()}"]


def test_a_folder_of_this_machine_is_an_archive_too(tmp_path: Path) -> None:
    (tmp_path / "nas").mkdir()
    archive = archive_of(tmp_path, make_spool(tmp_path), remote=str(tmp_path / "nas"))
    put_many(archive, 3, 1000)
    assert archive.carry().outlook.trouble is None
    folder = tmp_path / "nas" / archive.job.gateway
    for name in [name for place in archive.places for name in (place, f"{place}.json")]:
        assert (folder / name).read_bytes() == (archive.root / name).read_bytes()
    assert [one.outcome for one in archive.done] == ["delivered"] * 3


def test_a_folder_that_is_not_mounted_gets_nothing(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, make_spool(tmp_path), remote=str(tmp_path / "nas"))
    archive.put(b"one")
    assert archive.carry().outlook.trouble == f"The folder {tmp_path / 'nas'} is missing; mount or make it."
    (tmp_path / "nas").mkdir()
    assert archive.carry().outlook.trouble is None
    (tmp_path / "nas").rename(tmp_path / "unplugged")
    (tmp_path / "nas").mkdir()
    archive.put(b"two")
    trouble = archive.carry().outlook.trouble
    assert trouble is not None
    assert "Is its disk mounted?" in trouble
    assert list((tmp_path / "nas").iterdir()) == []
