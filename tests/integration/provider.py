"""Starts a real OpenID Connect provider for tests: Canaille, with one client and a few people."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.admins import answers
from tests.integration.gateway import free_ports, process, wait_until

CANAILLE = str(Path(sys.executable).with_name("canaille"))
CLIENT, SECRET = "camspool", "a secret for tests"
PEOPLE, PASSWORD = ("rose", "vera", "zoe", "ann"), "a password at the provider"
"""Canaille 0.3.6 gives one person one and the same token within a second, and fails: tests log in one each."""


@dataclass(frozen=True)
class RunningProvider:
    """A provider that answers: its address."""

    issuer: str


@contextmanager
def provider(folder: Path, back: str) -> Iterator[RunningProvider]:
    """Run a provider that sends people `back`; on return it has stopped."""
    (port,) = free_ports(1)
    issuer = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "CANAILLE_CONFIG": str(_configuration(folder, port))}

    def canaille(*words: str) -> Any:
        done = subprocess.run([CANAILLE, *words], env=environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout) if done.stdout.startswith(("{", "[")) else None

    canaille("install")
    for one in PEOPLE:
        names = ("--family-name", one.title(), "--emails", f"{one}@example.org")
        canaille("create", "user", "--user-name", one, *names, "--password", PASSWORD)
    scopes = ("--scope", "openid", "--scope", "email", "--scope", "profile")
    client = ("--client-id", CLIENT, "--client-secret", SECRET, "--client-name", "Camspool", "--redirect-uris", back)
    kinds = ("--grant-types", "authorization_code", "--response-types", "code")
    how = ("--token-endpoint-auth-method", "client_secret_basic", "--client-uri", back.rpartition("/log-in")[0])
    made = canaille("create", "client", *client, *kinds, *how, *scopes)
    canaille("set", "client", made["id"], "--audience", made["id"])
    words = ["env", f"CANAILLE_CONFIG={environment['CANAILLE_CONFIG']}", CANAILLE, "run", "--bind", f"127.0.0.1:{port}"]
    with process(words, folder):
        wait_until(lambda: answers(f"{issuer}/.well-known/openid-configuration"), "the provider answers")
        yield RunningProvider(issuer)


def _configuration(folder: Path, port: int) -> Path:
    key = subprocess.run([CANAILLE, "jwk", "create", "rsa"], capture_output=True, text=True, check=True).stdout
    told = ", ".join(f"{name} = {json.dumps(value)}" for name, value in json.loads(key).items())
    file = folder / "canaille.toml"
    file.write_text(
        f'SECRET_KEY = "{"k" * 40}"\nSERVER_NAME = "127.0.0.1:{port}"\nPREFERRED_URL_SCHEME = "http"\n'
        f'TRUSTED_HOSTS = ["127.0.0.1", "localhost"]\n[CANAILLE]\nDATABASE = "sql"\n'
        f'[CANAILLE_SQL]\nDATABASE_URI = "sqlite:///{folder}/canaille.sqlite"\n'
        f"[CANAILLE_OIDC]\nACTIVE_JWKS = [{{ {told} }}]\n"
    )
    return file
