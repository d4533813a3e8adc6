"""The kind `webhook`: posts each item to an address, signed after Standard Webhooks (standardwebhooks.com).

With a photo it is a form: `item`, the JSON that is signed, and `photo`, whose SHA-256 stands in that JSON. Without one
it is the JSON alone; so it is with what is no image, or larger than any photo, as a rejected item may be. `webhook-id`
is the item's key: the same for each repetition.
"""

import json
import secrets
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from standardwebhooks import Webhook

from ingest.errors import in_words
from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.posting import Body, Part, Reach, Reply, form, post
from ingest.outbox.replies import meaning
from ingest.settings.targets import WebhookOptions
from ingest.spool.letters import Letter, letter_object
from ingest.spool.names import safe_name
from ingest.spool.sidecar import sidecar_object
from ingest.spool.stamp import new_id, utc_text

PARCELS_MAX, LOT_S = 50, 60.0
"""How many items, and how long, one lot is at most, but for the last item: then the courier looks around."""
PHOTO_MAX_BYTES = 64 * 1024 * 1024
_JPEG = b"\xff\xd8"


def deliver(job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
    """Post one item after the other. Raise TargetDownError when the address gives no answer, or points elsewhere."""
    options = _options(job)
    ends_at = monotonic() + LOT_S
    for parcel in parcels:
        if job.is_stopping() or monotonic() > ends_at:
            return
        if (content := _content(job, parcel, options)) is not None:
            tell([meaning(parcel.id, _send(options, parcel.key, _told(job, parcel), content, parcel))])


def deliver_letters(job: Job, letters: Sequence[Letter], tell: Tell) -> None:
    """Post one letter after the other, as JSON alone. Raise TargetDownError as for items."""
    options = _options(job)
    ends_at = monotonic() + LOT_S
    for letter in letters:
        if job.is_stopping() or monotonic() > ends_at:
            return
        tell([meaning(letter.id, _send(options, letter.key, _letter_told(job, letter), b"", None))])


def _letter_told(job: Job, letter: Letter) -> str:
    what = letter.content.get("message", {}).get("what") if letter.kind == "incident" else None
    data = {"gateway": job.gateway, "target": job.target.name, "letter": letter_object(job.root, letter)}
    kind = f"{letter.kind}.{what}" if what else letter.kind
    return json.dumps({"type": kind, "timestamp": letter.at, "data": data})


def try_out(job: Job) -> str:
    """Post a message of type `camspool.test`, and say what came back."""
    options = _options(job)
    key = f"test-{new_id()}"
    told = {"type": "camspool.test", "timestamp": utc_text(datetime.now(UTC)), "data": {"gateway": job.gateway}}
    answer: Answer = meaning(key, _send(options, key, json.dumps(told), b"", None))
    if answer.outcome != "delivered":
        raise TargetDownError(answer.said)
    return f"A message of type camspool.test was taken: {answer.said}"


def _options(job: Job) -> WebhookOptions:
    if not isinstance(job.options, WebhookOptions):
        raise TypeError(f"{job.target.name} is no webhook")
    return job.options


def _content(job: Job, parcel: Parcel, options: WebhookOptions) -> bytes | None:
    """Return the item's bytes, none where they are not wanted; None when the item has left."""
    file = job.root / parcel.place
    try:
        size_bytes = file.stat().st_size
        is_wanted = options.photo and parcel.sidecar.kind == "image" and size_bytes <= PHOTO_MAX_BYTES
        return file.read_bytes() if is_wanted else b""
    except FileNotFoundError:
        return None


def _told(job: Job, parcel: Parcel) -> str:
    sidecar = parcel.sidecar
    data: Mapping[str, Any] = {
        "gateway": job.gateway,
        "target": job.target.name,
        "place": parcel.place,
        "item": sidecar_object(sidecar),
    }
    return json.dumps({"type": f"item.{sidecar.verdict}", "timestamp": sidecar.decided_at, "data": data})


def _send(options: WebhookOptions, key: str, told: str, content: bytes, parcel: Parcel | None) -> Reply:
    now = datetime.now(UTC)
    headers = {"webhook-id": key, "webhook-timestamp": str(int(now.timestamp())), "Idempotency-Key": key}
    if secret := _secret(options.secret_file):
        headers["webhook-signature"] = secret.sign(key, now, told)
    body = Body(told.encode())
    if content and parcel:
        media_type = "image/jpeg" if content.startswith(_JPEG) else "application/octet-stream"
        photo = Part("photo", content, media_type, safe_name(parcel.sidecar.upload_path))
        body = form([Part("item", told.encode(), "application/json"), photo], f"camspool-{secrets.token_hex(16)}")
    ca_file = options.ca_file if options.ca_file != Path() else None
    return post(options.url, headers, body, Reach(ca_file, options.private_addresses, options.seconds))


def _secret(file: Path) -> Webhook | None:
    if file == Path():
        return None
    try:
        return Webhook(_key_in(file.read_text("ascii").strip()))
    except OSError as error:
        raise TargetDownError(f"secret_file cannot be read: {in_words(error)}.") from error
    except ValueError as error:
        raise TargetDownError(f"secret_file {file} holds no secret; expected whsec_ and base64.") from error


def _key_in(secret: str) -> bytes:
    """Return the key that a secret stands for. Raise ValueError; the library would pass over what is no base64."""
    text = secret.removeprefix("whsec_").rstrip("=")
    if not text:
        raise ValueError("it is empty")
    return b64decode(text + "=" * (-len(text) % 4), validate=True)
