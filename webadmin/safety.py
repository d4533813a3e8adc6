"""Headers, cookies and CSRF: what every answer carries, whatever page made it."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from ingest.settings.values import Settings
from webadmin.surroundings import Surroundings

csrf = CSRFProtect()

BYTES_POLICY = "default-src 'none'; sandbox"
"""The policy for files that cameras sent: nothing in them may run or load."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(app: Flask, settings: Settings, surroundings: Surroundings) -> None:
    """Set what protects every page."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-camspool" if surroundings.behind_proxy else "camspool",
        SESSION_COOKIE_SECURE=surroundings.behind_proxy,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
    csrf.init_app(app)
    policy = content_policy(settings.admin.map_tiles)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        if surroundings.behind_proxy:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def content_policy(map_tiles: str) -> str:
    """Return the Content-Security-Policy: only our own files, and map tiles where the settings name a host.

    >>> "script-src 'self';" in content_policy(""), "https://tiles.example" in content_policy("https://tiles.example/{z}")
    (True, True)
    """
    tiles = urlsplit(map_tiles)
    images = f"'self' {tiles.scheme}://{tiles.netloc}" if tiles.scheme in ("http", "https") else "'self'"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
