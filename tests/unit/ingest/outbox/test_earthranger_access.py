"""How EarthRanger and Gundi are reached, and what their answers are about."""

from pathlib import Path
from typing import Any

import pytest

from ingest.outbox import earthranger_access
from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.earthranger_access import headers_of, judge, options_of, reach_of, rest
from ingest.outbox.posting import Reach, Reply
from tests.unit.ingest.outbox.jobs import job_for


def job(root: Path, **options: Any) -> Job:
    return job_for(root, "earthranger", **options)


def test_the_key_is_read_at_each_use_and_each_service_gets_it_in_its_own_header(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    for key in ("first", "second"):
        file.write_text(f"{key}\n")
        assert headers_of(options_of(job(root, key_file=file))) == {"Authorization": f"Bearer {key}"}
        assert headers_of(options_of(job(root, api="gundi", key_file=file))) == {"apikey": key}


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", "schlüssel".encode(), b"\xff", None])
def test_a_key_that_is_none_is_said_and_not_shown(root: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TargetDownError) as caught:
        headers_of(options_of(job(root, key_file=file)))
    said = str(caught.value)
    assert said.startswith("key_file ")
    assert "lines" not in said and "schl" not in said


def test_the_settings_say_how_it_is_reached(root: Path, tmp_path: Path) -> None:
    assert reach_of(options_of(job(root))) == Reach(None, private_too=False, seconds=60)
    chosen = job(root, ca_file=tmp_path / "ca.pem", private_addresses=True, seconds=5)
    assert reach_of(options_of(chosen)) == Reach(tmp_path / "ca.pem", private_too=True, seconds=5)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_answer_about_the_key_or_the_address_lets_all_wait(status: int) -> None:
    with pytest.raises(TargetDownError, match=f"{status}"):
        judge("a", Reply(status, {}, ""))


@pytest.mark.parametrize(("status", "outcome"), [(201, "delivered"), (400, "failed"), (413, "failed"), (500, "later")])
def test_an_answer_about_the_item_is_the_items(status: int, outcome: str) -> None:
    assert judge("a", Reply(status, {}, "")).outcome == outcome


def test_nobody_rests_where_no_pause_is_asked_for(root: Path) -> None:
    assert rest(job(root))
    assert not rest(job_stopping(root))


def test_the_pause_that_gundi_asks_for_ends_when_somebody_stops(root: Path) -> None:
    assert not rest(job_stopping(root, api="gundi"))
    assert not rest(job_stopping(root, pause_seconds=3600))


def test_the_settings_may_ask_for_another_pause(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earthranger_access, "GUNDI_PAUSE_S", 3600.0)
    assert rest(job(root, api="gundi", pause_seconds=1))


def job_stopping(root: Path, **options: Any) -> Job:
    made = job(root, **options)
    return Job(made.root, made.gateway, made.target, lambda: True)
