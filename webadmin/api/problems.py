"""What the API says when it cannot answer: RFC 9457's problem details, with a sentence for who reads the log."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, request
from msgspec.json import encode

BELOW = "/api/"


@dataclass(frozen=True)
class ProblemDetails:
    """Why there is no answer: the HTTP status, what that is called, and a sentence."""

    status: int
    title: str
    detail: str


def is_for_api() -> bool:
    """Say whether this request is a program's, also where no operation answers it."""
    return request.path.startswith(BELOW)


def problem(status: int, title: str, detail: str, allowed: Iterable[str] = ()) -> Response:
    """Return a problem as an answer; `allowed` are the methods that an address knows, where that is the problem."""
    response = Response(encode(ProblemDetails(status, title, detail)), status, mimetype="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="camspool"'
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response
