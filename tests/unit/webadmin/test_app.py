"""Building the admin: it refuses to run unsafely, says why, and believes a proxy only where there is one."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask, request

from ingest.errors import CamspoolError
from tests.unit.webadmin.site import PASSWORD, Person, Site
from webadmin import app as app_module
from webadmin.app import SECRET_MIN_BYTES, create_app, read_secret


def test_a_secret_that_is_missing_or_short_stops_the_admin(site: Site, tmp_path: Path) -> None:
    secret = site.settings.admin.secret_file
    secret.write_bytes(b"s" * (SECRET_MIN_BYTES - 1) + b"\n\n")
    with pytest.raises(CamspoolError, match="is too short: expected 32 bytes or more"):
        create_app(site.settings)
    secret.unlink()
    with pytest.raises(CamspoolError, match=r"cannot be read \(No such file or directory\)"):
        create_app(site.settings)


def test_a_line_feed_behind_the_secret_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"s" * SECRET_MIN_BYTES + b"\n")
    assert read_secret(tmp_path / "secret") == b"s" * SECRET_MIN_BYTES


def test_an_admin_without_a_folder_to_write_to_is_not_started(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    lost = replace(site.settings, root=file / "spool")
    with pytest.raises(
        CamspoolError, match=f"a folder that it may write to; {re.escape(str(file))}/cache fails: Not a directory"
    ):
        create_app(lost)


def test_without_settings_they_are_read_as_the_environment_says(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = site.settings.admin
    (tmp_path / "camspool.toml").write_text(
        f'time_zone = "Europe/Amsterdam"\n[admin]\npassword_file = "{files.password_file}"\n'
        f'secret_file = "{files.secret_file}"\nftps_password_file = "{files.ftps_password_file}"\n'
    )
    monkeypatch.setenv("CAMSPOOL_ROOT", str(site.root))
    monkeypatch.setenv("CAMSPOOL_CONFIG", str(tmp_path / "camspool.toml"))
    page = replace(site, app=create_app()).admin().get("/overview").text
    assert "Times are in the cameras' zone, Europe/Amsterdam." in page


def _address_seen(app: Flask) -> tuple[str | None, str]:
    """Return the address and the host that the admin takes a request to come from."""
    forwarded = {"X-Forwarded-For": "10.9.9.9, 100.64.0.7", "X-Forwarded-Host": "cams.example"}
    with app.test_client() as client:
        assert client.get("/alive", headers=forwarded).text == "alive\n"
        return request.remote_addr, request.host


def test_what_a_proxy_tells_of_the_browser_counts_only_where_there_is_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _address_seen(site.app) == ("127.0.0.1", "localhost")
    monkeypatch.setenv("CAMSPOOL_BEHIND_PROXY", "1")
    assert _address_seen(create_app(site.settings)) == ("100.64.0.7", "cams.example")


def test_a_request_that_is_too_large_is_refused_with_a_sentence(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "REQUEST_MAX_BYTES", 50_000)
    admin = replace(site, app=create_app(site.settings)).admin()
    answer = admin.send("/upload", {"files": (BytesIO(b"x" * 60_000), "a.jpg")})
    assert answer.status_code == 413
    assert "That is too large: at most 100 MB can be sent at once." in answer.text


def test_every_section_of_the_menu_opens_a_page(admin: Person) -> None:
    for path in ("/overview", "/files", "/upload", "/outbox", "/cameras", "/profiles", "/set-up", "/system"):
        page = admin.get(path)
        assert page.status_code == 200
        assert f'<a href="{path}" aria-current="page"' in page.text


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
