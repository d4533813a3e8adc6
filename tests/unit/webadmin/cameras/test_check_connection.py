"""What is told at the tree of a camera's newest connection."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.connections.record import ConnectionRecord, Transfer, what_happened
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.cameras.examples import NOON
from tests.unit.webadmin.site import CAMERA
from webadmin.cameras.check_connection import LastSent, connection_trouble

REFUSED = "There is no folder “DCIM” here."
FILE = Transfer("/a.jpg", 9, "complete", "2026-01-01T00:00:00Z")


def record(
    minutes: float,
    *failures: str,
    account: str | None = "camera",
    transfers: tuple[Transfer, ...] = (),
    logins: tuple[str, ...] = (),
) -> ConnectionRecord:
    """Return a connection of that many minutes ago."""
    at = NOON - timedelta(minutes=minutes)
    words = what_happened(account, logins, transfers, failures)
    return ConnectionRecord(
        id=new_id(at),
        client="100.64.1.7",
        account=account,
        tls_version="TLSv1.2",
        tls_cipher=None,
        mode="explicit",
        logins_refused=logins,
        transfers=transfers,
        failures=failures,
        started_at=utc_text(at),
        ended_at=utc_text(at),
        what_happened=words,
    )


def trouble(last: ConnectionRecord | None, *newer: ConnectionRecord) -> tuple[str, str] | None:
    """Return what is told when `last` brought the last file and `newer` came after it."""
    sent = LastSent(last.id, last.account, last.client) if last else None
    found = [*newer, last] if last else list(newer)
    return connection_trouble([(one, False) for one in found], CAMERA, sent, NOON)


def test_a_photo_that_came_well_has_no_line_of_its_own() -> None:
    assert trouble(record(5, transfers=(FILE,))) is None
    assert connection_trouble([], CAMERA, None, NOON) is None


def test_a_refusal_beside_the_photo_is_told() -> None:
    assert trouble(record(5, REFUSED, transfers=(FILE,))) == ("attention", REFUSED)


def test_a_later_connection_from_the_same_address_that_failed_is_told_with_its_age() -> None:
    said = f"2 min ago, from the address of its last file: It logged in and sent nothing. {REFUSED}"
    assert trouble(record(9, transfers=(FILE,)), record(2, REFUSED)) == ("bad", said)


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(record(2, transfers=(FILE,)), id="brought a file of another camera"),
        pytest.param(replace(record(2, REFUSED), client="100.64.9.9"), id="another address"),
        pytest.param(record(2, REFUSED, account="other"), id="another account"),
        pytest.param(record(61, REFUSED), id="too long ago"),
    ],
)
def test_what_may_be_another_cameras_is_not_told(newer: ConnectionRecord) -> None:
    assert trouble(record(99, transfers=(FILE,)), newer) is None


def test_what_went_wrong_before_the_last_photo_is_over() -> None:
    good = record(2, transfers=(FILE,))
    records = [(good, False), (record(5, REFUSED), False)]
    assert connection_trouble(records, CAMERA, LastSent(good.id, "camera", good.client), NOON) is None


def test_an_account_of_the_cameras_name_is_the_camera_before_its_first_photo() -> None:
    assert trouble(None, record(2, REFUSED, account=CAMERA)) == (
        "bad", f"2 min ago: It logged in and sent nothing. {REFUSED}",
    )  # fmt: skip
    assert trouble(None, record(2, REFUSED)) is None
    assert trouble(None, record(1, account=CAMERA, transfers=(FILE,)), record(2, REFUSED, account=CAMERA)) is None


def test_no_name_that_was_tried_is_shown() -> None:
    tried = record(2, account=None, logins=("my secret",))
    assert trouble(record(9, transfers=(FILE,)), tried) == (
        "bad", "2 min ago, from the address of its last file: The log-in was refused: wrong account or password.",
    )  # fmt: skip


def test_a_connection_that_lasts_is_not_bad_yet() -> None:
    last = record(9, transfers=(FILE,))
    found = [(record(1, REFUSED), True), (last, False)]
    told = connection_trouble(found, CAMERA, LastSent(last.id, "camera", last.client), NOON)
    assert told and told[0] == "attention"
