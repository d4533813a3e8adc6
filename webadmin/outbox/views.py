"""Deliveries: how every target stands, and one target with what it refuses, what waits for it and what it answered."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ingest.outbox.standing import Standing, standing_of, standings
from ingest.settings.targets import Target, is_target_name
from ingest.spool.deliveries import failed_ids, read_failed
from ingest.spool.outbox import marked_ids, targets_on_disk
from ingest.spool.stamp import is_id
from webadmin.context import Context, context
from webadmin.files.actions import carry_out
from webadmin.outbox.asking import ask_target, send_all_failed
from webadmin.outbox.latest import latest_deliveries
from webadmin.outbox.target_items import has_older_items, item_lines, letters_of, rows_of
from webadmin.outbox.words import Mood, kind_words, mood_of

pages = Blueprint("outbox", __name__)

SHOWN_MAX = 100


@dataclass(frozen=True)
class Shown:
    """A target as pages show it. `asks_for_older`: nobody has decided yet about the items that were here before it."""

    standing: Standing
    mood: Mood
    kind: str
    asks_for_older: bool


@pages.get("/outbox")
def outbox() -> Any:
    """Show how every target stands."""
    here = context()
    shown = [_shown(here, standing) for standing in standings(here.root, here.settings.targets)]
    template = "outbox/_live.html" if request.args.get("live") == "1" else "outbox/outbox.html"
    return render_template(template, targets=shown, are_set=bool(here.settings.targets))


def _shown(here: Context, standing: Standing) -> Shown:
    target = _target_of(here, standing.name)
    asks_for_older = False
    if target and not standing.is_filled:
        with here.index() as index:
            asks_for_older = has_older_items(index, target, standing.began_at)
    return Shown(standing, mood_of(standing), kind_words(standing.kind), asks_for_older)


def _target_of(here: Context, name: str) -> Target | None:
    return next((target for target in here.settings.targets if target.name == name), None)


@pages.get("/outbox/<target>")
def target(target: str) -> Any:
    """Show one target: what it refuses, what waits for it, what it answered last."""
    here, known = context(), _known(target)
    failed, waiting = failed_ids(here.root, target), marked_ids(here.root, target)
    answers = latest_deliveries(here.root, target)
    refused = {item_id: read_failed(here.root, target, item_id) for item_id in failed[: -SHOWN_MAX - 1 : -1]}
    with here.index() as index:
        rows = rows_of(index, refused, waiting[:SHOWN_MAX], (answer.id for answer in answers))
    shown = [*refused, *waiting[:SHOWN_MAX], *(answer.id for answer in answers)]
    return render_template(
        "outbox/target.html",
        shown=_shown(here, standing_of(here.root, target, known.kind if known else None)),
        refused=item_lines(rows, refused),
        waiting=item_lines(rows, dict.fromkeys(waiting[:SHOWN_MAX])),
        answers=[(answer, rows.get(answer.id)) for answer in answers],
        letters=letters_of(here.root, shown, rows),
    )


@pages.post("/outbox/<target>/again")
def again(target: str) -> Response:
    """Let what is ticked go there once more, or all that was refused, or the one file whose page this came from."""
    _known(target)
    ids = [item_id for item_id in request.form.getlist("id") if is_id(item_id)]
    if request.form.get("all") == "1":
        send_all_failed(target)
    elif ids:
        carry_out(context().root, "send_again", ids, target=target)
    else:
        flash("Nothing was selected. Tick the files first.", "bad")
    if ids and request.form.get("back") == "item":
        return redirect(url_for("item.item", item_id=ids[0]))
    return _back(target)


@pages.post("/outbox/<target>/pause")
def pause(target: str) -> Response:
    """Let a target rest."""
    _known(target)
    ask_target("pause_target", target)
    return _back(target)


@pages.post("/outbox/<target>/resume")
def resume(target: str) -> Response:
    """Let a target go on."""
    _known(target)
    ask_target("resume_target", target)
    return _back(target)


def _known(name: str) -> Target | None:
    """Return the target of this name, None where only the outbox has it; end the request where nobody knows it."""
    here = context()
    if not is_target_name(name) or (not (found := _target_of(here, name)) and name not in targets_on_disk(here.root)):
        abort(404)
    return found


def _back(target: str) -> Response:
    return redirect(url_for("outbox.target", target=target))
