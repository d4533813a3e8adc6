"""Builds a Camtrap DP package: the tables row by row, photos one after the other, the description last."""

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.exports.choosing import Choice, all_chosen
from ingest.exports.columns import names_of
from ingest.exports.deployments import Deployment
from ingest.exports.describing import About, description, title_of, unset
from ingest.exports.left_out import report_text
from ingest.exports.photos import Desk, Writer, Written, photos_of, take
from ingest.exports.rows import deployment_row, failure_row, night_row, time_cell
from ingest.exports.sinks import Sink
from ingest.exports.spans import DAY_S
from ingest.exports.survey import Survey
from ingest.outbox.results import Finding
from ingest.settings.values import Settings

_EFFORT = Path(__file__).with_name("README.md")
"""What the figures rest on goes with them."""


@dataclass(frozen=True)
class Order:
    """What a package is made of: what is chosen, whether its photos go with it, what an AI has found, and the name of
    the gateway."""

    choice: Choice = Choice()
    with_photos: bool = False
    findings: Mapping[str, Finding] = field(default_factory=dict)
    gateway: str = ""


@dataclass(frozen=True)
class Progress:
    """How many photos were gone through, of how many, and how many are in the package."""

    done: int
    total: int
    taken: int


def write_package(
    index: sqlite3.Connection, settings: Settings, found: Survey, order: Order, sink: Sink
) -> Iterator[Progress]:
    """Write a package into a sink; yield how far it is, after each photo and after each part of a large one."""
    wanted = all_chosen(order.choice, found.deployments, settings.zone)
    written = Written()
    _write_deployments(sink, found, wanted)
    with ExitStack() as stack:
        observations = stack.enter_context(_table(sink, "observations"))
        # Where no photo goes with it, whoever waits for the zip gets something all the while.
        media = stack.enter_context(_table(sink, "media", is_alone=not order.with_photos))
        desk = Desk(
            settings.root,
            sink,
            media,
            observations,
            {one.id: one for one in wanted},
            order.findings,
            written,
            order.choice == Choice(cameras=order.choice.cameras),
            order.with_photos,
            settings.project.media_url,
        )
        yield from _write_photos(index, found, order.choice, desk)
    about = About(settings.project, order.gateway, found.now, settings.zone)
    sink.text("effort.md", _EFFORT.read_text("utf-8"))
    sink.text("report.md", _report(about, found, wanted, order, written))
    sink.text("datapackage.json", json.dumps(description(about, wanted), ensure_ascii=False, indent=2) + "\n")


def _write_photos(index: sqlite3.Connection, found: Survey, choice: Choice, desk: Desk) -> Iterator[Progress]:
    deployments: dict[str, list[Deployment]] = {}
    for one in found.deployments:
        deployments.setdefault(one.camera_id, []).append(one)
    cameras = [one for one in found.cameras.values() if choice.takes(one.camera_id)]
    total, done = sum(one.photos for one in cameras), 0
    for camera in cameras:
        for photo in photos_of(index, camera.camera_id, found.now):
            for _ in take(desk, camera, deployments.get(camera.camera_id, []), photo):
                yield Progress(done, total, desk.written.photos)
            done += 1
            yield Progress(done, total, desk.written.photos)


@contextmanager
def _table(sink: Sink, name: str, is_alone: bool = False) -> Iterator[Writer]:
    with sink.table(f"{name}.csv", is_alone) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names_of(name))
        yield writer


def _write_deployments(sink: Sink, found: Survey, wanted: Sequence[Deployment]) -> None:
    """Write the tables that tell of deployments alone."""
    with _table(sink, "deployments") as table:
        for one in wanted:
            camera = found.cameras[one.camera_id]
            table.writerow(deployment_row(one, camera.name, camera.zone))
    with _table(sink, "failures") as table:
        for one in wanted:
            for failure in one.failures:
                table.writerow(failure_row(one, failure, found.cameras[one.camera_id].zone))
    with _table(sink, "effort") as table:
        for one in wanted:
            for night in found.nights(one):
                table.writerow(night_row(one, night))


def _report(about: About, found: Survey, wanted: Sequence[Deployment], order: Order, written: Written) -> str:
    cameras = {one.camera_id for one in wanted}
    left_out = [one for one in found.left_out if one.camera_id in cameras or order.choice.takes(one.camera_id)]
    return report_text([*left_out, *written.left_out()], "".join(_head(about, wanted, written)))


def _head(about: About, wanted: Sequence[Deployment], written: Written) -> Iterator[str]:
    nights = sum(one.effort_s for one in wanted) / DAY_S
    failed = sum(one.span[1] - one.span[0] - one.effort_s for one in wanted) / DAY_S
    yield f"# {title_of(about)}: what this package holds, and what it does not\n\n"
    yield f"Made by Camspool {time_cell(int(about.made_at.timestamp()), about.zone)}: {len(wanted)} deployments, "
    yield f"{nights:.1f} trap nights, {failed:.1f} more in which cameras failed (failures.csv), "
    yield f"{written.photos} photos.\n"
    if missing := unset(about.project):
        yield f"\nNobody has set {', '.join(missing)} of the project: see [project] in `camspool settings`.\n"
