"""Answers with files of the spool, by the place that the index knows."""

from urllib.parse import quote

from flask import Response, abort, make_response, send_file

from ingest.spool.names import safe_name
from webadmin.context import context
from webadmin.display import plain
from webadmin.files.originals import open_original
from webadmin.safety import BYTES_POLICY


def send_original(place: str, mimetype: str, *, as_attachment: bool) -> Response:
    """Answer with a file of the spool: nginx sends it where there is one. Otherwise a missing one ends in 404."""
    here = context()
    name = place.rpartition("/")[2]
    if here.surroundings.behind_proxy:
        response = make_response("")
        response.headers["X-Accel-Redirect"] = "/originals/" + quote(place)
        response.headers["Content-Type"] = mimetype
    else:
        try:
            response = send_file(open_original(here.root, place), mimetype=mimetype, etag=False)
        except FileNotFoundError:
            abort(404)
    kind = "attachment" if as_attachment else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{safe_name(plain(name))}"'
    response.headers["Content-Security-Policy"] = BYTES_POLICY
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
