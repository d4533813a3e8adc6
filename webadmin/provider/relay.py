"""Talks with the provider for the admin, which has neither network nor the client's secret on a host.

The admin connects to a Unix socket and writes one line of JSON, an order; the answer is one line too: what came of it,
or `{"refused": "why"}`. systemd starts `python -m webadmin.provider.relay SECRET_FILE` for each connection
(systemd/camspool-provider@.service).
"""

import json
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.settings.file import load_settings
from ingest.settings.values import Provider
from webadmin.provider.talking import Begun, begin, finish

LINE_MAX_BYTES = 64 * 1024
PATIENCE_S = 40.0
"""How long the admin waits for an answer: less than gunicorn lets a request take."""


def begin_at(relay: Path | None, provider: Provider, back: str) -> Begun:
    """Begin a log-in, through the relay where there is one. Raise CamspoolError."""
    if relay is None:
        return begin(provider, back)
    return Begun(**_asked(relay, {"order": "begin", "back": back}))


def finish_at(relay: Path | None, provider: Provider, back: str, code: str, begun: Mapping[str, str]) -> dict[str, Any]:
    """Return what the provider says of who came back, through the relay where there is one. Raise CamspoolError."""
    nonce, verifier = begun["nonce"], begun["verifier"]
    if relay is None:
        return finish(provider, read_secret(provider.client_secret_file), back, code, nonce, verifier)
    words = {"order": "finish", "back": back, "code": code, "nonce": nonce, "verifier": verifier}
    claims: dict[str, Any] = _asked(relay, words)["claims"]
    return claims


def read_secret(file: Path) -> str:
    """Return the client's secret. Raise CamspoolError."""
    try:
        return file.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise CamspoolError(f"The provider's secret {file} cannot be read: {error}.") from error


def carry_out(line: bytes, provider: Provider, secret_file: Path) -> dict[str, Any]:
    """Do what one order asks; return the answer. Raise CamspoolError."""
    try:
        order = json.loads(line)
        words = {key: str(order[key]) for key in ("code", "nonce", "verifier") if key in order}
        action, back = order["order"], str(order["back"])
    except (ValueError, TypeError, KeyError) as error:
        raise CamspoolError("This is not an order to log somebody in.") from error
    if not provider.is_set:
        raise CamspoolError("The settings name no provider: [provider] issuer is empty.")
    if action == "begin":
        return asdict(begin(provider, back))
    if action == "finish" and len(words) == 3:
        return {"claims": finish(provider, read_secret(secret_file), back, **words)}
    raise CamspoolError("This is not an order to log somebody in.")


def _asked(relay: Path, order: dict[str, str]) -> dict[str, Any]:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(str(relay))
            connection.sendall(json.dumps(order).encode() + b"\n")
            with connection.makefile("rb") as answers:
                answer = json.loads(answers.readline(LINE_MAX_BYTES) or b'{"refused": "It gave no answer."}')
    except (OSError, ValueError) as error:
        raise CamspoolError(f"What talks with the provider for the admin does not answer: {relay}: {error}.") from error
    if refused := answer.get("refused"):
        raise CamspoolError(str(refused))
    return dict(answer)


def main(secret_file: Path) -> None:
    """Answer one order on standard input."""
    try:
        answer = carry_out(sys.stdin.buffer.readline(LINE_MAX_BYTES), load_settings(None, None).provider, secret_file)
    except CamspoolError as error:
        answer = {"refused": str(error)}
    print(json.dumps(answer), flush=True)  # noqa: T201 - this is the answer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
