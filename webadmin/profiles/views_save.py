"""Saves the profile on the workshop's bench, sends its files back, and shows what becomes of them."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from ingest.requests.answers import Answer, read_answer, wait_for
from ingest.requests.writing import IDS_PER_REQUEST, ask
from ingest.spool.stamp import is_id, parse_utc
from webadmin.context import context
from webadmin.display import page_time
from webadmin.profiles.saved_files import saved_files
from webadmin.profiles.saving import Saving, rejected_members, saving_of, sent_fields
from webadmin.profiles.views_dry_run import dry_run_of
from webadmin.profiles.work import Work, read_work

pages = Blueprint("saving", __name__)

SETTLED_AFTER = timedelta(minutes=2)
WHY_MAX_CHARACTERS = 300
_ACTIONS = ("save_profile", "undo_profile")


@pages.app_template_global("saving_of")
def _saving_of(work: Work, accepted: Any = None) -> Saving:
    return saving_of(work, accepted)


@pages.post("/workshop/<item_id>/save")
def save(item_id: str) -> Any:
    """Save the profile and send the files back that it is for; show why where that is refused."""
    work, root = read_work(item_id, request.form), context().root
    if problem := saving_of(work).problem:
        return _not_saved(work, problem), 422
    words = {
        "profile": work.profile_id,
        "text": work.text,
        "based_on": request.form.get("seen") or None,
        "why": request.form.get("why", "").strip()[:WHY_MAX_CHARACTERS],
        "takes": request.form.get("takes") == "1",
        **({"of_camera": {"camera_id": work.of_camera, "ids": list(work.by_hand)}} if work.by_hand else {}),
    }
    request_id = ask(root, "save_profile", current_user.name, ids=_ids(work), **words)
    (answer,) = wait_for(root, [request_id])
    if answer.results and answer.results[0].get("outcome") == "refused":
        first = answer.results[0]
        return _not_saved(work, str(first.get("message")), first), 409
    return redirect(url_for("saving.saved", request_id=request_id), 303)


@pages.get("/workshop/saved/<request_id>")
def saved(request_id: str) -> Any:
    """Show what was saved, and what becomes of the files that were sent back."""
    answer = read_answer(context().root, request_id)
    if answer is None or answer.request.get("action") not in _ACTIONS:
        abort(404)
    ids = [str(one.get("id")) for one in answer.done if one.get("outcome") == "requeued"]
    with context().index() as index:
        files = saved_files(index, context().root, ids, are_settled=_is_settled(answer))
    template = "profiles/_saved.html" if request.args.get("live") == "1" else "profiles/saved.html"
    return render_template(
        template,
        answer=answer,
        files=files,
        total=len(ids),
        profile_id=str(answer.request.get("profile")),
        has_page=answer.request.get("profile") in context().profile_ids,
        refused=[one for one in answer.refused if is_id(str(one.get("id")))],
        is_over=answer.done_at is not None and not files.waiting,
    )


def _ids(work: Work) -> list[str]:
    """Return the files to try again: those that it would accept, and those on the bench, which may have another fault
    that their new verdicts tell."""
    return list(dict.fromkeys([*dry_run_of(work).accepted, *rejected_members(work)]))[:IDS_PER_REQUEST]


def _not_saved(work: Work, problem: str, result: dict[str, Any] | None = None) -> str:
    taken = result or {}
    return render_template(
        "profiles/not_saved.html",
        work=work,
        problem=problem,
        fields=sent_fields(),
        may_insist=taken.get("upload_path") is not None,
        taken_item=taken.get("item_id"),
    )


def _is_settled(answer: Answer) -> bool:
    """Say whether the answer is so old that a file which neither waits nor is known was deleted."""
    try:
        return answer.done_at is not None and page_time() - parse_utc(answer.done_at) > SETTLED_AFTER
    except ValueError:
        return True
