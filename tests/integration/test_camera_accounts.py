"""A camera with an account of its own, from the request to its photo, over real vsftpd, PAM and watcher."""

import ssl
from dataclasses import replace

from ingest.connections.store import live_connections
from ingest.ftps.sender import FtpsServer, Sender, UploadError, upload
from ingest.requests.asking import have_done
from ingest.requests.new_cameras import NewCamera, entry_for, new_password
from ingest.upkeep.audit import audit
from tests.integration.gateway import Gateway, sidecars, wait_until
from tests.samples.drawing import with_block
from tests.samples.tiff import willfine_block

UNKNOWN = with_block(b"")


def enter(gateway: Gateway, wish: NewCamera) -> tuple[str, FtpsServer]:
    """Enter a camera; return its ID and what is typed into it."""
    entry = entry_for(gateway.root, gateway.settings.ftps, wish)
    answer = have_done(gateway.root, "add_camera", by="anna", **entry.words)
    assert answer["results"][0]["outcome"] == "added"
    account = entry.account or gateway.explicit.account
    return entry.camera_id, replace(
        gateway.explicit, account=account, password=entry.password or gateway.explicit.password
    )


def test_a_camera_gets_in_at_once_and_its_files_are_its_own(watched: Gateway) -> None:
    camera_id, server = enter(watched, NewCamera("Höhle 2"))
    upload(server, "E1.JPG", with_block(willfine_block()))
    upload(server, "strange.JPG", UNKNOWN)
    wait_until(lambda: len(sidecars(watched.root)) == 2, "both verdicts")
    accepted, strange = sorted(sidecars(watched.root), key=lambda one: one["upload_path"])
    assert (accepted["verdict"], accepted["camera_id"], accepted["account"]) == ("accepted", "Hoehle_2", "hoehle-2")
    assert accepted["sources"]["camera_id"] == "account"
    # Even of a type that nobody knows it is this camera that tries.
    assert (strange["verdict"], strange["camera_id"]) == ("rejected", camera_id)


def test_a_camera_with_a_folder_of_its_own_uses_the_account_of_all(watched: Gateway) -> None:
    _, server = enter(watched, NewCamera("Creek", way="folder"))
    upload(server, "Creek/2026/E1.JPG", with_block(willfine_block()))
    wait_until(lambda: len(sidecars(watched.root)) == 1, "the verdict")
    (sidecar,) = sidecars(watched.root)
    assert (sidecar["camera_id"], sidecar["sources"]["camera_id"]) == ("Creek", "path")


def test_both_passwords_hold_while_a_camera_moves_to_the_new_one(watched: Gateway) -> None:
    _, former = enter(watched, NewCamera("Gate"))
    password, hashed = new_password()
    have_done(watched.root, "renew_password", by="anna", account="gate", password_hash=hashed)
    renewed = replace(former, password=password)
    for number, server in enumerate((former, renewed)):
        upload(server, f"{number}.jpg", UNKNOWN)
    have_done(watched.root, "end_former_password", by="anna", account="gate")
    assert is_refused(former)
    upload(renewed, "2.jpg", UNKNOWN)
    upload(watched.explicit, "3.jpg", UNKNOWN)


def test_an_account_that_is_closed_while_its_camera_uploads_costs_no_photo(watched: Gateway) -> None:
    _, server = enter(watched, NewCamera("Gate"))
    with Sender(server) as client:
        client.log_in()
        client.store(b"before.jpg", UNKNOWN)
        assert have_done(watched.root, "close_account", by="anna", account="gate")["results"][0]["outcome"] == "changed"
        client.store(b"after.jpg", UNKNOWN)
    assert is_refused(server)
    wait_until(lambda: len(sidecars(watched.root)) == 2, "both verdicts")
    assert {one["camera_id"] for one in sidecars(watched.root)} == {"Gate"}
    wait_until(lambda: not live_connections(watched.root), "the connections are folded")
    assert audit(watched.root).wrong == 0


def test_an_upload_that_is_under_way_while_its_account_is_closed_is_acknowledged_and_kept(watched: Gateway) -> None:
    _, server = enter(watched, NewCamera("Gate"))
    with Sender(server) as client:
        client.log_in()
        client.voidcmd("TYPE I")
        data = client.transfercmd("STOR under-way.jpg")
        data.sendall(UNKNOWN[:400])
        assert have_done(watched.root, "close_account", by="anna", account="gate")["results"][0]["outcome"] == "changed"
        data.sendall(UNKNOWN[400:])
        assert isinstance(data, ssl.SSLSocket)
        data.unwrap()
        data.close()
        assert client.voidresp().startswith("226")
    assert is_refused(server)
    wait_until(lambda: len(sidecars(watched.root)) == 1, "the verdict")
    (sidecar,) = sidecars(watched.root)
    assert (sidecar["camera_id"], sidecar["size_bytes"]) == ("Gate", len(UNKNOWN))
    wait_until(lambda: not live_connections(watched.root), "the connections are folded")
    assert audit(watched.root).wrong == 0


def is_refused(server: FtpsServer) -> bool:
    try:
        upload(server, "again.jpg", UNKNOWN)
    except UploadError as error:
        return "530 Login incorrect" in str(error)
    return False
