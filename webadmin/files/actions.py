"""What happens to selected items: reads what a form selected, asks the watcher, says how it ended."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from ingest.fleet.codes import files_words
from ingest.requests.answers import Answer, wait_for
from ingest.requests.undoing import can_be_undone
from ingest.requests.writing import IDS_MAX, ask_about_items
from ingest.spool.stamp import is_id
from webadmin.context import context
from webadmin.files.listing import all_ids, whole_number
from webadmin.files.selection import read_selection
from webadmin.files.thumbnails import drop_thumbnail

_DONE = {
    "requeue": "sent back for a new verdict",
    "delete": "deleted",
    "correct": "corrected",
    "undo": "put back",
    "restore": "restored",
    "send_again": "marked to go there again",
}
_BETWEEN_DIGITS = {ord(sign): None for sign in " \u00a0\u202f.,'"}
_FORGOTTEN = "deleted here meanwhile; that the target refused this is forgotten"


@dataclass(frozen=True)
class Chosen:
    """The items of a form. `capped`: the filter matches more than one request may name."""

    ids: list[str]
    capped: bool

    @property
    def mark(self) -> str:
        """Tells these items from all others: a question carries it, and so does its answer."""
        return hashlib.sha256(" ".join(sorted(self.ids)).encode()).hexdigest()


def chosen_items(form: "MultiDict[str, str]") -> Chosen:
    """Return the ids that a form names, or all that its filter matched when the page was made."""
    if form.get("everything") != "1":
        return Chosen([one for one in form.getlist("id") if is_id(one)][:IDS_MAX], False)
    here, newest = context(), whole_number(form.get("newest", ""))
    selection = read_selection(form)
    with here.index() as index:
        here.know_found(index, selection)
        found = all_ids(index, selection, here.settings.zone, newest, IDS_MAX + 1)
        ids = list(dict.fromkeys(found))
    return Chosen(ids[:IDS_MAX], len(ids) > IDS_MAX)


def is_confirmed(form: "MultiDict[str, str]", chosen: Chosen) -> bool:
    """Say whether a person has agreed to delete just these items: of all that a filter matches, by typing how many."""
    if form.get("confirmed") != "1" or not is_the_same(form, chosen):
        return False
    typed = form.get("number", "").translate(_BETWEEN_DIGITS)
    if form.get("everything") == "1" and typed != str(len(chosen.ids)):
        flash(f"Nothing was deleted: type {len(chosen.ids)}, the number of the files.", "attention")
        return False
    return True


def ask_to_delete(chosen: Chosen, back: str, *, everything: bool = False) -> str:
    """Ask whether these items shall be deleted; of all that a filter matches the person types the number."""
    days = context().settings.retention.trash_days
    words = {"chosen": chosen, "back": back, "trash_days": days, "asks_number": everything}
    return render_template("files/confirm.html", **words)


def is_the_same(form: "MultiDict[str, str]", chosen: Chosen) -> bool:
    """Say whether these are the items that a person was shown; say on the page when a filter matches others now.

    The bound of a filter is the order of arrival, and what was tried again comes back with its old number.
    """
    if form.get("everything") == "1" and form.get("mark") != chosen.mark:
        flash("Meanwhile the filter matches other files. Look at the number again.", "attention")
        return False
    return True


def carry_out(root: Path, action: str, ids: Iterable[str], **words: Any) -> list[Answer]:
    """Ask for an action and say on the next page how it ended; of what was deleted no small picture stays."""
    requests = ask_about_items(root, action, current_user.name, ids, **words)
    answers = wait_for(root, requests)
    if action == "delete":
        for result in (result for answer in answers for result in answer.done):
            drop_thumbnail(context().surroundings.cache, str(result.get("id")))
    tell(action, answers)
    return answers


def tell(action: str, answers: list[Answer]) -> None:
    """Say how requests ended: done, refused with the reasons, or still waiting with a link."""
    forgotten = sum(result.get("outcome") == "forgotten" for answer in answers for result in answer.done)
    done = sum(len(answer.done) for answer in answers) - forgotten
    refused = [result for answer in answers for result in answer.refused]
    if done:
        flash(f"{files_words(done)} {_DONE[action]}.", "good")
    if forgotten:
        flash(f"{files_words(forgotten)} {_FORGOTTEN}.", "good")
    if refused:
        sentences = sorted({str(result.get("message")) for result in refused})
        flash(f"{files_words(len(refused))} could not be done: {' '.join(sentences[:5])}", "bad")
    for answer in answers:
        if can_be_undone(answer):
            flash(answer.id, "undo")
        if answer.done_at is None:
            link = url_for("system.request_page", request_id=answer.id)
            flash(Markup('The watcher has not answered yet. <a href="{}">See how it goes</a>.').format(link), "wait")


def back_to_list() -> str:
    """Return the address of the list that the form came from."""
    return url_for("files.files") + read_selection(request.form).link()
