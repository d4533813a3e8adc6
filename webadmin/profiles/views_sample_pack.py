"""The sample pack of a profile, to give to others: made of what is here, without whose it is and where."""

from threading import Lock
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, url_for

from ingest.errors import CamspoolError
from ingest.packing.pack_files import zip_pack
from ingest.packing.spool_pack import pack_from_spool
from webadmin.context import context

pages = Blueprint("sample_pack", __name__)

_one_at_a_time = Lock()
"""A pack decodes a dozen pictures of strangers: bounded each, and never two packs at once."""


@pages.get("/profiles/<profile_id>/sample-pack.zip")
def sample_pack(profile_id: str) -> Any:
    """Send the pack; where there can be none, go back to the profile's page and say why."""
    here = context()
    profile = next((one for one in here.catalogue.profiles if one.id == profile_id), None) or abort(404)
    try:
        with _one_at_a_time, here.index() as index:
            pack = pack_from_spool(here.settings, index, profile)
    except CamspoolError as error:
        flash(f"There is no sample pack: {error}", "bad")
        return redirect(url_for("profile.profile", profile_id=profile_id), 303)
    response = Response(zip_pack(pack, f"{profile.id}-sample-pack"), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{profile.id}-sample-pack.zip"'
    return response
