"""The API keeps what its description says: schemathesis asks a filled gateway what it allows, and what it does not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.spool.tokens import Token, new_token, token_id, write_token
from tests.browser.stack import Stack, running_stack
from webadmin.api.operations import OPERATIONS

EXAMPLES = 100
"""How many questions are drawn for each operation, beside those at the bounds of each parameter."""

CONFIGURATION = """
[checks.negative_data_rejection]
expected-statuses = [400, 401, 404, 414]
"""
"""A wrong question may be refused for its length by gunicorn, before we see it."""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A gateway with cameras, rejected files, incidents, targets and connections."""
    with running_stack() as running:
        yield running


@pytest.mark.timeout(600)
def test_every_answer_is_as_described_and_every_wrong_question_is_refused(
    stack: Stack, seed: int, tmp_path: Path
) -> None:
    token, hashed = new_token()
    told = Token(token_id(hashed), "admin", "schemathesis", hashed, "2026-06-01T12:00:00.000000Z")
    write_token(stack.gateway.root, told)
    words = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{stack.address}/api/v1/openapi.json"]
    words += ["-H", f"Authorization: Bearer {token}", "--checks", "all", "--continue-on-failure", "--no-color"]
    words += ["--max-examples", f"{EXAMPLES}", "--seed", f"{seed}", "--warnings", "off"]
    words += ["--suppress-health-check", "all", "--request-timeout", "60"]
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION, "utf-8")
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    print(ended.stdout)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"Tested: {len(OPERATIONS)}" in ended.stdout
