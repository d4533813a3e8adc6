"""How an EarthRanger site or Gundi is reached: options, key, certificates, and the pause between requests."""

from pathlib import Path
from time import monotonic, sleep

from ingest.errors import in_words
from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.posting import Reach
from ingest.settings.targets import EarthrangerOptions

GUNDI_URL = "https://sensors.api.gundiservice.org"
GUNDI_PAUSE_S = 60.0
"""Gundi documents one request a minute."""
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


def rest(job: Job) -> bool:
    """Wait as long as the service wants between two requests, or until the job is stopping; say whether to go on."""
    options = options_of(job)
    deadline = monotonic() + (options.pause_seconds or (GUNDI_PAUSE_S if options.api == "gundi" else 0.0))
    while monotonic() < deadline and not job.is_stopping():
        sleep(min(_LOOK_S, max(0.0, deadline - monotonic())))
    return not job.is_stopping()
