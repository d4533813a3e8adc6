"""How an EarthRanger site or Gundi is reached: options, key, certificates, and the pause between requests."""

from pathlib import Path
from time import monotonic, sleep

from ingest.errors import in_words
from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.posting import Reach, Reply
from ingest.outbox.replies import meaning
from ingest.settings.targets import EarthrangerOptions

GUNDI_URL = "https://sensors.api.gundiservice.org"
GUNDI_PAUSE_S = 60.0
"""Gundi documents one request a minute."""
LOT_S = 60.0
"""So long one lot of items is carried at most, but for the last item: then the courier looks around."""
_LOOK_S = 0.2


def options_of(job: Job) -> EarthrangerOptions:
    """Return the options of such a target."""
    if not isinstance(job.options, EarthrangerOptions):
        raise TypeError(f"{job.target.name} is no EarthRanger")
    return job.options


def reach_of(options: EarthrangerOptions) -> Reach:
    """Return how the service is reached."""
    ca_file = options.ca_file if options.ca_file != Path() else None
    return Reach(ca_file, options.private_addresses, options.seconds)


def headers_of(options: EarthrangerOptions) -> dict[str, str]:
    """Return the headers that say who we are. Raise TargetDownError when the key cannot be read."""
    try:
        key = options.key_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TargetDownError(f"key_file cannot be read: {in_words(error)}.") from error
    if not key or not key.isprintable() or not key.isascii():
        raise TargetDownError(f"key_file {options.key_file} holds no key; expected one line.")
    return {"apikey": key} if options.api == "gundi" else {"Authorization": f"Bearer {key}"}


def judge(item_id: str, reply: Reply) -> Answer:
    """Return what an answer means. Raise TargetDownError where it is about the key or the address, not about the item.

    EarthRanger answers 401 and 403 to a token that it does not know, 404 to a provider (erclient, _post_form).
    """
    if reply.status in (401, 403):
        raise TargetDownError(f"It does not know the key in key_file, or allows it nothing: it answers {reply.status}.")
    if reply.status == 404:
        raise TargetDownError("It answers 404: check url and provider.")
    return meaning(item_id, reply)


def rest(job: Job) -> bool:
    """Wait as long as the service wants between two requests, or until the job is stopping; say whether to go on."""
    options = options_of(job)
    deadline = monotonic() + (options.pause_seconds or (GUNDI_PAUSE_S if options.api == "gundi" else 0.0))
    while monotonic() < deadline and not job.is_stopping():
        sleep(min(_LOOK_S, max(0.0, deadline - monotonic())))
    return not job.is_stopping()
