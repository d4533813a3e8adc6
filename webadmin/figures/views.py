"""`/metrics`: for a Prometheus on this machine, and for admins."""

from ipaddress import ip_address

from flask import Blueprint, Response, abort, request
from flask_login import current_user

from ingest.figures.exposition import CONTENT_TYPE, exposition
from ingest.figures.gathering import know
from webadmin.context import context

pages = Blueprint("figures", __name__)


@pages.get("/metrics")
def metrics() -> Response:
    """Give the figures to whoever is on this machine, or has logged in."""
    if not (current_user.is_authenticated or is_of_this_machine(request.remote_addr)):
        abort(401)
    text = exposition(know(context().settings))
    return Response(text, headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"})


def is_of_this_machine(address: str | None) -> bool:
    """Say whether a request comes from this machine itself. Behind a proxy the address is that of who asks the proxy.

    >>> [is_of_this_machine(one) for one in ("127.0.0.1", "::1", "10.0.0.1", None, "")]
    [True, True, False, False, False]
    """
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False
