"""From a real FTPS upload to its verdict: vsftpd and the watcher together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from threading import Barrier
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from ingest.connections.store import live_logs, read_connection_records
from ingest.ftps.sender import FtpsServer, Sender, upload
from ingest.simulation.photos import instar_path, plain_photo, simulated_imei, willfine_photo
from tests.integration.gateway import Gateway, left_in_intake, records, sidecars, uploaded, wait_until, watcher
from tests.integration.test_ftps_cut import begin, cut

TAKEN = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
HOSTILE = [
    b"\xb0\xff\xe9.jpg",
    b"a" * 251 + b".jpg",
    b"new\x00line.jpg",
    b"-rf.jpg",
    b"esc\x1b[31m<script>alert(1)<\\script>.jpg",
    b"quote\"'.jpg",
    b"photo.jpg.json",
    b"%2F..%2Fetc%2Fpasswd",
    b"...",
    b"D\xff/\xfe/" + b"n" * 200 + b"/" + b"m" * 200 + b".jpg",
]


def photo(number: int) -> bytes:
    """Return a photo of another Willfine camera for each number."""
    return willfine_photo(simulated_imei(number), TAKEN, 52.1, 5.1, seed=number)


def send_same_name(gateway: Gateway, count: int) -> None:
    """Upload one name from many connections, all at the same moment, over both TLS modes."""
    photos = [photo(number) for number in range(count)]
    together = Barrier(count)

    def send(number: int) -> None:
        with Sender(gateway.explicit if number % 2 else gateway.implicit) as client:
            client.log_in()
            together.wait(60)
            client.store(b"E1000001.JPG", photos[number])

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(send, range(count)))


def wait_for_items(gateway: Gateway, count: int, patience_s: float = 60.0) -> list[dict[str, Any]]:
    """Return the sidecars when there are as many as that and nothing waits any more."""
    wait_until(lambda: len(sidecars(gateway.root)) >= count, f"{count} items have a verdict", patience_s)
    wait_until(lambda: left_in_intake(gateway.root) == [], "nothing waits in uploads/ any more")
    return sidecars(gateway.root)


def assert_ten_photos_of_ten_cameras(found: list[dict[str, Any]]) -> None:
    """Check what `send_same_name` must lead to."""
    assert [(one["verdict"], one["upload_path"], one["source"]) for one in found] == [
        ("accepted", "E1000001.JPG", "ftps")
    ] * 10
    assert {one["camera_id"] for one in found} == {simulated_imei(number) for number in range(10)}
    assert len({one["connection"] for one in found}) == 10


def test_a_test_button_is_answered_and_a_real_photo_of_its_name_is_kept(watched: Gateway) -> None:
    tests = {"FTPTest.txt": b"", "testftp.txt": b"ok", "test.jpg": plain_photo(seed=1), "DVRWorkDirectory": b""}
    for name, content in tests.items():
        upload(watched.explicit, name, content)
    upload(watched.explicit, "TEST.JPG", photo(1))
    found = {one["upload_path"]: one for one in wait_for_items(watched, 5)}
    assert {name: found[name]["reason"] for name in tests} == dict.fromkeys(tests, "connection_test")
    assert (found["TEST.JPG"]["verdict"], found["TEST.JPG"]["camera_id"]) == ("accepted", simulated_imei(1))


def test_ten_connections_with_one_name_at_one_moment_are_ten_items(watched: Gateway) -> None:
    send_same_name(watched, 10)
    assert_ten_photos_of_ten_cameras(wait_for_items(watched, 10))


def test_they_are_ten_items_as_well_when_the_watcher_starts_later(gateway: Gateway) -> None:
    send_same_name(gateway, 10)
    assert len(uploaded(gateway.root)) == 10
    with watcher(gateway):
        assert_ten_photos_of_ten_cameras(wait_for_items(gateway, 10))


def test_500_uploads_of_eight_clients_over_both_modes_all_become_items(watched: Gateway) -> None:
    photos = [photo(number) for number in range(25)]

    def send(number: int) -> None:
        server = watched.explicit if number % 2 else watched.implicit
        upload(server, f"E1{number:06d}.JPG", photos[number % 25])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(500)))
    found = wait_for_items(watched, 500)
    assert len(found) == 500
    assert Counter(one["verdict"] for one in found)["accepted"] >= 25
    assert {one["reason"] for one in found} <= {None, "duplicate"}
    complete = [transfer for record in records(watched.root) for transfer in record.transfers]
    assert Counter(transfer.outcome for transfer in complete) == {"complete": 500}


def test_a_connection_killed_five_times_and_then_a_whole_retry_are_one_item(watched: Gateway) -> None:
    whole = photo(1)
    for part in (1, 20, 40, 60, 90):
        cut(*begin(watched.explicit, "E1000001.JPG", whole[: len(whole) * part // 100]))
    upload(watched.explicit, "E1000001.JPG", whole)
    (item,) = wait_for_items(watched, 1)
    assert (item["verdict"], item["warnings"], item["size_bytes"]) == ("accepted", [], len(whole))
    wait_until(lambda: len(read_connection_records(watched.root)) == 6, "all six connections are folded")
    outcomes = [record.transfers[0].outcome for record in read_connection_records(watched.root)]
    assert outcomes == ["failed"] * 5 + ["complete"]
    assert len(sidecars(watched.root)) == 1


def test_uploads_into_folders_made_a_moment_ago_are_all_taken(watched: Gateway) -> None:
    def send(number: int) -> None:
        path = instar_path(52 + number / 100, 5.1, TAKEN)
        upload(watched.explicit if number % 2 else watched.implicit, path, plain_photo(seed=number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(60)))
    found = wait_for_items(watched, 60)
    assert {one["camera_id"] for one in found} == {f"lat{52 + number / 100:.5f}_lon5.10000" for number in range(60)}


def test_hostile_names_end_as_items_like_any_other(watched: Gateway) -> None:
    for number, name in enumerate(HOSTILE):
        upload(watched.explicit, name, photo(number))
    found = wait_for_items(watched, len(HOSTILE))
    paths = [
        unquote_to_bytes(one["upload_path_quoted"]) if "upload_path_quoted" in one else one["upload_path"].encode()
        for one in found
    ]
    # vsftpd stores a NUL as a newline.
    assert paths == [name.replace(b"\x00", b"\n") for name in HOSTILE]
    for folder in ("accepted", "rejected", "incoming"):
        for file in (watched.root / folder).rglob("*"):
            assert file.name.isascii()
            assert file.name.isprintable()


def test_a_sidecar_says_who_sent_the_file_and_the_connection_is_closed_behind_it(watched: Gateway) -> None:
    with Sender(watched.implicit) as client:
        client.log_in()
        client.store(b"E1000001.JPG", photo(1))
        (item,) = wait_for_items(watched, 1)
        assert (item["account"], item["client"]) == ("camera", "127.0.0.1")
        assert [log.stem for log in live_logs(watched.root)] == [item["connection"]]
    wait_until(lambda: live_logs(watched.root) == [], "the log is folded")
    (record,) = read_connection_records(watched.root)
    assert (record.id, record.mode, record.what_happened) == (item["connection"], "implicit", "1 file came.")
    assert list((watched.root / "uploads").iterdir()) == []


@pytest.mark.parametrize("implicit", [False, True])
def test_one_connection_may_bring_many_files(watched: Gateway, implicit: bool) -> None:
    server: FtpsServer = watched.implicit if implicit else watched.explicit
    with Sender(server) as client:
        client.log_in()
        for number in range(30):
            client.store(f"DCIM/E1{number:06d}.JPG".encode(), photo(number))
    found = wait_for_items(watched, 30)
    assert len({one["connection"] for one in found}) == 1
    assert {one["verdict"] for one in found} == {"accepted"}


def test_the_watcher_may_stop_and_start_while_cameras_send(gateway: Gateway) -> None:
    for number in range(12):
        with watcher(gateway) if number % 4 == 0 else nullcontext():
            upload(gateway.explicit, "E1000001.JPG", photo(number))
    with watcher(gateway):
        assert len(wait_for_items(gateway, 12)) == 12
