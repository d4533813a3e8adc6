"""The start without a secret, and how far a proxy is believed."""

from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from ingest.errors import CamspoolError
from tests.unit.webadmin.site import PASSWORD, Site
from webadmin.app import create_app

# A hash that takes no time to check: what these tests count is guesses.
QUICK = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)


def test_a_missing_or_short_secret_stops_the_start_with_a_sentence(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short")
    with pytest.raises(CamspoolError, match="too short"):
        create_app(site.settings)
    (tmp_path / "secret").unlink()
    with pytest.raises(CamspoolError, match="cannot be read"):
        create_app(site.settings)


def test_behind_a_proxy_only_the_last_hop_says_who_guesses(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "admins").write_text("".join(f"name{number}:{QUICK}\n" for number in range(100)))
    monkeypatch.setenv("CAMSPOOL_BEHIND_PROXY", "1")
    proxied = replace(site, app=create_app(site.settings))
    proxied.app.config["WTF_CSRF_ENABLED"] = False

    def guess(number: int, hops: str) -> int:
        form = {"name": f"name{number}", "password": "x"}
        return proxied.visitor().client.post("/log-in", data=form, headers={"X-Forwarded-For": hops}).status_code

    assert [guess(number, f"1.2.3.{number}, 100.64.0.9") for number in range(31)] == [401] * 30 + [429]
    assert guess(99, "1.2.3.4, 100.64.0.10") == 401
