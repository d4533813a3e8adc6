"""The system page, and how one request ended."""

import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, render_template, request

from ingest import VERSION
from ingest.requests.answers import Summary, read_answer, recent_summaries
from ingest.requests.undoing import can_be_undone
from ingest.settings.targets import Target, defaults_of
from ingest.settings.values import Settings
from ingest.spool.trash import trashed_places
from ingest.vocabulary import SELF_TEST
from webadmin.context import context
from webadmin.mending.words import request_words
from webadmin.overview.lights import TITLES
from webadmin.system.log_lines import LEVELS, read_lines

pages = Blueprint("system", __name__)

ACTIONS_LOOKED_AT = 1000
"""So far back people's are looked for among the two deletions each quarter of an hour of the gateway's own test."""

ACTIONS_SHOWN = 30


@pages.get("/system")
def system() -> Any:
    """Show the machine."""
    here, words = context(), request.args.get("q", "").strip()[:200]
    level = request.args.get("level", "") if request.args.get("level") in LEVELS else ""
    with here.index() as index:
        lines, source = read_lines(index, words, level)
    if request.args.get("live") == "1":
        return render_template("system/_log.html", lines=lines, source=source, q=words, level=level)
    return render_template(
        "system/system.html",
        parts=here.lights.parts(),
        titles=TITLES,
        versions=_versions(),
        setting_sections=settings_sections(here.settings),
        lines=lines,
        source=source,
        q=words,
        level=level,
        actions=list(islice(_of_people(here.root), ACTIONS_SHOWN)),
    )


def _versions() -> list[tuple[str, str]]:
    found = [
        ("Camspool", VERSION),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("Machine", f"{platform.system()} {platform.release()}"),
        ("Admin runs from", sys.prefix),
    ]
    return found + ([] if shutil.which("vsftpd") else [("vsftpd", "not found on this machine")])


def settings_sections(settings: Settings) -> list[tuple[str, list[tuple[str, Any, str, bool]]]]:
    """Return every setting as (name, value, meaning, changed) by section. There are only paths to secrets in them."""
    sections = [("General", _section(settings, Settings()))]
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if is_dataclass(value):
            sections.append((entry.name, _section(value, getattr(Settings(), entry.name))))
    return sections + [(f"targets.{target.name}", _target_section(target)) for target in settings.targets]


def _target_section(target: Target) -> list[tuple[str, Any, str, bool]]:
    selection, options = defaults_of(target.kind)
    kind = ("kind", target.kind, "What kind of target it is.", True)
    return [kind, *_section(target.selection, selection), *_section(target.options, options)]


def _section(settings: Any, defaults: Any) -> list[tuple[str, Any, str, bool]]:
    rows = []
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if "doc" in entry.metadata:
            shown = ", ".join(str(part) for part in value) if isinstance(value, tuple) else value
            rows.append((entry.name, shown, entry.metadata["doc"], value != getattr(defaults, entry.name)))
    return rows


def _of_people(root: Path) -> Iterator[Summary]:
    """Yield what was asked for last, but for what the gateway's own test photos asked for."""
    return (one for one in recent_summaries(root, ACTIONS_LOOKED_AT) if one.request.get("by") != SELF_TEST)


@pages.get("/system/requests/<request_id>")
def request_page(request_id: str) -> Any:
    """Show how one request ended, item by item."""
    answer = read_answer(context().root, request_id) or abort(404)
    words, undoable = request_words(answer.request), can_be_undone(answer)
    in_trash = bool(trashed_places(context().root, request_id))
    words_of = {"words": words, "can_be_undone": undoable, "in_trash": in_trash}
    return render_template("system/request.html", answer=answer, **words_of)
