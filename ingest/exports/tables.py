"""Tables for a spreadsheet or an analysis: reports, cameras, failures and effort as CSV."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby

from ingest.exports.choosing import Choice, all_chosen
from ingest.exports.columns import names_of
from ingest.exports.csv_text import csv_lines
from ingest.exports.deployments import Deployment
from ingest.exports.rows import failure_row, night_row, time_cell
from ingest.exports.spans import DAY_S
from ingest.exports.survey import Survey
from ingest.index.rows import REPORT_FIELDS
from ingest.index.store import read_index
from ingest.settings.values import Settings

_WHERE = ("cameraID", "cameraName", "locationID", "locationName", "latitude", "longitude")
_CAMERA = (
    *(*_WHERE[:2], "cameraModel", *_WHERE[2:], "deployments", "firstStart", "lastEnd", "isWatching"),
    *("trapNights", "failedDays", "failures", "photos", "reports"),
)
_REPORTS = (
    f"SELECT unixepoch(received_at), camera_id, received_at, reported_at, {', '.join(REPORT_FIELDS)}, id "  # noqa: S608
    "FROM reports INDEXED BY reports_camera WHERE camera_id = ? ORDER BY received_at"
)


def reports_csv(settings: Settings, found: Survey, choice: Choice) -> Iterator[str]:
    """Yield every chosen report with its figures as the camera told them, by camera and arrival (UTC)."""
    return csv_lines(
        ("cameraID", "receivedAt", "reportedAt", *REPORT_FIELDS, "itemID"), _reports(settings, found, choice)
    )


def _reports(settings: Settings, found: Survey, choice: Choice) -> Iterator[Sequence[object]]:
    since_s, until_s = choice.span(settings.zone)
    of_site = all_chosen(choice, found.deployments, settings.zone) if choice.site else None
    with closing(read_index(settings.root)) as index:
        for camera_id in (one for one in found.cameras if choice.takes(one)):
            for row in index.execute(_REPORTS, (camera_id,)):
                is_there = of_site is None or any(one.camera_id == camera_id and one.holds(row[0]) for one in of_site)
                if is_there and since_s <= row[0] < until_s:
                    yield tuple(row)[1:]


def cameras_csv(settings: Settings, found: Survey, choice: Choice) -> Iterator[str]:
    """Yield one line for each chosen camera that has a deployment: where it stood last, and its effort altogether."""
    return csv_lines(_CAMERA, _cameras(settings, found, choice))


def _cameras(settings: Settings, found: Survey, choice: Choice) -> Iterator[Sequence[object]]:
    wanted = all_chosen(choice, found.deployments, settings.zone)
    for camera_id, group in groupby(wanted, key=lambda one: one.camera_id):
        of_camera, camera = list(group), found.cameras[camera_id]
        first, last = of_camera[0], of_camera[-1]
        effort_s = sum(one.effort_s for one in of_camera)
        whole_s = sum(one.span[1] - one.span[0] for one in of_camera)
        nights = [night for one in of_camera for night in found.nights(one)]
        yield (
            camera_id,
            camera.name,
            last.stay.look,
            *_where(last),
            len(of_camera),
            time_cell(first.span[0], camera.zone),
            time_cell(last.span[1], camera.zone),
            str(last.is_open).lower(),
            round(effort_s / DAY_S, 3),
            round((whole_s - effort_s) / DAY_S, 3),
            sum(len(one.failures) for one in of_camera),
            sum(night.photos for night in nights),
            sum(night.reports for night in nights),
        )


def _where(one: Deployment) -> tuple[object, ...]:
    return one.location_id, one.stay.name, round(one.position[0], 6), round(one.position[1], 6)


def failures_csv(settings: Settings, found: Survey, choice: Choice) -> Iterator[str]:
    """Yield every failure of the chosen deployments, with where that was."""
    rows = (
        (*failure_row(one, failure, found.cameras[one.camera_id].zone), *_of_camera(found, one))
        for one in all_chosen(choice, found.deployments, settings.zone)
        for failure in one.failures
    )
    return csv_lines((*names_of("failures"), *_WHERE), rows)


def effort_csv(settings: Settings, found: Survey, choice: Choice) -> Iterator[str]:
    """Yield every day of the chosen deployments, with where that was."""
    rows = (
        (*night_row(one, night), *_of_camera(found, one))
        for one in all_chosen(choice, found.deployments, settings.zone)
        for night in found.nights(one)
    )
    return csv_lines((*names_of("effort"), *_WHERE), rows)


def _of_camera(found: Survey, one: Deployment) -> tuple[object, ...]:
    return one.camera_id, found.cameras[one.camera_id].name, *_where(one)
