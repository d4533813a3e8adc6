"""What admins ask of the outbox: each is a request to the watcher, and the next page says how it ended."""

from typing import Any

from flask import flash, url_for
from flask_login import current_user
from markupsafe import Markup

from ingest.requests.answers import Answer, wait_for
from ingest.requests.writing import ask
from webadmin.context import context
from webadmin.files.actions import tell


def ask_target(action: str, target: str) -> None:
    """Ask that a target rests or goes on, and say how it ended."""
    (answer,) = wait_for(context().root, [ask(context().root, action, current_user.name, target=target)])
    tell_answer(answer)


def tell_answer(answer: Answer) -> None:
    """Say how one request ended, in its own words."""
    for results, state in ((answer.done, "good"), (answer.refused, "bad")):
        for result in results:
            flash(str(result.get("message")), state)
    if answer.done_at is None:
        flash(_not_yet(answer.id), "wait")


def send_all_failed(target: str) -> None:
    """Ask that all which a target has refused goes there once more, and say how it ended."""
    words: dict[str, Any] = {"target": target, "all_failed": True}
    answers = wait_for(context().root, [ask(context().root, "send_again", current_user.name, **words)])
    tell("send_again", answers)


def _not_yet(request_id: str) -> Markup:
    link = url_for("system.request_page", request_id=request_id)
    return Markup('The watcher has not answered yet. <a href="{}">See how it goes</a>.').format(link)
