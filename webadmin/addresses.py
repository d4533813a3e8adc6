"""Addresses of pages as other people open them: never made from what a visitor's browser calls this host."""

import socket
from typing import Any

from flask import request, url_for

from webadmin.context import context

_ANYWHERE = ("0.0.0.0", "::", "[::]", "")  # noqa: S104 - compared with, not bound to


def whole_address(endpoint: str, **values: Any) -> str:
    """Return the address of a page with its host: the settings', the proxy's, or the one that we answer at."""
    return f"{_start()}{url_for(endpoint, **values)}"


def _start() -> str:
    here = context()
    if here.settings.admin.url:
        return here.settings.admin.url.rstrip("/")
    if here.surroundings.behind_proxy:
        return request.host_url.rstrip("/")
    return f"http://{bound_to(here.settings.admin.bind)}"


def bound_to(bind: str) -> str:
    """Return host and port of an address that a server is bound to; one for every network becomes the host's name.

    >>> bound_to("127.0.0.1:8080"), bound_to("0.0.0.0:80") == f"{socket.getfqdn()}:80"
    ('127.0.0.1:8080', True)
    """
    host, _, port = bind.rpartition(":")
    return f"{socket.getfqdn() if host in _ANYWHERE else host}:{port}"
