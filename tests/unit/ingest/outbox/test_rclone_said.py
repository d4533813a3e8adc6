"""What rclone logs becomes sentences, and no secret stands in them."""

import json

import pytest

from ingest.outbox.rclone_said import Complaint, complaints_in, secrets_in, trouble_of, without


def line(level: str, text: str, **more: str) -> str:
    return json.dumps({"time": "2026-11-27T16:10:52Z", "level": level, "msg": text, **more})


def test_errors_are_told_with_their_object_and_the_rest_is_not() -> None:
    log = "\n".join(
        [
            line("info", "Copied (new)", object="a.jpg"),
            line("notice", "Config file not found"),
            line("error", "Failed to copy: AccessDenied", object="b.jpg"),
            line("critical", "Failed to create file system"),
            line("notice", "Failed to backend: didn't find section in config file"),
            "",
        ]
    )
    assert complaints_in(log.encode()) == (
        Complaint("b.jpg", "Failed to copy: AccessDenied"),
        Complaint("", "Failed to create file system"),
        Complaint("", "Failed to backend: didn't find section in config file"),
    )


def test_what_is_no_json_is_a_complaint_too() -> None:
    assert complaints_in(b"setpriv: failed to execute rclone\n[]\n\xff\n") == (
        Complaint("", "setpriv: failed to execute rclone"),
        Complaint("", "[]"),
        Complaint("", "\N{REPLACEMENT CHARACTER}"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("api error NoSuchBucket: The specified bucket does not exist", "the bucket is missing there"),
        ("api error SignatureDoesNotMatch: The request signature", "it does not know the key."),
        ("api error InvalidAccessKeyId: The Access Key Id you provided does not exist", "it does not know the key."),
        ("StatusCode: 403, api error AccessDenied: Access Denied.", "the key may not do that."),
        ("open /mnt/nas/a: permission denied", "this service has no right to do that."),
        ("write /mnt/nas/a: no space left on device", "it is full."),
        ("api error QuotaExceeded", "it is full."),
        ("dial tcp: lookup s3.example.org: no such host", "its name cannot be resolved."),
        ("tls: failed to verify certificate: x509: certificate signed by unknown authority", "its certificate"),
        ("dial tcp 127.0.0.1:9: connect: connection refused", "it cannot be reached"),
        ("api error SlowDown: Please reduce your request rate", "it cannot be reached"),
        ('didn\'t find section in config file ("store")', "config_file does not have store."),
    ],
)
def test_each_trouble_of_a_store_has_its_sentence(text: str, said: str) -> None:
    sentence = trouble_of([Complaint("a.jpg", "immutable file modified"), Complaint("", text)], "store:traps")
    assert sentence is not None
    assert sentence.startswith(f"store:traps: {said}")
    assert sentence.endswith(f"rclone: {text}")


def test_what_is_about_one_object_is_no_trouble_of_the_store() -> None:
    text = "Source and destination exist but do not match: immutable file modified"
    assert trouble_of([Complaint("a.jpg", text)], "store:traps") is None


def test_no_secret_of_the_configuration_is_shown() -> None:
    config = "\n".join(
        [
            "[store]",
            "type = s3",
            "endpoint = http://127.0.0.1:9",
            "access_key_id = abcdef",
            "secret_access_key = abcdefgh=",
        ]
    )
    secrets = secrets_in(config)
    assert secrets == ["abcdefgh=", "abcdef"]
    assert without(secrets, "s3 says: abcdefgh= and abcdef, at 127.0.0.1:9") == "s3 says: *** and ***, at 127.0.0.1:9"
