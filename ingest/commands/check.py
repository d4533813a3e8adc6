"""`camspool check`: what would happen to files, and why; nothing is stored."""

import argparse
import json
from collections.abc import Sequence

from ingest.commands.given_files import add_given_arguments, given_files
from ingest.commands.progress import progress_bar
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.sidecar import Sidecar, sidecar_object
from ingest.trial import sound_catalogue, try_items

HELP = "what would happen to files and why; stores nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add FILE..., --as, --account and --json."""
    add_given_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print a list of sidecars")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the verdict on each file."""
    catalogue = sound_catalogue(settings)
    files = [
        try_items(one.file, one.upload_path, catalogue, settings, one.account)
        for one in progress_bar(given_files(arguments), unit="file")
    ]
    if arguments.json:
        print(json.dumps([sidecar_object(sidecar) for items in files for sidecar in items], indent=1))
    else:
        print("\n\n".join(file_text(items) for items in files))
    return 0


def file_text(items: Sequence[Sidecar]) -> str:
    """Return the verdicts on a file as lines for a person; of one with several reports first how many items it is."""
    verdicts = [verdict_text(sidecar) for sidecar in items]
    if len(items) > 1:
        path = one_line(items[-1].upload_path)
        verdicts.insert(0, f"{path}: {len(items)} reports, each an item of its own; the last one is the file itself")
    return "\n\n".join(verdicts)


def verdict_text(sidecar: Sidecar) -> str:
    """Return a verdict as lines for a person: what, which camera, every problem and warning, and the trace."""
    lines = [f"{one_line(sidecar.upload_path)}: {sidecar.verdict}" + (f", {sidecar.reason}" if sidecar.reason else "")]
    shown = {
        "camera": sidecar.camera_id,
        "called": sidecar.camera_text,
        "profile": sidecar.profile,
        "captured at": sidecar.captured_at,
        "position": None if sidecar.latitude is None else f"{sidecar.latitude}, {sidecar.longitude}",
        **sidecar.fields,
    }
    lines += [f"  {name}: {one_line(str(value))}" for name, value in shown.items() if value is not None]
    lines += [f"  problem: {one_line(problem.message, 500)} ({problem.code})" for problem in sidecar.problems]
    lines += [f"  warning: {one_line(warning.message, 500)} ({warning.code})" for warning in sidecar.warnings]
    lines += [
        f"  {'+' if trace.matched else '-'} {trace.profile}: {one_line(trace.because)}" for trace in sidecar.trace
    ]
    return "\n".join(lines)
