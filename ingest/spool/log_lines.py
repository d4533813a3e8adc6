"""Items and verdicts as log lines: words for people, `key=value` for machines, and text of strangers in quotes."""

from ingest.spool.names import one_line, parse_incoming_name, readable_path
from ingest.spool.sidecar import Sidecar


def verdict_line(sidecar: Sidecar, place: str) -> str:
    """Return the log line of a verdict on the item that lies at this place."""
    shown = {
        "id": sidecar.id,
        "camera": sidecar.camera_id,
        "reason": sidecar.reason,
        "warnings": ",".join(warning.code for warning in sidecar.warnings) or None,
        "profile": sidecar.profile,
        "size_bytes": sidecar.size_bytes,
        "account": sidecar.account,
        "client": sidecar.client,
        "path": _quoted(sidecar.upload_path),
        "because": _quoted(sidecar.problems[0].message) if sidecar.problems else None,
        "at": place.rpartition("/")[0],
    }
    return f"{sidecar.verdict} " + " ".join(f"{key}={value}" for key, value in shown.items() if value is not None)


def _quoted(text: str) -> str:
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def shown_path(name: str) -> str:
    """Return the upload path inside an item's name for a log line."""
    parsed = parse_incoming_name(name)
    return one_line(readable_path(parsed.upload_path)) if parsed and parsed.upload_path else name
