"""Tokens for programs, on somebody's word: one becomes valid, or is valid no more. A request brings only its hash."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.requests.result import Alive, Result
from ingest.spool.names import one_line
from ingest.spool.stamp import utc_text
from ingest.spool.tokens import LABEL_MAX, Token, forget_token, is_token_hash, token_id, write_token

PERSON_MAX = 64


def make_token(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let a program of a person read, with a token that was made and shown elsewhere."""
    hashed = request["token_hash"]
    person = one_line(str(request.get("person") or ""), PERSON_MAX).strip()
    label = one_line(str(request.get("label") or ""), LABEL_MAX).strip()
    if not is_token_hash(hashed) or not person or not label:
        return [Result(request_id, "refused", "A token has a person, a name that tells what it is for, and a hash.")]
    write_token(root, Token(token_id(hashed), person, label, hashed, utc_text(datetime.now(UTC))))
    return [Result(token_id(hashed), "made", f"The token {label} of {person} is valid.")]


def revoke_token(
    root: Path, _index: sqlite3.Connection, _id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let a token be valid no more. One that is gone already is as it should be: a request may be carried out twice."""
    shown = one_line(str(request["token"]), 16)
    was_there = forget_token(root, str(request["token"]))
    return [Result(shown, "revoked", "The token is valid no more." if was_there else "No such token is valid.")]
