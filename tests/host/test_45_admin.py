"""The deployed admin, used through nginx as a browser does."""

import gzip
import io
import json
import re
import socket
import ssl
import zipfile
from contextlib import ExitStack
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPSHandler, OpenerDirector, Request, build_opener

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from ingest.exports.checking import check_package
from ingest.spool.stamp import new_id
from tests.host.gateway import Gateway, new_photo, wait_until

pytestmark = [pytest.mark.each_debian, pytest.mark.timeout(300)]


def any_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def browser() -> OpenerDirector:
    return build_opener(HTTPSHandler(context=any_certificate()), HTTPCookieProcessor(CookieJar()))


def admin(gateway: Gateway) -> OpenerDirector:
    """Return a browser in which the first admin is logged in."""
    return log_in(gateway, "admin", gateway.machine.said("cat /etc/camspool/admin.password"))


def token_in(page: str) -> str:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token, page
    return token[1]


def submit(visitor: OpenerDirector, gateway: Gateway, form: str, to: str, values: dict[str, object]) -> str:
    """Fill in the form of a page, files too, and return the page that follows."""
    address = gateway.machine.address
    token = token_in(visitor.open(f"https://{address}{form}", timeout=20).read().decode())
    boundary, content = encode_multipart({"csrf_token": token, **values})
    headers = {"Referer": f"https://{address}{form}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
    with visitor.open(Request(f"https://{address}{to}", content, headers), timeout=60) as answer:
        return str(answer.read().decode())


def log_in(gateway: Gateway, name: str, password: str) -> OpenerDirector:
    """Return a browser that has tried to log in. Raise HTTPError when it was refused."""
    visitor, url = browser(), f"https://{gateway.machine.address}/log-in"
    token = token_in(visitor.open(url, timeout=10).read().decode())
    form = urlencode({"csrf_token": token, "name": name, "password": password, "next": "/"}).encode()
    visitor.open(Request(url, form, {"Referer": url}), timeout=20)
    return visitor


def test_an_admin_sees_a_photo_as_it_came(gateway: Gateway) -> None:
    gateway.send_photo("as-it-came.jpg")
    gateway.await_accepted("as-it-came.jpg")
    sidecar = next(one for one in gateway.sidecars() if one["upload_path"] == "as-it-came.jpg")
    (photo,) = (gateway.machine.root / "srv/camspool/accepted").rglob(f"{sidecar['id']}-*.jpg")
    visitor = admin(gateway)
    with visitor.open(f"https://{gateway.machine.address}/files/{sidecar['id']}/original", timeout=10) as answer:
        assert answer.read() == photo.read_bytes()
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_package_is_taken_home_through_nginx_and_by_the_command(gateway: Gateway, tmp_path: Path) -> None:
    gateway.send_photo("for-science.jpg")
    gateway.await_accepted("for-science.jpg")
    visitor, export = admin(gateway), f"https://{gateway.machine.address}/export"
    with visitor.open(f"{export}/package.zip?photos=1", timeout=120) as answer:
        (tmp_path / "package.zip").write_bytes(answer.read())
    assert list(check_package(tmp_path / "package.zip")) == []
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert b"for-science.jpg" in archive.read("media.csv")
    assert "whole" in visitor.open(f"{export}?live=1", timeout=20).read().decode()
    assert "no faults" in gateway.machine.said("camspool export camtrap-dp /root/package --check")


def test_a_program_reads_with_a_token_through_nginx_until_it_is_revoked(gateway: Gateway) -> None:
    gateway.send_photo("for-a-program.jpg")
    gateway.await_accepted("for-a-program.jpg")
    token = gateway.machine.said("camspool token add admin 'a map'").split()[-1]
    program, api = browser(), f"https://{gateway.machine.address}/api/v1"

    def ask(path: str) -> bytes:
        question = Request(f"{api}{path}", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - the host's own
        with program.open(question, timeout=20) as answer:
            content: bytes = answer.read()
        return content

    (item,) = json.loads(ask("/items?q=for-a-program"))["items"]
    (photo,) = (gateway.machine.root / "srv/camspool/accepted").rglob(f"{item['id']}-*.jpg")
    assert ask(f"/items/{item['id']}/file") == photo.read_bytes()
    assert {part["name"] for part in json.loads(ask("/status"))["parts"]} >= {"watcher", "ftps", "timers"}
    with pytest.raises(HTTPError, match="401"):
        program.open(f"{api}/items", timeout=20)
    with pytest.raises(HTTPError, match="401"):
        program.open(f"https://{gateway.machine.address}/metrics", timeout=20)
    revoked = gateway.machine.said("camspool token list").splitlines()[-1].split()[0]
    gateway.machine.run(f"camspool token revoke {revoked}")
    with pytest.raises(HTTPError, match="401"):
        ask("/items")


def test_a_viewer_comes_in_by_an_invitation_and_only_the_admin_reads_what_is_kept_of_people(gateway: Gateway) -> None:
    machine, address = gateway.machine, gateway.machine.address
    page = submit(admin(gateway), gateway, "/people", "/people", {"name": "vera", "role": "viewer"})
    found = re.search(r'id="invitation">https://[^/]+(/join/[^<]+)<', page)
    assert found, page
    viewer = browser()
    assert "Overview" in submit(viewer, gateway, found[1], found[1], {"password": "chosen by vera"})
    assert viewer.open(f"https://{address}/files", timeout=20).status == 200
    for closed in ("/people", "/upload"):
        with pytest.raises(HTTPError, match="403"):
            viewer.open(f"https://{address}{closed}", timeout=20)
    kept = "/srv/camspool/people/vera.json"
    assert "$argon2id$" in machine.said(f"runuser -u camspool-web cat {kept}")
    assert "Permission denied" in machine.said(f"runuser -u camspool-outbox cat {kept} 2>&1 || true")
    assert log_in(gateway, "vera", "chosen by vera").open(f"https://{address}/overview", timeout=20).status == 200


def test_what_an_admin_asks_for_is_done_by_the_watcher(gateway: Gateway) -> None:
    visitor = admin(gateway)
    assert visitor.open(f"https://{gateway.machine.address}/system", timeout=20).status == 200
    machine = gateway.machine
    pid = machine.said("systemctl show --value -p MainPID camspool-webadmin")
    ids = [sidecar["id"] for sidecar in gateway.sidecars("rejected")][:1]
    request = json.dumps({"action": "requeue", "by": "admin", "at": "2026-01-01T00:00:00.000000Z", "ids": ids})
    as_admin = f"nsenter -t {pid} -m setpriv --reuid camspool-web --regid camspool-web --init-groups"
    name = f"{new_id()}.json"
    machine.run(f"{as_admin} sh -c 'cd /srv/camspool/requests; echo '\\''{request}'\\'' > .x; mv .x {name}'")
    assert wait_until(lambda: (machine.root / "srv/camspool/requests/done" / name).exists(), 60)


@pytest.mark.parametrize("way", ["ftps", "ftps-implicit"])
def test_a_file_goes_down_the_whole_road_though_the_admin_has_no_network(gateway: Gateway, way: str) -> None:
    for number in range(3):
        name = f"road-{way}-{number}.jpg"
        values = {"files": FileStorage(io.BytesIO(new_photo()), name), "way": way, "folder": "north/river"}
        page = submit(admin(gateway), gateway, "/upload", "/upload", values)
        # The page waits for some seconds, which both hosts at the same time can make too few.
        if "there is no verdict yet" not in page:
            break
    assert "Photo accepted." in page, page
    (sidecar,) = (one for one in gateway.sidecars() if one["upload_path"] == f"north/river/{name}")
    assert (sidecar["source"], sidecar["account"], sidecar["client"]) == ("ftps", "camera", "127.0.0.1")


def test_why_a_file_does_not_get_through_is_told(gateway: Gateway) -> None:
    visitor, large = admin(gateway), FileStorage(io.BytesIO(bytes(11 * 1024**2)), "large.jpg")
    page = submit(visitor, gateway, "/upload", "/upload", {"files": large, "way": "ftps"})
    assert "files up to 10 MB are sent" in page
    gateway.machine.run("systemctl stop camspool-ftps-implicit.socket")
    photo = FileStorage(io.BytesIO(new_photo()), "closed.jpg")
    page = submit(visitor, gateway, "/upload", "/upload", {"files": photo, "way": "ftps-implicit"})
    gateway.machine.run("systemctl start camspool-ftps-implicit.socket")
    assert "127.0.0.1:990 (implicit TLS): " in page and "refused" in page


def test_only_the_admin_may_have_files_sent(gateway: Gateway) -> None:
    connect = "import socket; socket.socket(socket.AF_UNIX).connect('/run/camspool-relay.sock')"
    for user in ("camspool-web", "camspool", "camspool-ftps", "www-data"):
        as_user = f"setpriv --reuid {user} --regid {user} --init-groups"
        said = gateway.machine.run(f'{as_user} python3 -c "{connect}"', check=False)
        assert said.returncode == (0 if user == "camspool-web" else 1), (user, said.stderr)


def test_the_ftps_password_is_shown_only_on_request(gateway: Gateway) -> None:
    visitor, password = admin(gateway), gateway.server().password
    page = visitor.open(f"https://{gateway.machine.address}/set-up", timeout=20).read().decode()
    assert "990" in page and password not in page
    assert password in submit(visitor, gateway, "/set-up", "/set-up/password", {})


def test_a_camera_that_an_admin_adds_gets_in_with_its_own_account(gateway: Gateway) -> None:
    """Through the sandboxes of admin, watcher and FTPS: each may do just its part of it."""
    page = submit(admin(gateway), gateway, "/add-camera", "/add-camera", {"name": "Höhle", "way": "account"})
    shown = re.search(r'<code class="password">(.*?)</code>', page)
    assert shown, page
    own = gateway.server(account="hoehle", password=re.sub("<.*?>", "", shown[1]))
    assert wait_until(lambda: "hoehle" in gateway.machine.said("camspool camera list"), 60)
    gateway.send_photo("from-the-cave.jpg", own)
    gateway.await_accepted("from-the-cave.jpg")
    (sidecar,) = (one for one in gateway.sidecars() if one["upload_path"] == "from-the-cave.jpg")
    assert (sidecar["camera_id"], sidecar["account"]) == ("Hoehle", "hoehle")
    # The hashes are for PAM and the watcher, and nobody else.
    hashes, as_web = "/srv/camspool/accounts/hashes/passwd", "setpriv --reuid camspool-web --regid camspool-web"
    assert gateway.machine.said(f"stat -c '%U %G %a' {hashes}") == "camspool root 640"
    assert gateway.machine.run(f"{as_web} --init-groups cat {hashes}", check=False).returncode != 0
    gateway.proves_itself()


def packed(visitor: OpenerDirector, gateway: Gateway, path: str, **headers: str) -> HTTPResponse:
    asked = {"Accept-Encoding": "gzip", **{name.replace("_", "-"): value for name, value in headers.items()}}
    request = Request(f"https://{gateway.machine.address}{path}", headers=asked)
    answer: HTTPResponse = visitor.open(request, timeout=20)
    return answer


def test_pages_and_style_are_small_on_slow_links(gateway: Gateway) -> None:
    visitor = admin(gateway)
    page = packed(visitor, gateway, "/files")
    assert page.headers["Content-Encoding"] == "gzip"
    style = re.search(r'href="(/static/style\.css[^"]*)"', gzip.decompress(page.read()).decode())
    assert style
    answer = packed(visitor, gateway, style[1])
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert "max-age=" in answer.headers["Cache-Control"]
    assert len(answer.read()) < 8_000
    with pytest.raises(HTTPError, match="304"):
        packed(visitor, gateway, style[1], If_None_Match=answer.headers["ETag"])


def test_the_length_of_a_page_tells_other_sites_nothing(gateway: Gateway) -> None:
    for site in ("cross-site", "same-site"):
        page = packed(admin(gateway), gateway, "/files?q=guess", Sec_Fetch_Site=site)
        assert page.headers["Content-Encoding"] is None
        assert "guess" in page.read().decode()


def half_sent(gateway: Gateway, path: str, size_bytes: int) -> ssl.SSLSocket:
    """Return a connection on which a request has begun, whose body does not come."""
    address = gateway.machine.address
    plain = socket.create_connection((address, 443), 10)
    connection = any_certificate().wrap_socket(plain)
    head = f"POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {size_bytes}\r\n"
    connection.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\nname=".encode())
    return connection


def test_slow_clients_hold_nobody_up(gateway: Gateway) -> None:
    # More than the admin has threads.
    with ExitStack() as stack:
        for _ in range(12):
            stack.enter_context(half_sent(gateway, "/log-in", 1000))
        assert browser().open(f"https://{gateway.machine.address}/log-in", timeout=20).status == 200


def test_nothing_large_is_taken_from_strangers(gateway: Gateway) -> None:
    for path, told in (("/upload", b"HTTP/1.1 303 "), ("/log-in", b"HTTP/1.1 413 ")):
        with half_sent(gateway, path, 90_000_000) as connection:
            # The answer comes though nothing more was sent: nobody waited for it.
            assert connection.recv(4096).startswith(told), path


def test_guessing_at_the_admin_s_password_ends_in_a_ban(gateway: Gateway) -> None:
    machine = gateway.machine
    for _ in range(21):
        # A wrong password, too many of them, or the ban itself, which may come between two attempts.
        with pytest.raises(OSError):
            log_in(gateway, "admin", "a guess")
        if machine.outside in machine.said("fail2ban-client banned"):
            break
    banned = wait_until(lambda: machine.outside in machine.said("fail2ban-client status camspool-admin"), 60)
    # To unban is not enough: fail2ban reads the log in its own time, and what it has not read yet would ban us again,
    # some tests later. What it knows of bans it would restore.
    machine.run("systemctl stop fail2ban && rm -f /var/lib/fail2ban/fail2ban.sqlite3*")
    machine.run("truncate -s 0 /var/log/nginx/camspool.log && systemctl start fail2ban")
    assert banned
    gateway.proves_itself()
