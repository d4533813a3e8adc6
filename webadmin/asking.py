"""What the person here asks of the watcher, and how the next page says that it ended."""

from typing import Any

from flask import flash, url_for
from flask_login import current_user
from markupsafe import Markup

from ingest.requests.answers import Answer, wait_for
from ingest.requests.writing import ask
from webadmin.context import context


def answer_to(action: str, **words: Any) -> Answer:
    """Ask for something in the name of the person here, and return how it ended, if that is known soon."""
    return answer_as(current_user.name, action, **words)


def answer_as(by: str, action: str, **words: Any) -> Answer:
    """Ask for something in somebody's name, who may be at the door yet; return how it ended, if that is known soon."""
    root = context().root
    (answer,) = wait_for(root, [ask(root, action, by, **words)])
    return answer


def tell_answer(answer: Answer) -> None:
    """Say how one request ended, in its own words."""
    for results, state in ((answer.done, "good"), (answer.refused, "bad")):
        for result in results:
            flash(str(result.get("message")), state)
    if answer.done_at is None:
        flash(_not_yet(answer.id), "wait")


def _not_yet(request_id: str) -> Markup:
    link = url_for("system.request_page", request_id=request_id)
    return Markup('The watcher has not answered yet. <a href="{}">See how it goes</a>.').format(link)
