"""Builds an export from a spool: reads the index and the records, surveys the fleet, writes where it shall go."""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.exports.choosing import Choice
from ingest.exports.package import Order, Progress, write_package
from ingest.exports.sinks import Sink, whole_folder, whole_zip
from ingest.exports.survey import Beat, Survey, survey
from ingest.fleet.camera_records import CameraRecords
from ingest.index.reindex import is_complete
from ingest.index.store import read_index
from ingest.outbox.results import findings
from ingest.outbox.service import gateway_name
from ingest.settings.values import Settings

ZIP = ".zip"


def survey_spool(settings: Settings, now: datetime | None = None, beat: Beat = lambda camera_id: None) -> Survey:
    """Look at every camera of a spool. Raise CamspoolError where the index cannot tell."""
    with _whole_index(settings) as index:
        records = CameraRecords().all(settings.root)
        return survey(index, settings.root, records, settings, now or datetime.now(UTC), beat)


@contextmanager
def _whole_index(settings: Settings) -> Iterator[sqlite3.Connection]:
    try:
        with closing(read_index(settings.root)) as index:
            if not is_complete(index):
                raise CamspoolError("The index is being made anew: wait until it is whole, then export again.")
            yield index
    except sqlite3.DatabaseError as error:
        raise CamspoolError(f"The index cannot be read ({error}): run camspool reindex, then export again.") from error


def check_choice(found: Survey, choice: Choice) -> None:
    """Raise CamspoolError where something is chosen that is not there."""
    if unknown := [one for one in choice.cameras if one not in found.cameras]:
        raise CamspoolError(f"Nothing came of a camera {unknown[0]}; camspool export cameras names those there are.")
    sites = {name for one in found.deployments for name in (one.stay.name, one.location_id) if name}
    if choice.site and choice.site not in sites:
        raise CamspoolError(f"No camera stood at a site {choice.site}; camspool export sites names those there are.")
    if choice.first and choice.last and choice.first > choice.last:
        raise CamspoolError(f"{choice.first} is after {choice.last}; name the first day first.")


def into(settings: Settings, found: Survey, order: Order, sink: Sink) -> Generator[Progress]:
    """Write a package into a sink, and yield how far it is. Raise CamspoolError where the index cannot tell."""
    told = findings(settings.root, settings.targets)
    with _whole_index(settings) as index:
        whole = replace(order, findings=told, gateway=gateway_name(settings))
        yield from write_package(index, settings, found, whole, sink)


def build(settings: Settings, found: Survey, order: Order, target: Path) -> Generator[Progress]:
    """Write a package into a new folder, or a new zip where the name ends in .zip; yield how far it is.

    Raise CamspoolError where the target exists, cannot be made, or the index cannot tell.
    """
    is_zip = target.suffix.lower() == ZIP
    with whole_zip(target) if is_zip else whole_folder(target) as sink:
        yield from into(settings, found, order, sink)
