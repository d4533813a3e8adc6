"""Guessing is stopped, and nobody is locked out by it: failed log-ins count for where they come from, not for a name.

A browser in which somebody has logged in before shows so by a signed cookie and has a count of its own: strangers at
the same address, behind one carrier's or office's router, do not use it up.
"""

import secrets
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Response, current_app, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from itsdangerous import BadSignature, URLSafeTimedSerializer

from webadmin.access import throttle  # noqa: F401 - importing registers the storage

PER_NAME_HERE = "10 per 15 minutes"
PER_ADDRESS = "30 per 15 minutes"
CODES_PER_NAME = "30 per 15 minutes"
"""Only who has somebody's password can try codes, from however many addresses."""

KNOWN_S = 365 * 86400
_NETWORK_BITS = 64
"""One customer has a whole network of that size in IPv6."""

limiter = Limiter(get_remote_address, headers_enabled=False, strategy="fixed-window", swallow_errors=False)


def place_of(address: str) -> str:
    """Return from where something comes: an address, of IPv6 its network.

    >>> place_of("192.0.2.7"), place_of("2001:db8:1:2:3::4"), place_of("somewhere")
    ('192.0.2.7', '2001:db8:1:2::/64', 'somewhere')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ip_network((found, _NETWORK_BITS), strict=False))


def here() -> str:
    """Return from where this request comes."""
    return place_of(get_remote_address())


def known_as(name: str) -> str | None:
    """Return the mark of this browser when somebody has logged in with it by this name; None for a stranger's."""
    try:
        told = _signer().loads(request.cookies.get(_cookie(), ""), max_age=KNOWN_S)
    except BadSignature:
        return None
    mark = told.get(name) if isinstance(told, dict) else None
    return mark if isinstance(mark, str) else None


def remember(response: Response, name: str) -> None:
    """Let this browser be known by a name from now on."""
    told = {name: known_as(name) or secrets.token_urlsafe(12)}
    is_safe = current_app.config["SESSION_COOKIE_SECURE"]
    words: dict[str, Any] = {"max_age": KNOWN_S, "secure": is_safe, "httponly": True, "samesite": "Lax", "path": "/"}
    response.set_cookie(_cookie(), str(_signer().dumps(told)), **words)


def typed_name() -> str:
    """Return the name that is being tried: the one in the form."""
    return request.form.get("name", "")[:64]


def name_here() -> str:
    """Return what tries of one name count for: the browser that is known by it, or where they come from."""
    name = typed_name()
    return f"browser:{mark}" if (mark := known_as(name)) else f"name:{name.casefold()} {here()}"


def is_known() -> bool:
    """Say whether this browser is known by the name that is being tried."""
    return known_as(typed_name()) is not None


def note_failure() -> None:
    """Let this attempt count."""
    g.guessed_wrong = True


def has_failed(_response: Any) -> bool:
    """Say whether this attempt counts."""
    return bool(g.get("guessed_wrong"))


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known browser")
