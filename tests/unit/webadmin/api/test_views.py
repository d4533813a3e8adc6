"""The API answers whoever shows a valid token, and says in JSON why it does not answer others."""

import pytest

from ingest.spool.tokens import forget_token, new_token
from tests.unit.webadmin.api.asking import Program, give_token, program_of
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.api.operations import OPERATIONS

LISTS = [one.path for one in OPERATIONS if not one.in_path]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_answers_on_an_empty_gateway(program: Program, path: str) -> None:
    answer = program.get(path)
    assert answer.status_code == 200 and answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_description_and_its_admin_get_in_too(program: Program, admin: Person) -> None:
    assert program.read("/openapi.json")["openapi"] == "3.1.0"
    assert admin.get("/api/v1/items").status_code == 200


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", f"Bearer {new_token()[0]}", "Basic YW5uYTp4", "Bearer ü"])
def test_without_a_valid_token_nothing_is_told(site: Site, shown: str) -> None:
    headers = {"Authorization": shown} if shown else {}
    for path in ("/api/v1/items", "/api/v1/openapi.json", "/api/v1/nowhere", "/api/"):
        answer = site.visitor().client.get(path, headers=headers)
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), path
        assert answer.json and "Bearer camspool_" in answer.json["detail"]
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_was_revoked_or_whose_person_is_no_admin_opens_nothing(site: Site) -> None:
    token, told = give_token(site)
    revoked = Program(site.app.test_client(), token)
    assert revoked.get("/status").status_code == 200
    forget_token(site.root, told.id)
    assert revoked.get("/status").status_code == 401
    assert program_of(site, "nobody").get("/status").status_code == 401


def test_a_token_opens_no_page_and_changes_nothing(site: Site, program: Program) -> None:
    item = site.put(accepted(), photo())
    headers = {"Authorization": f"Bearer {program.token}"}
    assert program.client.get("/overview", headers=headers).status_code == 302
    assert program.client.get(f"/files/{item.id}/original", headers=headers).status_code == 302
    assert program.client.post(f"/files/{item.id}/act", headers=headers).status_code in (400, 401)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = program.client.open("/api/v1/items", method=method, headers=headers)
        assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
        assert "GET" in answer.headers["Allow"]


def test_figures_are_for_tokens_from_elsewhere(site: Site, program: Program) -> None:
    headers, elsewhere = {"Authorization": f"Bearer {program.token}"}, {"REMOTE_ADDR": "192.0.2.7"}
    answer = site.app.test_client().get("/metrics", headers=headers, environ_base=elsewhere)
    assert answer.status_code == 200 and "camspool_info" in answer.text


def test_what_is_not_there_is_a_problem(program: Program) -> None:
    for path in ("/nowhere", "/items/20260601T120000.000000Z-00000001", "/cameras/nobody"):
        answer = program.get(path)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
        assert answer.json and answer.json["status"] == 404


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/items?colour=red", "knows no parameter 'colour'; it knows: after, camera_id"),
        ("/items?limit=2&limit=3", "limit is given more than once"),
        ("/items?limit=0", "limit"),
        ("/items?verdict=maybe", "verdict"),
        ("/items?day=2026-02-30", "day"),
        ("/status?x=1", "it knows: none"),
        ("/cameras/..%5C", "id"),
    ],
)
def test_a_question_that_makes_no_sense_is_a_problem_with_a_sentence(program: Program, path: str, words: str) -> None:
    answer = program.get(path)
    assert answer.status_code == 400 and answer.json and words in answer.json["detail"]
