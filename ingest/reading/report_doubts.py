"""What is wrong or doubtful about a report, before any profile looks at it, as sentences. Pure."""

from ingest.reading.reports import Report
from ingest.spool.names import one_line
from ingest.spool.sidecar import Problem, Warn


def unparsable(report: Report) -> Problem:
    """Say why a report has no values."""
    if report.problem:
        return Problem("unparsable_report", f"The report cannot be read, because {report.problem}.")
    message = "The report has no line of the form key:value; it may be of a format that no camera here sends."
    return Problem("unparsable_report", message)


def report_warnings(report: Report) -> tuple[Warn, ...]:
    """Say which lines are not understood, and that the file has more reports than the one that is read."""
    return (*_strange_lines(report), *_several_reports(report))


def _strange_lines(report: Report) -> tuple[Warn, ...]:
    if not report.strange:
        return ()
    shown = "; ".join(f"`{one_line(line, 40)}`" for line in report.strange[:3])
    lines = "1 line is" if len(report.strange) == 1 else f"{len(report.strange)} lines are"
    return (Warn("unknown_report_lines", f"{lines} not of the form key:value: {shown}."),)


def _several_reports(report: Report) -> tuple[Warn, ...]:
    if not report.before:
        return ()
    others = tuple(dict.fromkeys(f"`{one_line(f'{key}: {value}', 60)}`" for key, value in report.before))
    shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    what = f"The file has {len(report.before) + 1} reports, and only its last one is read"
    return (Warn("several_reports", f"{what}; before it are those that begin with {shown}."),)
