"""Turns what can go wrong into pages with a sentence; a traceback goes to the log, never to the browser."""

import logging
from collections.abc import Iterable
from typing import Any

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from ingest.errors import CamspoolError
from webadmin.api.problems import is_for_api, problem
from webadmin.context import TooBroadError

log = logging.getLogger("camspool")

_SENTENCES = {
    400: "The browser sent something that this page cannot use.",
    401: "Your session has ended. Log in again.",
    403: "This is not allowed.",
    404: "There is nothing at this address. It may have been deleted, or the link is wrong.",
    405: "This address does not take that kind of request.",
    413: "That is too large: at most 100 MB can be sent at once.",
    429: "Too many attempts. Wait a quarter of an hour, then try again.",
}


def handle(app: Flask) -> None:
    """Register the pages for failures."""

    @app.errorhandler(CSRFError)
    def csrf_failed(_error: CSRFError) -> Any:
        sentence = "The page was too old, or the form did not come from here. Load the page again and repeat."
        return _page(400, "Nothing was changed", sentence)

    @app.errorhandler(TooBroadError)
    def too_broad(_error: TooBroadError) -> Any:
        sentence = "This search matches too much to be answered quickly. Add a camera, a day or a longer word."
        return _page(503, "Too broad", sentence)

    @app.errorhandler(CamspoolError)
    def our_sentence(error: CamspoolError) -> Any:
        return _page(503, "This does not work right now", str(error))

    @app.errorhandler(HTTPException)
    def http_failed(error: HTTPException) -> Any:
        # What fails after a page was made, as counting a wrong password, arrives here inside another error.
        if isinstance(cause := getattr(error, "original_exception", None), CamspoolError):
            return our_sentence(cause)
        code = error.code or 500
        allowed = error.valid_methods or () if isinstance(error, MethodNotAllowed) else ()
        return _page(code, error.name, _SENTENCES.get(code, error.description or ""), allowed)

    @app.errorhandler(Exception)
    def unexpected(_error: Exception) -> Any:
        log.exception("The page %s %s failed", request.method, request.path.encode("unicode_escape").decode())
        return _page(500, "Camspool failed", "This is a fault of Camspool, not yours. The log has the details.")


def _page(code: int, title: str, sentence: str, allowed: Iterable[str] = ()) -> Any:
    if is_for_api():
        return problem(code, title, sentence, allowed)
    return render_template("failure.html", title=title, sentence=sentence, code=code), code
