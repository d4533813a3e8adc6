"""A program with a token, for the tests of this folder."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ingest.spool.tokens import Token, new_token, token_id, write_token
from tests.unit.webadmin.site import Site

MADE_AT = "2026-06-01T12:00:00.000000Z"


@dataclass
class Program:
    """A client that shows a token."""

    client: FlaskClient
    token: str

    def get(self, path: str) -> TestResponse:
        """Ask for an address below /api/v1."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.get(f"/api/v1{path}", headers=headers, buffered=True)

    def read(self, path: str) -> Any:
        """Return what an address answers."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json


def give_token(site: Site, person: str = "anna") -> tuple[str, Token]:
    """Make a token of a person."""
    token, hashed = new_token()
    told = Token(token_id(hashed), person, "map in the office", hashed, MADE_AT)
    write_token(site.root, told)
    return token, told


def program_of(site: Site, person: str = "anna") -> Program:
    """Return a program that has a token of a person."""
    return Program(site.app.test_client(), give_token(site, person)[0])
