"""Roles and routes: each role tries each route, and gets in where it may and nowhere else."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from ingest.requests import answers
from tests.unit.webadmin.access.routes import ROLES, WHO_MAY, least_role, prepare, routes
from tests.unit.webadmin.site import CAMERA, Person, Site, rejected
from webadmin.access.rights import home_of, may


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No watcher runs here: what is tried is who gets in."""
    monkeypatch.setattr(answers, "PATIENCE_S", 0.0)


def _person(site: Site, role: str) -> Person:
    return site.let_in(f"a-{role}", role, accounts=("camera",))


def test_every_route_is_in_the_table_and_nothing_else_is(site: Site) -> None:
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    assert {name for names in WHO_MAY.values() for name in names.split()} == endpoints


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_in_where_it_may_and_nowhere_else(site: Site, role: str) -> None:
    values = prepare(site)
    site.app.config["WTF_CSRF_ENABLED"] = False
    wrong = []
    for endpoint, method, path in routes(site, values):
        if least_role(endpoint) == "anybody":
            continue
        # One at a time: some of these end the session, or remove what others need.
        person = _person(site, role)
        values_now = prepare(site) if method == "POST" else values
        status = person.client.open(path, method=method, buffered=True).status_code
        least = least_role(endpoint)
        gets_in = least not in ROLES or ROLES.index(role) >= ROLES.index(least)
        if endpoint == "files.act" and role == "viewer":
            gets_in = False  # without a word on what to do; to pack files is tried below
        if (status in (401, 403)) == gets_in or (status >= 500 and gets_in) or not values_now:
            wrong.append((endpoint, method, path, status))
    assert wrong == []


def test_without_a_log_in_only_the_open_routes_answer(site: Site) -> None:
    values, visitor = prepare(site), site.visitor()
    for endpoint, method, path in routes(site, values):
        if least_role(endpoint) == "anybody":
            continue
        answer = visitor.client.open(path, method=method)
        goes_to_door = answer.status_code == 302 and "/log-in" in answer.headers["Location"]
        assert goes_to_door or answer.status_code in (400, 401), (endpoint, method, answer.status)


def test_a_viewer_packs_files_and_does_nothing_else_with_them(site: Site) -> None:
    values, viewer = prepare(site), _person(site, "viewer")
    form = {"id": values["item_id"]}
    packed = viewer.post("/files/act", {**form, "action": "download"}, page="/files")
    assert (packed.status_code, packed.mimetype) == (200, "application/zip")
    for action in ("delete", "requeue", "mend", "send_again", ""):
        assert viewer.post("/files/act", {**form, "action": action}, page="/files").status_code == 403
    assert site.requests() == []


class _Controls(HTMLParser):
    """Collects where the links and forms of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = dict(attrs)
        if tag == "a" and words.get("href"):
            self.found.append(("GET", str(words["href"])))
        if tag == "form":
            self.found.append(((words.get("method") or "get").upper(), words.get("action") or ""))


@pytest.mark.parametrize("role", ["viewer", "field"])
def test_no_page_of_a_role_has_a_link_or_a_form_that_it_may_not_use(site: Site, role: str) -> None:
    values = prepare(site)
    lone = site.put(rejected(account="camera"), b"x")
    site.put(rejected(reason="missing_camera_id", camera_id=None, account="camera"), b"y")
    site.put(rejected(reason="no_matching_profile", camera_id=None, account="camera"), b"z")
    person, adapter = _person(site, role), site.app.url_map.bind("")
    pages = {path for endpoint, method, path in routes(site, values) if method == "GET" and may(role, endpoint)}
    pages |= {"/files?verdict=rejected", "/files?verdict=rejected&reason=missing_location", "/cameras?view=map"}
    pages |= {f"/files/{lone.id}", "/files?verdict=rejected&reason=no_matching_profile", "/overview?live=1"}
    dead = []
    for page in sorted(pages):
        answer = person.get(page)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        controls = _Controls()
        controls.feed(answer.text)
        for method, target in controls.found:
            path = urlsplit(target).path
            if not path.startswith("/") or not adapter.test(path, method):
                continue
            endpoint = str(adapter.match(path, method)[0])
            if not may(role, endpoint):
                dead.append((page, method, endpoint))
    assert dead == []


def test_a_program_of_a_viewer_reads_and_one_of_the_field_does_not(site: Site) -> None:
    from tests.unit.webadmin.api.asking import Program, give_token

    for role, status in (("viewer", 200), ("field", 403)):
        _person(site, role)
        token, _ = give_token(site, f"a-{role}")
        assert Program(site.app.test_client(), token).get("/cameras").status_code == status


def test_somebody_in_the_field_sees_the_visits_and_check_pages_of_their_cameras_only(site: Site) -> None:
    site.put(rejected(account="camera", camera_id="gate"), b"x")
    site.put(rejected(account="other", camera_id="ford"), b"y")
    for camera in ("gate", "ford"):
        (site.root / "cameras" / f"{camera}.json").write_text(f'{{"tags": ["{camera}s"]}}')
    person = site.let_in("rose", "field", tags=("gates",))
    assert person.get("/cameras/gate/check").status_code == 200
    assert person.get("/cameras/ford/check").status_code == 404
    assert person.get("/cameras/a b/check").status_code == 404
    page = person.get("/visits").text
    assert re.search(r"\d of 1 camera needs?", page) and "ford" not in page
    assert person.get("/").status_code == 403


def test_the_first_page_of_everybody_is_one_that_they_may_open(site: Site) -> None:
    for role in ROLES:
        assert may(role, home_of(role))
    answer = site.visitor().post("/log-in", {"name": "anna", "password": "x"})
    assert answer.status_code == 401
    rose = site.let_in("rose", "field")
    door = rose.post("/log-in", {"name": "rose", "password": "a password for tests", "next": f"/cameras/{CAMERA}"})
    assert door.headers["Location"] == "/visits"
