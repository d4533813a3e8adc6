"""Builds the admin. Start reading here: `create_app` names every part, and each page group is one blueprint."""

import gc
import os
import sqlite3
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from ingest.errors import CamspoolError, in_words
from ingest.settings.file import load_settings
from ingest.settings.values import Settings
from webadmin import display, failures, safety
from webadmin.access import entrance, views_invitation, views_log_in, views_me, views_people, views_tokens
from webadmin.api import views as api
from webadmin.cameras import (
    check_page,
    views_account,
    views_add,
    views_alerts,
    views_camera,
    views_camera_record,
    views_check_links,
    views_other_names,
    views_sites,
    views_split,
)
from webadmin.cameras import views as cameras
from webadmin.context import Context
from webadmin.exports import views as exports
from webadmin.figures import views as figures
from webadmin.files import views as files
from webadmin.files import views_filters, views_item, views_trash
from webadmin.incidents import views as incidents
from webadmin.mending import views as mending
from webadmin.mending import views_clock
from webadmin.outbox import views as outbox
from webadmin.overview import views as overview
from webadmin.profiles import views as profiles
from webadmin.profiles import (
    views_dry_run,
    views_profile,
    views_profile_change,
    views_sample_pack,
    views_save,
    views_workshop,
)
from webadmin.provider import views as provider
from webadmin.setup import views as setup
from webadmin.state import make_state
from webadmin.surroundings import Surroundings, read_surroundings
from webadmin.system import views as system
from webadmin.upload import views as upload

BLUEPRINTS = (
    overview.pages,
    files.pages,
    views_item.pages,
    views_trash.pages,
    views_filters.pages,
    mending.pages,
    views_clock.pages,
    upload.pages,
    outbox.pages,
    incidents.pages,
    figures.pages,
    exports.pages,
    cameras.pages,
    views_camera.pages,
    views_camera_record.pages,
    views_alerts.pages,
    views_sites.pages,
    views_add.pages,
    views_account.pages,
    views_other_names.pages,
    views_split.pages,
    check_page.pages,
    views_check_links.pages,
    profiles.pages,
    views_profile.pages,
    views_profile_change.pages,
    views_sample_pack.pages,
    views_workshop.pages,
    views_dry_run.pages,
    views_save.pages,
    setup.pages,
    system.pages,
    views_log_in.pages,
    views_me.pages,
    views_invitation.pages,
    provider.pages,
    views_people.pages,
    views_tokens.pages,
    api.pages,
)

REQUEST_MAX_BYTES = 100 * 1024 * 1024
FORM_FIELDS_MAX_BYTES = 2 * 1024 * 1024
SECRET_MIN_BYTES = 32
COLLECTOR_THRESHOLDS = (20_000, 20, 50)
"""A page about thousands of cameras makes objects by the ten thousand, and none of them in a circle: with Python's own
thresholds half of its time goes into looking for circles (measured: 116 ms instead of 62)."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the admin as a WSGI application. Raise CamspoolError when it could not run safely."""
    gc.set_threshold(*COLLECTOR_THRESHOLDS)
    settings = settings or _settings_from_environment()
    surroundings = read_surroundings(settings)
    _prepare_cache(surroundings.cache)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=read_secret(settings.admin.secret_file),
        MAX_CONTENT_LENGTH=REQUEST_MAX_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_FIELDS_MAX_BYTES,
        MAX_FORM_PARTS=20_000,
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["camspool"] = Context(settings, surroundings)
    _stand_behind_proxy(app, surroundings)
    safety.protect(app, settings, surroundings)
    entrance.guard(app, surroundings)
    display.teach(app, settings)
    failures.handle(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def read_secret(file: Path) -> bytes:
    """Return the key that signs sessions and check links. Raise CamspoolError when it is missing or short."""
    try:
        secret = file.read_bytes().strip()
    except OSError as error:
        raise CamspoolError(
            f"The admin's secret file {file} cannot be read ({error.strerror}). Make one with 32 random bytes or more."
        ) from error
    if len(secret) < SECRET_MIN_BYTES:
        raise CamspoolError(f"The admin's secret file {file} is too short: expected 32 bytes or more.")
    return secret


def _settings_from_environment() -> Settings:
    root, config = (os.environ.get(name) for name in ("CAMSPOOL_ROOT", "CAMSPOOL_CONFIG"))
    return load_settings(Path(root).absolute() if root else None, Path(config).absolute() if config else None)


def _prepare_cache(folder: Path) -> None:
    try:
        (folder / "thumbnails").mkdir(parents=True, exist_ok=True)
        make_state(folder)
    except (OSError, sqlite3.Error) as error:
        raise CamspoolError(
            f"The admin needs a folder that it may write to; {folder} fails: {in_words(error)}."
        ) from error


def _stand_behind_proxy(app: Flask, surroundings: Surroundings) -> None:
    """Believe what exactly one proxy says about the browser, and only when there is one."""
    if surroundings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
