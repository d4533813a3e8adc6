"""`camspool export`: packages and tables for analysis: Camtrap DP with effort and failures, CSV, GPX, GeoJSON."""

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError, in_words
from ingest.exports.building import ZIP, build, check_choice, survey_spool
from ingest.exports.checking import check_package
from ingest.exports.choosing import Choice
from ingest.exports.package import Order
from ingest.exports.sinks import write_whole
from ingest.exports.site_files import geojson_text, gpx_text
from ingest.exports.survey import Survey
from ingest.exports.tables import cameras_csv, effort_csv, failures_csv, reports_csv
from ingest.outbox.service import gateway_name
from ingest.settings.values import Settings
from ingest.spool.root import check_readable, check_root

HELP = (
    "take photos and effort home: Camtrap DP with failures; CSV of reports, cameras, failures; sites as GPX or GeoJSON"
)

Lines = Callable[[Settings, Survey, Choice], Iterable[str]]
_TABLES: dict[str, tuple[str, Lines]] = {
    "reports": ("every report with its figures, as CSV", reports_csv),
    "cameras": ("every camera, as CSV", cameras_csv),
    "failures": ("when cameras failed, why, and what shows it, as CSV", failures_csv),
    "effort": ("each day of each deployment: hours watched, photos, reports, as CSV", effort_csv),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to export, of what, and where to."""
    parser.add_argument(
        "--check", type=Path, metavar="PACKAGE", help="check a package that is there, and do nothing else"
    )
    kinds = parser.add_subparsers(dest="kind", metavar="WHAT")
    package = kinds.add_parser("camtrap-dp", help=f"a package of Camtrap DP: a folder, or a zip where it ends in {ZIP}")
    package.add_argument("to", type=Path, nargs="?", metavar="TO", help="where; a name of its own in this folder")
    package.add_argument("--photos", action="store_true", help="the photos go with it")
    package.add_argument("--check", action="store_true", dest="check_after", help="check it when it is written")
    _add_choice(package)
    for name, (words, _) in _TABLES.items():
        table = kinds.add_parser(name, help=words)
        table.add_argument("to", type=Path, nargs="?", metavar="FILE", help="where; it is printed without")
        _add_choice(table)
    sites = kinds.add_parser("sites", help="where cameras stand and stood, as GPX or GeoJSON")
    sites.add_argument(
        "to", type=Path, nargs="?", metavar="FILE", help="where: .gpx or .geojson; it is printed without"
    )
    sites.add_argument("--gpx", action="store_true", help="print GPX rather than GeoJSON")
    _add_choice(sites)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--camera", action="append", default=[], metavar="ID", help="only this one; may be repeated")
    parser.add_argument(
        "--site", default="", metavar="NAME", help="only what stood at this site, by name or locationID"
    )
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="from this day on, such as 2026-04-09")
    parser.add_argument("--until", dest="last", type=_day, metavar="DAY", help="until this day, which is included")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; expected one such as 2026-04-09") from None


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Export, or check; return 1 where a check finds a fault."""
    if arguments.check:
        return _check(arguments.check)
    if not arguments.kind:
        raise CamspoolError("Say what to export: camtrap-dp, reports, cameras, failures, effort or sites.")
    check_root(settings.root)
    check_readable(settings.root / "cache")
    choice = Choice(tuple(arguments.camera), arguments.site, arguments.first, arguments.last)
    found = _survey(settings)
    check_choice(found, choice)
    try:
        if arguments.kind == "camtrap-dp":
            return _package(arguments, settings, found, choice)
        _table(arguments, settings, found, choice)
    except OSError as error:
        raise CamspoolError(f"The export cannot be written: {in_words(error)}.") from error
    return 0


def _survey(settings: Settings) -> Survey:
    with progress_bar(unit="camera", desc="Looking at cameras") as bar:

        def beat(_: str) -> None:
            bar.update()

        return survey_spool(settings, beat=beat)


def _package(arguments: argparse.Namespace, settings: Settings, found: Survey, choice: Choice) -> int:
    target = arguments.to or Path(f"camtrap-dp-{gateway_name(settings)}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    target = target.absolute()
    taken = 0
    with progress_bar(unit="photo", desc="Writing") as bar:
        for progress in build(settings, found, Order(choice, arguments.photos), target):
            bar.total, taken = progress.total, progress.taken
            bar.update(progress.done - bar.n)
    print(f"{target} holds {taken} photos; its report.md tells what is not in it, and why.")
    return _check(target) if arguments.check_after else 0


def _check(package: Path) -> int:
    faults = list(check_package(package))
    for fault in faults:
        print(fault)
    print(f"{package}: {len(faults) or 'no'} {'fault' if len(faults) == 1 else 'faults'}.")
    return 1 if faults else 0


def _table(arguments: argparse.Namespace, settings: Settings, found: Survey, choice: Choice) -> None:
    if arguments.kind == "sites":
        is_gpx = arguments.gpx or (arguments.to is not None and arguments.to.suffix.lower() == ".gpx")
        lines: Iterable[str] = [(gpx_text if is_gpx else geojson_text)(found, choice, settings)]
    else:
        lines = _TABLES[arguments.kind][1](settings, found, choice)
    if arguments.to is None:
        for line in lines:
            sys.stdout.write(line)
        return
    write_whole(arguments.to.absolute(), lines)
    print(f"{arguments.to.absolute()} is written.")
