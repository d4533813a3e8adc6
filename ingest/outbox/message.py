"""The kind `message`: tells people, by Apprise: mail, Telegram, ntfy, Signal, SMS gateways, Slack and many more.

Each address gets each message once, also where another one fails: who has got what is kept until all have. Many that
could not go, or old ones, go as one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from ingest.errors import in_words
from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.message_answers import forget_got, judge, keep_got, read_got
from ingest.outbox.message_process import Sending, sending
from ingest.outbox.message_sender import Task
from ingest.outbox.message_words import Said, said_of, said_of_photo, said_together, shall_go_together
from ingest.outbox.sightings import sighting_of
from ingest.settings.targets import MessageOptions
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.letters import Letter

PARCELS_MAX = 500
"""So many letters are looked at together: of more than a few, one message tells all."""
PHOTO_PIXELS = 1600
ADDRESSES_MAX = 100


def deliver_letters(job: Job, letters: Sequence[Letter], tell: Tell) -> None:
    """Tell people of incidents. Raise TargetDownError when an address cannot be reached, or lets us wait."""
    now, options = datetime.now(UTC), options_of(job)
    other = [one for one in letters if one.kind != "incident"]
    tell([Answer(one.id, "failed", "People are told of incidents only.") for one in other])
    about = [one for one in letters if one.kind == "incident"]
    with sending(job, options) as send:
        if shall_go_together(about, now, options.digest_after):
            said = said_together(about, job.gateway)
            key = sha256("".join(one.id for one in about).encode()).hexdigest()
            answer = _tell_all(job, send, key, said, options)
            tell([Answer(one.id, answer.outcome, answer.said, answer.proof) for one in about])
            return
        for letter in about:
            tell([_tell_all(job, send, letter.id, said_of(letter, job.gateway), options)])


def deliver(job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
    """Show people photos. Raise TargetDownError when an address cannot be reached, or lets us wait."""
    options, cameras = options_of(job), KnownCameras(job.root)
    with sending(job, options) as send:
        for parcel in parcels:
            if job.is_stopping():
                return
            said = said_of_photo(sighting_of(parcel.sidecar, cameras), parcel.place, job.gateway)
            tell([_tell_all(job, send, parcel.id, said, options)])


def try_out(job: Job) -> str:
    """Send a test message to every address. Raise TargetDownError when one does not take it."""
    options = options_of(job)
    said = Said("A test message of Camspool", f"{job.gateway} reaches you. Nothing is wrong.")
    urls = addresses_in(options.urls_file)
    with sending(job, options) as send:
        for url in urls:
            ended = send(Task(url, said.title, said.text, "", options.private_addresses))
            if not ended.is_taken:
                raise TargetDownError(judge("test", [ended]).said)
    return f"A test message was taken by {len(urls)} {'address' if len(urls) == 1 else 'addresses'}."


def options_of(job: Job) -> MessageOptions:
    """Return the options of the kind."""
    if not isinstance(job.options, MessageOptions):
        raise TypeError(f"{job.target.name} tells nobody")
    return job.options


def addresses_in(file: Path) -> list[str]:
    """Return the addresses of a file, one a line, without comments. Raise TargetDownError when there are none."""
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise TargetDownError(f"urls_file cannot be read: {in_words(error)}.") from error
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise TargetDownError(f"urls_file {file} names no address; expected one a line, such as mailtos://...")
    if len(found) > ADDRESSES_MAX:
        raise TargetDownError(f"urls_file {file} names {len(found)} addresses; expected at most {ADDRESSES_MAX}.")
    return found


def _tell_all(job: Job, send: Sending, key: str, said: Said, options: MessageOptions) -> Answer:
    """Tell every address what it has not got yet, and return what became of it. Raise TargetDownError where one that is
    left could not be reached: all wait then, and who has got it does not get it again."""
    got, ended = read_got(job.work_folder, key), []
    urls = addresses_in(options.urls_file)
    with TemporaryDirectory(prefix="photo-", dir=job.work_folder) as folder:
        photo = _photo(job, said, options, Path(folder))
        for url in urls:
            mark = sha256(url.encode()).hexdigest()[:16]
            if mark in got:
                continue
            one = send(Task(url, said.title, said.text, photo, options.private_addresses))
            ended.append(one)
            if judge(key, [one]).outcome != "later":
                got = keep_got(job.work_folder, key, got, mark)
    answer = judge(key, ended, len(urls))
    if answer.outcome == "later":
        raise TargetDownError(answer.said)
    forget_got(job.work_folder, key)
    return answer


def _photo(job: Job, said: Said, options: MessageOptions, folder: Path) -> str:
    """Return the file of the photo that goes with a message, made smaller where it is too large; "" for none."""
    if said.photo is None or not options.photo:
        return ""
    file = job.root / said.photo
    try:
        if file.stat().st_size <= options.photo_bytes:
            return str(file)
        return _smaller(file, folder / "photo.jpg")
    except (OSError, ValueError, Image.DecompressionBombError):
        return ""


def _smaller(file: Path, copy: Path) -> str:
    with Image.open(file) as image:
        image.draft("RGB", (PHOTO_PIXELS, PHOTO_PIXELS))
        image.thumbnail((PHOTO_PIXELS, PHOTO_PIXELS))
        text = BytesIO()
        image.convert("RGB").save(text, "JPEG", quality=80)
    copy.write_bytes(text.getvalue())
    return str(copy)
