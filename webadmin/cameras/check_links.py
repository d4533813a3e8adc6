"""Signed links to check pages: whoever holds one may look at this one camera, and at nothing else."""

from flask import current_app
from itsdangerous import BadSignature, Signer

from ingest.spool.names import is_camera_id


def check_token(camera_id: str) -> str:
    """Return the signed part of a camera's check link."""
    return _signer().sign(camera_id).decode()


def read_token(token: str) -> str | None:
    """Return the camera of a check link; None when the link is not ours."""
    try:
        camera_id = _signer().unsign(token).decode()
    except (BadSignature, UnicodeDecodeError):
        return None
    return camera_id if is_camera_id(camera_id) else None


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="check page", sep="~")
